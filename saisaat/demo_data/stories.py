"""What the items of all provinces are made of: each story is composed once as the studio would, then written often."""

import io
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from PIL import Image

from saisaat.actions.compose import (
    Clip,
    PosterDraft,
    compose_announcement,
    compose_clip,
    poster_item,
    poster_spec,
    render_poster,
)
from saisaat.demo_data.place import Place
from saisaat.demo_data.rows import Dice
from saisaat.domain.approval import ItemKind, item_sha256
from saisaat.domain.roles import Actor, Role
from saisaat.posters.make import Poster
from saisaat.posters.styles import for_any_topic
from saisaat.queries.clips import demonstration_clips
from saisaat.records.models import Campaign, Item, Media, Topic
from saisaat.typesetting import RenderPool, RenderRefused

_MAKER = Actor("system:demo-data", frozenset({Role.PRODUCER}))


@dataclass(frozen=True, slots=True)
class Story:
    """An item of which only what differs from campaign to campaign is missing.

    `slug` stands in its message. `code` is its topic's, "" for none. `media`: SHA-256, size, width and height of each
    file.
    """

    slug: str
    code: str
    fields: dict[str, Any]
    media: tuple[tuple[str, int, int | None, int | None], ...]

    @property
    def kind(self) -> ItemKind:
        return ItemKind(self.fields["kind"])

    def item(self, slug: str, *, office: str, campaign: str) -> Item:
        """A new item with its own address, its hash worked out; not saved."""
        fields = dict(self.fields)
        fields["canonical"] = fields["canonical"].replace(self.slug, slug)
        if poster := fields["spec"].get("poster"):
            own = {"qr_url": poster["qr_url"].replace(self.slug, slug), "office": office, "campaign": campaign}
            fields["spec"] = fields["spec"] | {"poster": poster | own}
        item = Item(slug=slug, **fields)
        item.sha256 = item_sha256([sha256 for sha256, *_ in self.media], item.canonical)
        return item

    def files(self, province: str, dice: Dice) -> list[Media]:
        """A province's rows for the files, not saved."""
        kind = {"province_id": province, "content_type": "image/jpeg"}
        return [
            Media(id=dice.id(), sha256=sha256, size=size, width=width, height=height, **kind)
            for sha256, size, width, height in self.media
        ]


@dataclass(frozen=True, slots=True)
class Stories:
    """Posters by the code of their topic, and the clips."""

    posters: dict[str, Story]
    clips: tuple[Story, ...]


def make_stories(
    place: Place, campaign: Campaign, *, drawn: int, now: datetime, tell: Callable[[str], None]
) -> Stories:
    """Every story there is to tell. `drawn` posters are really drawn; the others show the picture of one of those."""
    topics = [topic for topic in place.topics if topic.publishable]
    pictures = _drawn(campaign, topics[:drawn], tell)
    made: dict[str, Story] = {}
    for number, topic in enumerate(topics):
        style, poster = pictures[number % len(pictures)] if pictures else (for_any_topic()[0], _blank())
        spec = poster_spec(campaign, topic, style)
        draft = PosterDraft(spec, replace(poster, alt=spec.alt_text()), topic, spec.alt_text(), topic.body)
        item, media = poster_item(campaign, draft)
        made[topic.code] = _story(item, media)
    return Stories(made, tuple(_clips(place, campaign, now)))


def announcement(place: Place, campaign: Campaign, now: datetime) -> Story:
    """The plan of a campaign, told to its groups. The plan's entries must be written."""
    with _taken_back():
        item = compose_announcement(campaign=campaign, author=place.players["producer"], by=_MAKER, now=now)
    return _story(item, [])


def _drawn(campaign: Campaign, topics: Sequence[Topic], tell: Callable[[str], None]) -> list[tuple[str, Poster]]:
    """The first topics as posters, in all styles in turn; a text too long for a style is drawn in the next."""
    styles = for_any_topic()
    with RenderPool(processes=2) as pool, ThreadPoolExecutor(2) as threads:

        def draw(number: int) -> tuple[str, Poster]:
            for turn in range(len(styles)):
                style = styles[(number + turn) % len(styles)]
                try:
                    return style, render_poster(poster_spec(campaign, topics[number], style), pool)
                except RenderRefused:
                    continue
            raise AssertionError("every topic of the bank fits one of the styles")

        drawn: list[tuple[str, Poster]] = []
        for each in threads.map(draw, range(len(topics))):
            drawn.append(each)
            tell(f"วาดโปสเตอร์ {len(drawn)}/{len(topics)}")
        return drawn


def _blank() -> Poster:
    """A plain picture, where nobody will look at it."""
    out = io.BytesIO()
    Image.new("RGB", (240, 240), "#0e5a55").save(out, "JPEG")
    return Poster(out.getvalue(), out.getvalue(), 240, 240, "", "")


def _clips(place: Place, campaign: Campaign, now: datetime) -> Iterator[Story]:
    for film in demonstration_clips():
        told = Clip(film.title, film.text, f"/static/clips/{film.file}", film.owner, film.rights, film.seconds)
        with _taken_back():
            item = compose_clip(
                campaign=campaign,
                clip=told,
                thumbnail=film.thumbnail,
                author=place.players["producer"],
                by=_MAKER,
                now=now,
            )
            item.clip = asdict(told)
            story = _story(item, [item.picture] if item.picture else [])
        yield story


@contextmanager
def _taken_back() -> Iterator[None]:
    """What is written inside is read and then undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


_KEPT = ("kind", "style", "title", "text", "alt", "citation", "clip", "spec", "canonical")


def _story(item: Item, media: Sequence[Media]) -> Story:
    fields = {name: getattr(item, name) for name in _KEPT}
    code = item.topic.code if item.topic else ""
    return Story(item.slug, code, fields, tuple((row.sha256, row.size, row.width, row.height) for row in media))
