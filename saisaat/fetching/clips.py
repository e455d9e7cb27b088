"""What a platform says of a clip: oEmbed, YouTube's Data API and the feeds of its channels.

Sources: oembed.com and the providers' own pages (YouTube, TikTok); YouTube Data API v3, videos.list and search.list;
feeds at youtube.com/feeds/videos.xml. Facebook gives nothing without an application of its own, so a person fills in.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from saisaat.domain.clip_links import ClipLink, Platform, read_duration
from saisaat.fetching.safe import LARGEST_PICTURE, Fetcher, Unreachable

_OEMBED = {
    Platform.YOUTUBE: "https://www.youtube.com/oembed?format=json&url=",
    Platform.TIKTOK: "https://www.tiktok.com/oembed?url=",
}
_API = "https://www.googleapis.com/youtube/v3"
_FEED = "https://www.youtube.com/feeds/videos.xml?channel_id="
_CHANNEL = re.compile(r"UC[A-Za-z0-9_-]{22}")
_ATOM = {
    "a": "http://www.w3.org/2005/Atom",
    "yt": "http://www.youtube.com/xml/schemas/2015",
    "media": "http://search.yahoo.com/mrss/",
}
MOST_FOUND = 25


@dataclass(frozen=True, slots=True)
class ClipFacts:
    """What is known of a clip. Empty and None are what the platform did not say; nothing is guessed."""

    title: str = ""
    owner: str = ""
    seconds: int | None = None
    picture: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class FoundClip:
    """A clip that a search or a channel's feed names."""

    url: str
    title: str
    owner: str


async def look_up(link: ClipLink, fetcher: Fetcher, youtube_key: str = "") -> ClipFacts:
    """What the platform says of `link`. Raises `Unreachable` where it says nothing at all."""
    if link.platform is Platform.YOUTUBE and youtube_key:
        return await _by_api(link, fetcher, youtube_key)
    if link.platform not in _OEMBED:
        raise Unreachable("this platform tells nothing without an account")
    told = _json(await _text(fetcher, _OEMBED[link.platform] + quote(link.url, safe="")))
    return ClipFacts(
        title=_words(told.get("title")),
        owner=_words(told.get("author_name")),
        picture=await _picture(fetcher, told.get("thumbnail_url")),
    )


async def search(words: str, fetcher: Fetcher, youtube_key: str) -> list[FoundClip]:
    """YouTube's own search, by its Data API. Raises `Unreachable`."""
    asked = {"part": "snippet", "type": "video", "maxResults": MOST_FOUND, "safeSearch": "strict", "q": words}
    told = _json(await _text(fetcher, f"{_API}/search?{urlencode(asked | {'key': youtube_key})}"))
    found = []
    for entry in _objects(told.get("items")):
        video, snippet = _object(entry.get("id")).get("videoId"), _object(entry.get("snippet"))
        if isinstance(video, str):
            url = f"https://www.youtube.com/watch?v={video}"
            found.append(FoundClip(url, _words(snippet.get("title")), _words(snippet.get("channelTitle"))))
    return found


async def latest(channel: str, fetcher: Fetcher) -> list[FoundClip]:
    """The latest clips of a YouTube channel by its id (UC...), from its feed. Raises `Unreachable`."""
    if not _CHANNEL.fullmatch(channel):
        raise Unreachable("not a channel's id")
    try:
        feed = fromstring(await _text(fetcher, _FEED + channel))
    except (ParseError, DefusedXmlException) as error:
        raise Unreachable("the feed cannot be read") from error
    found = []
    for entry in feed.findall("a:entry", _ATOM)[:MOST_FOUND]:
        video = entry.findtext("yt:videoId", "", _ATOM)
        owner = _words(entry.findtext("a:author/a:name", "", _ATOM))
        if video:
            url = f"https://www.youtube.com/watch?v={video}"
            found.append(FoundClip(url, _words(entry.findtext("a:title", "", _ATOM)), owner))
    return found


async def _by_api(link: ClipLink, fetcher: Fetcher, key: str) -> ClipFacts:
    asked = {"part": "snippet,contentDetails", "id": link.key.partition(":")[2], "key": key}
    items = _objects(_json(await _text(fetcher, f"{_API}/videos?{urlencode(asked)}")).get("items"))
    if not items:
        raise Unreachable("YouTube knows no such clip")
    snippet, details = _object(items[0].get("snippet")), _object(items[0].get("contentDetails"))
    pictures = _object(snippet.get("thumbnails"))
    best = next((pictures[size] for size in ("maxres", "standard", "high") if size in pictures), None)
    return ClipFacts(
        title=_words(snippet.get("title")),
        owner=_words(snippet.get("channelTitle")),
        seconds=read_duration(str(details.get("duration", ""))),
        picture=await _picture(fetcher, _object(best).get("url")),
    )


async def _text(fetcher: Fetcher, url: str) -> bytes:
    return (await fetcher.get(url)).body


async def _picture(fetcher: Fetcher, url: object) -> bytes:
    """The bytes as they came, unchecked; b"" where none came: a clip can do without the platform's picture."""
    if not isinstance(url, str):
        return b""
    try:
        return (await fetcher.get(url, most=LARGEST_PICTURE, accept="image/*")).body
    except Unreachable:
        return b""


def _json(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except ValueError as error:
        raise Unreachable("the answer cannot be read") from error
    if not isinstance(told, dict):
        raise Unreachable("the answer cannot be read")
    return told


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _words(value: object) -> str:
    """One line of at most 200 characters, without control characters."""
    text = value if isinstance(value, str) else ""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]
