"""The ASGI application: LINE's API and login, the control API, and the chat room page."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from practice_line.bot_api import BotApi
from practice_line.control_api import ControlApi
from practice_line.login_api import LoginApi
from practice_line.platform import Platform
from practice_line.web import answer
from practice_line.webhooks import AiohttpSender, Courier, WebhookSender

ROOM = Path(__file__).with_name("room")


def create_app(platform: Platform, *, sender: WebhookSender | None = None, wait_for_webhook: bool = False) -> Starlette:
    """An ASGI app over a platform.

    `sender` carries webhooks to the bot; by default over the network. With `wait_for_webhook` a control call returns
    after the bot has answered the events it caused, so that a script of calls runs the same way each time; without it
    they go out in the background, in order within a chat. The app's lifespan runs redelivery by real time; without a
    lifespan redeliveries go out when the clock is set.
    """
    network = AiohttpSender() if sender is None else None
    courier = Courier(platform, sender or network)  # type: ignore[arg-type]

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        courier.start()
        watching = asyncio.create_task(courier.watch())
        yield
        watching.cancel()
        await courier.finish()
        if network is not None:
            await network.close()
        platform.close()

    routes = [
        *BotApi(platform, courier).routes(),
        *LoginApi(platform).routes(),
        *ControlApi(platform, courier, wait=wait_for_webhook).routes(),
        Route("/", _page, methods=["GET"]),
        Mount("/room", StaticFiles(directory=ROOM, check_dir=False)),
    ]
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={HTTPException: _refuse})
    app.router.redirect_slashes = False  # LINE promises nothing for a path with a slash at its end
    return app


async def _page(_: Request) -> Response:
    return FileResponse(ROOM / "index.html")


async def _refuse(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message = "Not found" if error.status_code == 404 else error.detail
    return answer({"message": message}, error.status_code, {"x-line-request-id": str(uuid4())})
