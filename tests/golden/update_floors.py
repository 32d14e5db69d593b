"""Raise the floors of the examples to what the pipeline reaches now; none is lowered unless its gold has changed.

python tests/golden/update_floors.py            write floors.json
python tests/golden/update_floors.py --print    only print what is reached
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from measuring import FLOORS, GOLD, figures_of, records

from readout.evaluating import gold_digest, score


def main() -> None:
    """Measure, then write or print."""
    before = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    read = records()
    after = {}
    for name, gold in GOLD.items():
        figures = figures_of(score([gold], {gold["id"]: read[gold["id"]]}))
        digest = gold_digest([gold])
        if before.get(name, {}).get("gold_digest") == digest:
            old = before[name]["figures"]
            figures = {figure: max(value, old.get(figure, 0.0)) for figure, value in figures.items()}
        after[name] = {"gold_digest": digest, "figures": figures}
    text = json.dumps(after, indent=1) + "\n"
    if "--print" in sys.argv[1:]:
        print(text)
    else:
        FLOORS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
