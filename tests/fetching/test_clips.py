"""What the platforms say, read from answers of their documented shapes."""

import json

import pytest

from saisaat.domain.clip_links import read_link
from saisaat.fetching import clips
from saisaat.fetching.safe import Fetched, Fetcher, Unreachable

YOUTUBE = read_link("https://youtu.be/dQw4w9WgXcQ")


class Web(Fetcher):
    """A fetcher whose web holds these pages; what is asked for is kept."""

    def __init__(self, pages: dict[str, object]) -> None:
        super().__init__()
        self.pages = pages
        self.asked: list[str] = []

    async def get(self, url: str, *, most: int = 0, accept: str = "") -> Fetched:
        self.asked.append(url)
        found = next((page for start, page in self.pages.items() if url.startswith(start)), None)
        if found is None:
            raise Unreachable("no such page")
        body = found if isinstance(found, bytes) else json.dumps(found).encode()
        return Fetched(url, "", body)


@pytest.mark.asyncio
async def test_oembed_gives_title_owner_and_picture() -> None:
    told = {"title": "โปร่งใส\nไร้ทุจริต", "author_name": "สำนักงาน", "thumbnail_url": "https://i.ytimg.com/a.jpg"}
    facts = await clips.look_up(YOUTUBE, Web({"https://www.youtube.com/oembed": told, "https://i.ytimg.com": b"jpeg"}))
    assert facts == clips.ClipFacts("โปร่งใส ไร้ทุจริต", "สำนักงาน", None, b"jpeg")


@pytest.mark.asyncio
async def test_a_missing_picture_is_no_reason_to_fail() -> None:
    told = {"title": "เรื่อง", "thumbnail_url": "https://i.ytimg.com/a.jpg"}
    facts = await clips.look_up(YOUTUBE, Web({"https://www.youtube.com/oembed": told}))
    assert (facts.title, facts.picture) == ("เรื่อง", b"")


@pytest.mark.asyncio
async def test_the_api_gives_the_length_too() -> None:
    snippet = {"title": "เรื่อง", "channelTitle": "ช่อง", "thumbnails": {"high": {"url": "https://i.ytimg.com/h.jpg"}}}
    answer = {"items": [{"snippet": snippet, "contentDetails": {"duration": "PT1M5S"}}]}
    web = Web({"https://www.googleapis.com/youtube/v3/videos": answer, "https://i.ytimg.com": b"jpeg"})
    facts = await clips.look_up(YOUTUBE, web, "a-key")
    assert facts == clips.ClipFacts("เรื่อง", "ช่อง", 65, b"jpeg")
    assert "id=dQw4w9WgXcQ" in web.asked[0]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "answer",
    [b"not json", b"[]", b'"text"', {"items": []}, {"items": None}, {"items": {"a": 1}}, {"items": ["text", 7]}],
    ids=["no JSON", "a list", "a string", "no items", "null for items", "an object for items", "items that are none"],
)
async def test_answers_that_say_nothing(answer: object) -> None:
    with pytest.raises(Unreachable):
        await clips.look_up(YOUTUBE, Web({"https://www.googleapis.com": answer}), "a-key")


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "told", [None, "text", [], {"title": ["a"], "thumbnails": None}, {"thumbnails": {"high": "x"}}]
)
async def test_an_item_of_another_shape_says_nothing_of_what_it_does_not_say(told: object) -> None:
    answer = {"items": [{"snippet": told, "contentDetails": told}]}
    assert await clips.look_up(YOUTUBE, Web({"https://www.googleapis.com": answer}), "a-key") == clips.ClipFacts()


@pytest.mark.asyncio
async def test_facebook_says_nothing() -> None:
    with pytest.raises(Unreachable):
        await clips.look_up(read_link("https://fb.watch/abcdefgh/"), Web({}))


FEED = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:yt="http://www.youtube.com/xml/schemas/2015">
<entry><yt:videoId>dQw4w9WgXcQ</yt:videoId><title>เรื่องแรก</title><author><name>ช่อง</name></author></entry>
<entry><title>ไม่มีรหัส</title></entry></feed>"""
CHANNEL = "UC" + "a" * 22


@pytest.mark.asyncio
async def test_a_channels_feed() -> None:
    found = await clips.latest(CHANNEL, Web({"https://www.youtube.com/feeds": FEED.encode()}))
    assert found == [clips.FoundClip(YOUTUBE.url, "เรื่องแรก", "ช่อง")]


BOMB = '<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;">]><feed>&c;</feed>'


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("channel", "feed"), [("UCshort", FEED), ("../etc", FEED), (CHANNEL, "<feed"), (CHANNEL, BOMB)]
)
async def test_feeds_that_are_not_read(channel: str, feed: str) -> None:
    with pytest.raises(Unreachable):
        await clips.latest(channel, Web({"https://www.youtube.com/feeds": feed.encode()}))


@pytest.mark.asyncio
async def test_search_by_words() -> None:
    entries = [
        {"id": {"videoId": "dQw4w9WgXcQ"}, "snippet": {"title": "เรื่อง", "channelTitle": "ช่อง"}},
        {"id": {"channelId": "UCx"}, "snippet": {}},
    ]
    web = Web({"https://www.googleapis.com/youtube/v3/search": {"items": entries}})
    assert await clips.search("สุจริต", web, "a-key") == [clips.FoundClip(YOUTUBE.url, "เรื่อง", "ช่อง")]


@pytest.mark.asyncio
@pytest.mark.parametrize("items", [None, "text", {"id": 1}, ["text"], [{"id": "x", "snippet": None}]])
async def test_a_search_answered_in_another_shape_finds_nothing(items: object) -> None:
    assert await clips.search("สุจริต", Web({"https://www.googleapis.com": {"items": items}}), "a-key") == []
