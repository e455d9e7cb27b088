"""Who opened a link: a person, or a program that looks at it for one."""

import re

from django.http import HttpRequest

# Programs that fetch a link to draw its preview or to index it. LINE's own browser says "Line/", its preview
# "line-poker". CUBOT is a telephone.
_PROGRAMS = re.compile(
    r"line-?poker|linebot|facebookexternalhit|facebot|twitterbot|slackbot|telegrambot|whatsapp|discordbot|skypeuripreview"
    r"|applebot|bingbot|googlebot|google-|adsbot|mediapartners|yandex|baiduspider|duckduckbot|petalbot|linkedinbot"
    r"|embedly|pinterest|(?<!cu)bot\b|crawl|spider|preview|curl/|wget/|python-|go-http-client|java/|okhttp",
    re.IGNORECASE,
)
_AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")


def is_person(request: HttpRequest) -> bool:
    """Whether this GET is somebody opening the page now: no HEAD, no prefetch, no preview or search program."""
    if request.method != "GET":
        return False
    if any(word in request.headers.get(name, "") for name in _AHEAD for word in ("prefetch", "prerender", "preview")):
        return False
    agent = request.headers.get("User-Agent", "")
    return bool(agent) and not _PROGRAMS.search(agent)
