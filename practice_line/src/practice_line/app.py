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

from practice_line.account_api import AccountApi
from practice_line.account_control import account_calls
from practice_line.bot_api import BotApi
from practice_line.branches import branched
from practice_line.control_api import ControlApi
from practice_line.crowds import Crowds
from practice_line.crowds_api import crowd_calls
from practice_line.fault_gate import FaultGate, GatedApp
from practice_line.faults_api import fault_calls
from practice_line.liff_api import LiffServerApi
from practice_line.liff_routes import LiffWeb, liff_calls
from practice_line.login_api import LoginApi
from practice_line.platform import Platform
from practice_line.recording import scenario_calls
from practice_line.rich_menu_api import RichMenuApi
from practice_line.token_api import TokenApi
from practice_line.web import answer
from practice_line.webhooks import AiohttpSender, Courier, WebhookSender

ROOM = Path(__file__).with_name("room")

# The room draws what bots send: nothing of it may run, and only the room's own scripts and styles count. Pictures,
# clips and the pages of LIFF apps come from wherever the bot keeps them.
ROOM_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: http: https:",
        "media-src 'self' http: https:",
        "frame-src 'self' http: https:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


def create_app(platform: Platform, *, sender: WebhookSender | None = None, wait_for_webhook: bool = False) -> GatedApp:
    """An ASGI app over a platform.

    `sender` carries webhooks to the bot; by default over the network. With `wait_for_webhook` a control call returns
    after the bot has answered the events it caused, so that a script of calls runs the same way each time; without it
    they go out in the background, in order within a chat. The app's lifespan runs redelivery and crowds by real time;
    without a lifespan they move when the clock is set.
    """
    network = AiohttpSender() if sender is None else None
    courier = Courier(platform, sender or network)  # type: ignore[arg-type]
    crowds = Crowds(platform, courier)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        courier.start()
        watching = [asyncio.create_task(each.watch()) for each in (courier, crowds)]
        yield
        for task in watching:
            task.cancel()
        await courier.finish()
        if network is not None:
            await network.close()
        platform.close()

    apis = (BotApi, RichMenuApi, LiffServerApi, AccountApi)
    line = [*(route for api in apis for route in api(platform, courier).routes()), *TokenApi(platform).routes()]
    line += LoginApi(platform, courier).routes()
    others = [
        *fault_calls(platform, line),
        *crowd_calls(platform, crowds),
        *scenario_calls(platform),
        *liff_calls(platform),
        *account_calls(platform),
    ]
    control = ControlApi(platform, courier, wait=wait_for_webhook, others=others).routes()
    routes = [
        *branched([*line, *control]),
        *LiffWeb(platform).routes(),
        Route("/", _page, methods=["GET"]),
        Mount("/room", StaticFiles(directory=ROOM, check_dir=False)),
    ]
    app = GatedApp(routes=routes, lifespan=lifespan, exception_handlers={HTTPException: _refuse})
    app.gate = FaultGate(platform, line)
    app.router.redirect_slashes = False  # LINE promises nothing for a path with a slash at its end
    return app


async def _page(_: Request) -> Response:
    headers = {
        "content-security-policy": ROOM_POLICY,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
    }
    return FileResponse(ROOM / "index.html", headers=headers)


async def _refuse(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message = "Not found" if error.status_code == 404 else error.detail
    return answer({"message": message}, error.status_code, {"x-line-request-id": str(uuid4())})
