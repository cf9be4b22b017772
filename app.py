"""The door: the only file that knows all three rooms.

`streamlit run app.py` serves (so does `python app.py serve`); `python app.py <command>` does from
a terminal what the console does. Streamlit finds `app` by reading this file's syntax tree, so it
stands literally at the top level; importing builds nothing, everything begins in `lifespan`.
"""

from __future__ import annotations

import asyncio
import logging
import os
import resource
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, NoReturn
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from streamlit import config

from db.changes import LocalChanges, Watcher
from db.engine import DatabaseError, open_database
from db.store import SqlStore
from pages.parts.problem import script_error
from pages.phone import routes as phone
from pages.web import (
    assets,
    direct,
    downloads,
    language,
    live,
    security,
    shell,
    shutdown,
    signin,
    site,
)
from workshop import banner, stability
from workshop import service as services
from workshop.rehearsal import demo_if_empty
from workshop.service import Service
from workshop.settings import ROOT, Settings, SettingsError

MANY = 65_536
PORT_OPTION = "server.port"
PORT_VARIABLE = "STREAMLIT_SERVER_PORT"


def refuse(sentence: str, code: int) -> NoReturn:
    """End before anything has begun, with a sentence and no traceback."""
    sys.stderr.write(f"{sentence}\n")
    sys.exit(code)


def settings_or_exit() -> Settings:
    """The settings; where one can't be used the process ends with 2."""
    try:
        return Settings.from_environment()
    except SettingsError as error:
        refuse(str(error), 2)


@dataclass(frozen=True)
class Wiring:
    """What `workshop.commands` needs from the other rooms."""

    settings: Settings

    @contextmanager
    def service(self, *, watch: bool = False) -> Iterator[Service]:
        """The service on the database of the settings, migrated; closed at the end.

        With `watch` it also hears of other processes' commits. Raises DatabaseError.
        """
        database = open_database(self.settings.database_url)
        changes = LocalChanges()
        store = SqlStore(database, changes)
        watcher = Watcher(database, changes) if watch else None
        try:
            if watcher:
                watcher.start()
            yield Service(store, changes, passphrase=self.settings.moderator_passphrase)
        finally:
            if watcher:
                watcher.stop()
            store.close()


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """From settings to streams, and back."""
    # uvicorn names the address of every WebSocket at INFO; no address belongs in a log.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    _allow_many_connections()
    settings = _settings_as_served()
    site.here.base_url, site.here.only_local = settings.base_url(), settings.only_local
    site.here.public_host, site.here.secure = settings.public_host, settings.secure
    # Streamlit judges origins by this before it asks a foreign host for our own address.
    config.set_option("browser.serverAddress", urlsplit(settings.base_url()).hostname)
    with _service_or_exit(settings) as service:
        services.install(service)
        streams = live.Streams(service.changes, service.store.versions)
        live.install(streams)
        restore = shutdown.before_stopping(streams.end)
        warming = asyncio.get_running_loop().run_in_executor(None, _warm)
        try:
            banner.show(banner.banner(service, settings), sys.stdout)
            yield {"settings": settings}
        finally:
            restore()
            streams.end()
            live.install(None)
            await warming


def _warm() -> None:
    """What the first screens would wait for, beside the start."""
    assets.warm()
    stability.warm()


def _allow_many_connections() -> None:
    """Every phone holds a connection; 1,024 open files, the usual soft limit, end too soon."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MANY if hard == resource.RLIM_INFINITY else min(MANY, hard)
    if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _settings_as_served() -> Settings:
    """The settings, with the port that the server really has (a flag may have overruled PORT)."""
    settings = settings_or_exit()
    if not config.is_manually_set(PORT_OPTION):
        return settings
    return replace(settings, port=int(config.get_option(PORT_OPTION)))


@contextmanager
def _service_or_exit(settings: Settings) -> Iterator[Service]:
    wiring = Wiring(settings).service(watch=True)
    try:
        service = wiring.__enter__()
    except (DatabaseError, OSError) as error:
        if not _under_runner():
            raise
        # Any exception here would become uvicorn's traceback; nothing is open yet.
        sentence = f"The database can't be opened: {error}"
        sys.stderr.write(f"{error if isinstance(error, DatabaseError) else sentence}\n")
        sys.stderr.flush()
        os._exit(1)
    try:
        yield service
    finally:
        wiring.__exit__(None, None, None)


def routes() -> list[BaseRoute]:
    """The moderator's routes beside the Streamlit pages, the shell of those pages last."""
    ours = (language, signin, downloads)
    return [*chain.from_iterable(part.routes() for part in ours), *shell.routes()]


def middleware() -> list[Middleware]:
    """The guard in front of everything, and behind it the short way to phones, streams, files."""
    ours = chain.from_iterable(part.routes() for part in (phone, live, assets))
    prefixes = ("/j", "/live", "/assets")
    return [
        Middleware(security.Guard, page_policy=shell.policy),
        Middleware(direct.Direct, prefixes=prefixes, routes=list(ours)),
    ]


def _under_runner() -> bool:
    """Whether Streamlit's own server is about to run this app (and not a command, or a test)."""
    return str(config._server_mode).startswith("starlette-app")


def port_is_free(port: int) -> bool:
    """Whether the server could listen here; tried in the same way as Streamlit does it."""
    family = socket.AF_INET6 if socket.has_ipv6 else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            probe.bind(("", port))
            probe.listen(1)
    except OSError:
        return False
    return True


def require_free(port: int) -> None:
    """End with 1 and a sentence where something else listens: the QR code must not lie."""
    if not port_is_free(port):
        refuse(
            f"Port {port} is taken by another program. Stop that one, or set PORT to a free port.",
            1,
        )


def _claim_port() -> None:
    """Under `streamlit run`: on the port of PORT, or not at all.

    Streamlit takes 8501, or silently the next free one, before it imports this file, unless it
    was told a port. So where it was not told and has another one, it is started again and told.
    The process stays the same; its sockets are closed first, or the new one would inherit them.
    """
    port = settings_or_exit().port
    if config.is_manually_set(PORT_OPTION) or int(config.get_option(PORT_OPTION)) == port:
        return
    require_free(port)
    os.environ[PORT_VARIABLE] = str(port)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606


def serve(wiring: Wiring, *, with_demo: bool) -> int:
    """`python app.py serve`: the same as `streamlit run app.py`, on the port of PORT.

    `with_demo` makes a demo workshop first where there is none at all.
    """
    if with_demo:
        with wiring.service() as service:
            demo_if_empty(service)
    app.run(config={PORT_OPTION: wiring.settings.port})
    return 0


def main(arguments: list[str]) -> int:
    """`python app.py <command> …`; returns the exit code."""
    from workshop.commands import main as command

    wiring = Wiring(settings_or_exit())
    if arguments[:1] in (["serve"], ["demo"]):
        require_free(wiring.settings.port)
    try:
        if arguments[:1] == ["serve"] and set(arguments[1:]) <= {"--with-demo"}:
            return serve(wiring, with_demo=len(arguments) > 1)
        return command(arguments, wiring)
    except DatabaseError as error:
        refuse(str(error), 1)


app = st.App(
    ROOT / "pages" / "main.py",
    routes=routes(),
    middleware=middleware(),
    lifespan=lifespan,
    on_script_error=script_error,
)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
elif _under_runner():
    _claim_port()
