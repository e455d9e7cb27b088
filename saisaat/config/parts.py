"""The running parts: intake, engine and pages, put together for one process or for several."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import uvicorn
from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.db import connection

from saisaat.actions import wake
from saisaat.actions.channel_pool import ChannelPool, DatabaseThread
from saisaat.actions.receive import TakenIn
from saisaat.config.wsgi import application as pages
from saisaat.intake.app import Intake
from saisaat.intake.writer import Writer
from saisaat.records import clock
from saisaat.workers.engine import Engine

PAGE_THREADS = 4

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Lifespan = Callable[[], AbstractAsyncContextManager[App]]


class Application:
    """An ASGI application whose parts live as long as the server: built when it starts, ended when it stops."""

    def __init__(self, lifespan: Lifespan) -> None:
        self._lifespan = lifespan
        self._app: App | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self._app is not None and scope["type"] == "http":
            await self._app(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        async with self._lifespan() as app:
            self._app = app
            await send({"type": "lifespan.startup.complete"})
            await receive()
            self._app = None
        await send({"type": "lifespan.shutdown.complete"})


@asynccontextmanager
async def whole_product() -> Any:
    """Intake, engine and pages in this process; the intake wakes the engine in memory."""
    loop = asyncio.get_running_loop()
    async with _engine() as engine:
        writer = Writer(now=clock.now, on_stored=lambda taken: _tell(loop, engine, taken))
        async with _intake(writer) as intake:
            with WSGIThreads() as web:
                yield _routes(intake, web)


@asynccontextmanager
async def intake_alone() -> Any:
    """The webhook receiver; it wakes a worker in another process of this machine."""
    sender = wake.Sender(wake.socket_path(Path(settings.DATA_DIR)))
    async with _intake(Writer(now=clock.now, on_stored=sender)) as intake:
        yield intake


async def work_alone() -> None:
    """The engine until SIGINT or SIGTERM, woken by an intake in another process."""
    stopped = asyncio.Event()
    for signum in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signum, stopped.set)
    path = wake.socket_path(Path(settings.DATA_DIR))
    async with _engine() as engine:
        ear = await wake.listen(path, engine.wake)
        try:
            await stopped.wait()
        finally:
            ear.close()
            path.unlink(missing_ok=True)


def run_server(lifespan: Lifespan, *, host: str, port: int, on_listening: Callable[[], None] = lambda: None) -> None:
    """Serve until told to stop (SIGINT or SIGTERM). `on_listening` is called once the port answers."""
    # uvicorn stops gently and then raises the signal again, whose default would end us before our callers tidied up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    config = uvicorn.Config(
        Application(lifespan), host=host, port=port, log_level="warning", access_log=False, lifespan="on", ws="none"
    )
    server = Server(config, on_listening)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit("เปิดไม่สำเร็จ โปรดดูข้อความข้างบน")


class Server(uvicorn.Server):
    """uvicorn that says when it listens."""

    def __init__(self, config: uvicorn.Config, on_listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_listening = on_listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_listening()


class WSGIThreads:
    """Django's pages as ASGI, on a few threads."""

    def __enter__(self) -> App:
        self._middleware = WSGIMiddleware(pages, workers=PAGE_THREADS)  # type: ignore[arg-type]
        return self._middleware  # type: ignore[return-value]

    def __exit__(self, *_: object) -> None:
        self._middleware.executor.shutdown(wait=False)


@asynccontextmanager
async def _engine() -> Any:
    with ThreadPoolExecutor(1, thread_name_prefix="engine-database") as executor:
        database = DatabaseThread(executor)
        pool = ChannelPool(database)
        name = f"{socket.gethostname()}:{os.getpid()}"[:60]
        alone = connection.vendor == "sqlite"
        engine = Engine(pool=pool, database=database, now=clock.now, name=name, alone=alone)
        running = asyncio.create_task(engine.run())
        try:
            yield engine
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await pool.close()
            # Looked up there, since each thread has a connection of its own.
            await database(lambda: connection.close())


@asynccontextmanager
async def _intake(writer: Writer) -> Any:
    writer.start()
    with ThreadPoolExecutor(1, thread_name_prefix="intake-database") as executor:
        pool = ChannelPool(DatabaseThread(executor))
        try:
            yield Intake(pool=pool, writer=writer)
        finally:
            await pool.close()
            writer.stop()


def _routes(intake: App, web: App) -> App:
    async def route(scope: Scope, receive: Receive, send: Send) -> None:
        await (intake if scope["path"].startswith("/line/") else web)(scope, receive, send)

    return route


def _tell(loop: asyncio.AbstractEventLoop, engine: Engine, taken: TakenIn) -> None:
    loop.call_soon_threadsafe(engine.wake, taken)
