"""``idcard serve``: the HTTP API."""

from __future__ import annotations

import logging
import socket
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Annotated

import typer

from idcard_core.cli.console import complain, load_settings
from idcard_core.cli.ending import told_to_end

if TYPE_CHECKING:
    from idcard_core.serve.api import Api
    from idcard_core.settings import Settings


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8000,
    keys: Annotated[bool | None, typer.Option("--keys/--no-keys", help="Whether a call needs a key.")] = None,
    insecure: Annotated[bool, typer.Option(help="Let anybody who reaches this machine call, without a key.")] = False,
    ray: Annotated[
        str | None, typer.Option(show_default=False, help="Serve on the Ray cluster at this address; auto, local.")
    ] = None,
    everywhere: Annotated[
        bool, typer.Option("--everywhere", help="With --ray: listen on every machine of the cluster.")
    ] = False,
) -> None:
    """Serve the HTTP API."""
    if everywhere and (ray is None or port == 0):
        raise typer.BadParameter("--everywhere goes with --ray and a port")
    settings = load_settings()
    if keys is not None:
        settings = settings.model_copy(update={"serve": settings.serve.model_copy(update={"keys": keys})})
    if not _is_loopback(host) and not settings.serve.keys:
        warning = f"anybody who reaches {host} can call this API: switch keys on with --keys"
        typer.secho(f"idcard: {warning}, or add --insecure", fg=typer.colors.RED, bold=True, err=True)
        if not insecure:
            raise typer.Exit(1)
    if ray is not None:
        _serve_on_cluster(settings, ray, _Place(host, port, everywhere))
        return
    from idcard_core.serve.api import Api

    _serve_here(Api(settings), host, port)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a cluster's API listens."""

    host: str
    port: int
    everywhere: bool


def _serve_here(api: Api, host: str, port: int) -> None:
    """Until this process is told to end."""
    from idcard_core.serve.server import Server
    from idcard_core.serve.worker import LOG_FORMAT

    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    with _listening(host, port) as listener:
        typer.echo(f"idcard: listening on {host}, port {listener.getsockname()[1]}", err=True)
        Server(api).run([listener])


def _serve_on_cluster(settings: Settings, address: str, place: _Place) -> None:
    """Until this process is told to end; the API then ends with it, on all machines."""
    from idcard_core.scale.cluster import ScaleError, joined
    from idcard_core.scale.readers import Service
    from idcard_core.scale.serve import readers_on_cluster, serve_everywhere
    from idcard_core.serve.api import Api

    try:
        with joined(address) as cores:
            service = Service(settings.serve.workers or max(1, cores), settings)
            if not place.everywhere:
                with readers_on_cluster(service) as pool:
                    _serve_here(Api(service.door_settings, pool=lambda: pool), place.host, place.port)
                return
            with told_to_end() as ended:
                told = f"listening on {place.host}, port {place.port}, of every machine of the cluster"
                typer.echo(f"idcard: {told}", err=True)
                serve_everywhere(service, place.host, place.port, ended)
    except ScaleError as error:
        complain(str(error))
        raise typer.Exit(1) from None


def _listening(host: str, port: int) -> socket.socket:
    from idcard_core.serve.listener import listen

    try:
        return listen(host, port)
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
