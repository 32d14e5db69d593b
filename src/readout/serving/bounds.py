"""How much is read for one answer, on pages and in REST: so little that 100,000 documents are as quick as a hundred."""

from __future__ import annotations

READ, MOST_READ = 40, 3_000
"""The ledger and the phrases of a frequent side are told from so many documents, unless more are asked for; from more
never: the commands `readout ledger` and `readout phrases` read all."""
JOINED = 150
"""So many tellings, the newest, are joined to exchanges for what is new in some days, unless more are asked for."""
MOST_VALUES = 20
"""So many values of one filter are taken."""
