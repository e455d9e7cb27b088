"""A request handed straight to an application is the request a server would have handed it."""

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from saisaat.channels.base import ChannelError
from saisaat.channels.line import LineChannel
from saisaat.channels.transport import AsgiTransport
from saisaat.domain.delivery import Outcome

BASE = "http://127.0.0.1:9"


async def echo(request: Request) -> Response:
    seen = {
        "method": request.method,
        "path": request.url.path,
        "group": request.path_params.get("group"),
        "query": str(request.query_params),
        "token": request.headers.get("authorization"),
        "body": (await request.body()).decode(),
    }
    return JSONResponse(seen, status_code=201, headers={"X-Line-Request-Id": "r-1"})


async def streamed(request: Request) -> Response:
    async def parts() -> Any:
        yield b'{"sentMessages":'
        yield b'[{"id":"1"}]}'

    return StreamingResponse(parts())


APP = Starlette(
    routes=[
        Route("/v2/bot/message/reply", streamed, methods=["POST"]),
        Route("/{group}/echo", echo, methods=["GET", "POST"]),
    ]
)


async def test_the_application_sees_method_path_headers_and_body() -> None:
    transport = AsgiTransport(APP)
    answer = await transport.request(
        "POST", f"{BASE}/C%20ก1/echo?a=1".replace("ก", "%E0%B8%81"), {"Authorization": "B"}, b"hi"
    )
    assert answer.status == 201
    assert answer.headers["x-line-request-id"] == "r-1"
    assert b'"group":"C \xe0\xb8\x811"' in answer.body
    assert b'"query":"a=1"' in answer.body
    assert b'"token":"B"' in answer.body
    assert b'"body":"hi"' in answer.body


async def test_a_channel_runs_on_it_and_reads_streamed_answers() -> None:
    channel = LineChannel(access_token="t", secret="s", api_base=BASE, transport=AsgiTransport(APP))
    receipt = await channel.reply("rt", [{"type": "text", "text": "ก"}])
    await channel.close()
    assert receipt.sent[0].id == "1"


async def test_an_application_that_says_nothing_is_a_lost_answer() -> None:
    async def silent(scope: Any, receive: Any, send: Any) -> None:
        await receive()

    with pytest.raises(ChannelError) as caught:
        await AsgiTransport(silent).request("GET", BASE, {}, None)
    assert caught.value.outcome is Outcome.NO_ANSWER


async def test_an_applications_own_fault_is_not_hidden() -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await AsgiTransport(broken).request("GET", BASE, {}, None)
