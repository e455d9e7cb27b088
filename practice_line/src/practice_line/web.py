"""The little HTTP both APIs share."""

import base64
import json
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from practice_line.state import Media

MOST_BODY_BYTES = 2 * 1024 * 1024


class BodyTooLargeError(Exception):
    """The request body exceeds LINE's 2 MB."""


def answer(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(content, status, headers, media_type="application/json")


# What a browser may show by itself. Anything else, and SVG with its scripts, is only downloaded.
SHOWN = re.compile(r"(image/(png|jpeg|gif|webp)|(video|audio)/[a-z0-9.+-]+)", re.IGNORECASE)


def shown_content(media: Media) -> Response:
    """What somebody sent, as bytes that cannot act in the page's name whatever they claim to be."""
    kind = media.content_type if SHOWN.fullmatch(media.content_type) else "application/octet-stream"
    headers = {"x-content-type-options": "nosniff", "content-security-policy": "default-src 'none'; sandbox"}
    return Response(base64.b64decode(media.data), media_type=kind, headers=headers)


async def read_body(request: Request) -> bytes:
    if int(request.headers.get("content-length") or 0) > MOST_BODY_BYTES:
        raise BodyTooLargeError
    body = await request.body()
    if len(body) > MOST_BODY_BYTES:
        raise BodyTooLargeError
    return body
