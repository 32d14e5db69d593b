"""An `add` from pre-parsed input, to be killed: prints the key of each document once it is acknowledged.

python tests/storing/killed.py ARCHIVE RECORDS.jsonl
"""

from __future__ import annotations

import sys
from pathlib import Path

from readout.records import Record, loads
from readout.storing import Archive, document_key

if __name__ == "__main__":
    with Archive.open(sys.argv[1], write=True, create=True, durable=True) as archive:
        for line in Path(sys.argv[2]).read_text(encoding="utf-8").splitlines():
            item = loads(line)
            assert isinstance(item, Record)
            archive.put(item)
            print(document_key(item), flush=True)
