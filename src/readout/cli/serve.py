"""``readout serve``: the archive over HTTP, for a browser and for programs."""

from __future__ import annotations

import contextlib

import click

from readout.cli.adding import archive_option
from readout.errors import SettingError
from readout.exporting.escaping import visible
from readout.storing import Address, Archive, Place


@click.command(epilog="Example: readout serve --archive asia.sqlite")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to bind to.")
@click.option("--port", type=click.IntRange(1, 65535), default=8321, show_default=True, help="The TCP port.")
@click.option(
    "--token", envvar="READOUT_TOKEN", show_envvar=True, metavar="TOKEN",
    help="What other machines must know to write, at least 16 characters; without it only this machine writes.",
)  # fmt: skip
@archive_option
def serve(host: str, port: int, token: str | None, archive_file: Place) -> None:
    """Open an archive to a browser and to programs, on this machine, without a network; Ctrl-C ends it.

    With another --host than the default everybody who reaches it can read the archive.
    """
    import uvicorn

    from readout.serving import Serving, create_app
    from readout.serving.listening import Patient

    serving = Serving(host=host, port=port, token=token)
    if isinstance(archive_file, Address) or archive_file.exists():
        Archive.open(archive_file).close()  # what is no archive, or an old one, is told now
    if not serving.is_local:
        click.echo("readout: other machines can read this archive" + (
            "; they write with the token" if token else "; without --token they cannot write"), err=True)  # fmt: skip
    config = uvicorn.Config(
        create_app(archive_file, serving), host=host, port=port, log_level="warning", server_header=False,
        limit_concurrency=100, timeout_keep_alive=5, h11_max_incomplete_event_size=32_768, ws="none",
        http=Patient, proxy_headers=False,  # who asks is who connects: no header of a request changes that
    )  # fmt: skip
    try:
        with contextlib.closing(config.bind_socket()) as bound:
            shown = f"[{host}]" if ":" in host else host
            click.echo(f"http://{shown}:{port}/  ({visible(str(archive_file))}; Ctrl-C ends it)", err=True)
            uvicorn.Server(config).run(sockets=[bound])
    except SystemExit as error:  # uvicorn tells the reason itself
        raise SettingError(f"port {port} of {host} cannot be used; another program may have it, give --port") from error
