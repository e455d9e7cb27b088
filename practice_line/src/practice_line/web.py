"""The little HTTP both APIs share."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

MOST_BODY_BYTES = 2 * 1024 * 1024


class BodyTooLargeError(Exception):
    """The request body exceeds LINE's 2 MB."""


def answer(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(content, status, headers, media_type="application/json")


async def read_body(request: Request) -> bytes:
    if int(request.headers.get("content-length") or 0) > MOST_BODY_BYTES:
        raise BodyTooLargeError
    body = await request.body()
    if len(body) > MOST_BODY_BYTES:
        raise BodyTooLargeError
    return body
