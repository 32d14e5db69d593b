"""A PostgreSQL server of the tests' own: made in a temporary folder, ended and taken away with the session."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PASSWORD = "p@ss/word"
_PLACES = ("/usr/lib/postgresql", "/usr/pgsql-*", "/opt/homebrew/opt/postgresql*", "/usr/local/opt/postgresql*")
_SETTINGS = {
    # it is thrown away: nothing need survive a loss of power
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "40",
    "listen_addresses": "127.0.0.1", "shared_buffers": "64MB",
}  # fmt: skip


def programs() -> Path | None:
    """The folder with initdb and pg_ctl; None where the server is not installed."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    for place in _PLACES:
        root, _, pattern = place.rpartition("/")
        folders += [bin for path in Path(root).glob(pattern) for bin in (path / "bin", *path.glob("*/bin"))]
    whole = [f for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()]
    return max(whole, key=lambda f: [int(part) for part in f.parts if part.isdigit()], default=None)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; each archive lies in a schema of its own."""

    folder: Path
    port: int

    def url(self, database: str = "postgres", schema: str | None = None) -> str:
        """The superuser's address by the socket."""
        path = f"&options=-csearch_path%3D{schema}" if schema else ""
        return f"postgresql://readout@/{database}?host={self.folder}&port={self.port}{path}"

    def over_tcp(self, password: str, database: str = "postgres") -> str:
        """An address with a password in it."""
        return f"postgresql://readout:{password}@127.0.0.1:{self.port}/{database}"

    def run(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """The rows of one statement, run by the superuser."""
        import psycopg

        with psycopg.connect(
            host=str(self.folder), port=self.port, user="readout", dbname=database, autocommit=True
        ) as connection:
            done = connection.execute(statement)
            return done.fetchall() if done.description else []

    def place(self, schema: str | None = None) -> str:
        """The address of an empty schema, made anew."""
        name = schema or f"s{secrets.token_hex(6)}"
        self.run(f"CREATE SCHEMA {name}")
        return self.url(schema=name)


@contextmanager
def running(bin: Path) -> Iterator[Server]:
    """A server with the user ``readout``, by socket without a password and by loopback with one."""
    folder = Path(tempfile.mkdtemp(prefix="readout-pg-", dir="/tmp"))  # a socket's path must be short
    user: dict[str, Any] = {}
    if os.getuid() == 0:  # the server refuses to be root
        name = next((n for n in ("postgres", "nobody") if any(p.pw_name == n for p in pwd.getpwall())), "daemon")
        who = pwd.getpwnam(name)
        user = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
        os.chown(folder, who.pw_uid, who.pw_gid)

    def call(*words: str) -> None:
        done = subprocess.run(
            words, cwd=folder, capture_output=True, encoding="utf-8", errors="replace", check=False,
            stdin=subprocess.DEVNULL, env={"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(folder)}, **user,
        )  # fmt: skip
        assert done.returncode == 0, f"{words[0]}: {done.stdout[-2000:]}{done.stderr[-2000:]}"

    data = folder / "data"
    try:
        secret = folder / "password"
        secret.write_text(PASSWORD, encoding="utf-8")
        secret.chmod(0o644)
        call(str(bin / "initdb"), "-D", str(data), "-U", "readout", "-E", "UTF8", "--locale=C", "--auth-local=trust",
             "--auth-host=scram-sha-256", f"--pwfile={secret}", "--no-sync")  # fmt: skip
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = _SETTINGS | {"port": str(port), "unix_socket_directories": str(folder)}
        with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{key} = '{value}'\n" for key, value in settings.items())
        call(str(bin / "pg_ctl"), "-D", str(data), "-l", str(folder / "log"), "-w", "-t", "60", "start")
        try:
            yield Server(folder, port)
        finally:
            call(str(bin / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
