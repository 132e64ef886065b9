"""``idcard serve``: the HTTP API."""

from __future__ import annotations

import logging
import signal
import socket
import threading
from ipaddress import ip_address
from typing import TYPE_CHECKING, Annotated

import typer

from idcard_core.cli.console import complain, load_settings

if TYPE_CHECKING:
    from idcard_core.settings import Settings


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8000,
    keys: Annotated[bool | None, typer.Option("--keys/--no-keys", help="Whether a call needs a key.")] = None,
    insecure: Annotated[bool, typer.Option(help="Let anybody who reaches this machine call, without a key.")] = False,
    ray: Annotated[
        str | None, typer.Option(show_default=False, help="Serve on the Ray cluster at this address; auto, local.")
    ] = None,
) -> None:
    """Serve the HTTP API."""
    settings = load_settings()
    if keys is not None:
        settings = settings.model_copy(update={"serve": settings.serve.model_copy(update={"keys": keys})})
    if not _is_loopback(host) and not settings.serve.keys:
        warning = f"anybody who reaches {host} can call this API: switch keys on with --keys"
        typer.secho(f"idcard: {warning}, or add --insecure", fg=typer.colors.RED, bold=True, err=True)
        if not insecure:
            raise typer.Exit(1)
    if ray is not None:
        _serve_on_cluster(settings, ray, host, port)
        return
    from idcard_core.serve.api import Api
    from idcard_core.serve.server import Server
    from idcard_core.serve.worker import LOG_FORMAT

    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    with _listening(host, port) as listener:
        typer.echo(f"idcard: listening on {host}, port {listener.getsockname()[1]}", err=True)
        Server(Api(settings)).run([listener])


def _serve_on_cluster(settings: Settings, address: str, host: str, port: int) -> None:
    """Until this process is told to end; the API then ends with it."""
    from idcard_core.scale.cluster import ScaleError, joined
    from idcard_core.scale.serve import Service, serving_on_cluster

    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    try:
        with joined(address) as cores:
            replicas = settings.serve.workers or max(1, cores)
            with serving_on_cluster(Service(settings, replicas), host, port):
                typer.echo(f"idcard: listening on {host}, port {port}, of every machine of the cluster", err=True)
                ended.wait()
    except ScaleError as error:
        complain(str(error))
        raise typer.Exit(1) from None


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        complain(f"cannot listen on {host}, port {port}: {error.strerror}")
        raise typer.Exit(1) from None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
