"""Put real output of the program into the README.

A block in the README between ``<!-- capture: COMMAND -->`` and ``<!-- /capture -->`` holds what ``COMMAND`` (a
``readout`` command) prints on standard output.

    python scripts/readme_capture.py            write the blocks anew
    python scripts/readme_capture.py --check    exit code 1 where a block differs from the real output
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
README = HOME / "README.md"
BLOCK = re.compile(r"(<!-- capture: (readout [^>]*?) -->\n).*?(<!-- /capture -->)", re.S)


def output(command: str) -> str:
    """What the command prints; as wide as where standard output is a file, and without colour."""
    arguments = [sys.executable, "-c", "from readout.cli import main; main()", *shlex.split(command)[1:]]
    ran = subprocess.run(arguments, capture_output=True, encoding="utf-8", cwd=HOME, check=False)
    if ran.returncode:
        raise SystemExit(f"`{command}` ended with {ran.returncode}: {ran.stderr.strip()}")
    return ran.stdout


def with_captures(readme: str) -> str:
    """The README with each block as the program prints it now."""

    def block(found: re.Match[str]) -> str:
        return f"{found[1]}```console\n$ {found[2]}\n{output(found[2]).rstrip()}\n```\n{found[3]}"

    return BLOCK.sub(block, readme)


def main() -> int:
    """Write or check the README; the exit code."""
    before = README.read_text(encoding="utf-8")
    after = with_captures(before)
    if "--check" in sys.argv[1:]:
        if after != before:
            print("README.md shows other output; run `python scripts/readme_capture.py`", file=sys.stderr)
        return int(after != before)
    README.write_text(after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
