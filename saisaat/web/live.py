"""Figures that move while one looks: the page's address gives its moving part alone, and 304 while nothing moved."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

PART = "part"


def answer_live(request: HttpRequest, page: str, part: str, context: Mapping[str, Any]) -> HttpResponse:
    """`page` whole, or with `?part=1` only `part`, the template the page includes, under an ETag of its text."""
    if PART not in request.GET:
        return render(request, page, dict(context))
    text = render_to_string(part, dict(context), request)
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    same = request.headers.get("If-None-Match") == etag
    response = HttpResponse(status=304) if same else HttpResponse(text)
    response["ETag"] = etag
    return response
