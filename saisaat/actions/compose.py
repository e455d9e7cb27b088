"""Composing: a topic becomes a poster, a link a clip, the plan an announcement, each with the message it goes out in.

Rendering and hashing happen before the transaction; in it only rows are written.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from saisaat.actions.connect import open_channel
from saisaat.domain.approval import ItemKind, canonical_message, item_sha256
from saisaat.domain.cadence import local_day
from saisaat.domain.delivery import State
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.intake import PressKind, press_data
from saisaat.domain.messages import Button, Card, OutgoingMessage, Picture
from saisaat.domain.phrases import Phrase
from saisaat.domain.quiz import quiz_text
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.domain.thai import format_date, to_thai_digits
from saisaat.domain.topics import Audience, check_fits, citation
from saisaat.posters.cache import cached_poster
from saisaat.posters.make import Poster
from saisaat.posters.spec import PosterSpec
from saisaat.queries.office import channel_of
from saisaat.queries.topics import topic_of
from saisaat.records import audit
from saisaat.records.models import (
    Campaign,
    Delivery,
    Item,
    ItemVersion,
    Media,
    OwnPicture,
    Person,
    Province,
    Topic,
)
from saisaat.typesetting import RenderPool

_PAGE = "{page}/i/%s/{group}"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip by link. `url` is where it plays; `rights` says why it may be shown and `proof` on what that rests;
    `seconds` its length.
    """

    title: str
    text: str
    url: str
    owner: str
    rights: str
    seconds: int
    proof: str = ""


@dataclass(frozen=True, slots=True)
class PosterDraft:
    """A poster as somebody made it: what it was drawn from, the drawing, and the words beside it.

    `alt` and `text` are for those who do not see the picture. `alt_for` and `text_for` are the words the spec gave of
    itself when these were written: where it gives others by now, these may be stale. `topic` is None for a story of
    the office's own.
    """

    spec: PosterSpec
    poster: Poster
    topic: Topic | None
    alt: str
    text: str
    alt_for: str = ""
    text_for: str = ""
    own_picture: OwnPicture | None = None


def poster_spec(campaign: Campaign, topic: Topic, style: str) -> PosterSpec:
    """What a poster of `topic` says, and the address in its QR code."""
    point = topic_of(topic)
    return PosterSpec(
        style=style,
        headline=point.headline,
        body=point.body,
        topic=point.topic,
        citation=f"ที่มา: {citation(point)}",
        office=short(campaign.office_name),
        campaign=short(campaign.title),
        qr_url=f"{settings.BASE_URL}/i/{item_slug(campaign, topic.code, style)}",
        seed=int(hashlib.sha256(topic.code.encode()).hexdigest()[:6], 16),
    )


def render_poster(spec: PosterSpec, pool: RenderPool) -> Poster:
    """The picture of `spec`, from the cache if made before. Raises `RenderRefused` naming what is too long."""
    return cached_poster(spec, pool, poster_cache(), picture=own_picture_bytes(spec))


def poster_cache() -> Path:
    return settings.CACHE_DIR / "posters"


def own_picture_bytes(spec: PosterSpec) -> bytes:
    """The bytes of the office's own picture that a poster shows; none for a poster without."""
    return media_path(spec.picture).read_bytes() if spec.picture else b""


def compose_poster(
    *, campaign: Campaign, topic: Topic, spec: PosterSpec, poster: Poster, author: Person, by: Actor, now: datetime
) -> Item:
    """A draft item of a rendered poster of `topic`, with the message it goes out in."""
    check_may(by, Deed.COMPOSE)
    item, media = poster_item(campaign, PosterDraft(spec, poster, topic, poster.alt, topic.body))
    return save_new(item, media, campaign, author, by, now)


def poster_item(campaign: Campaign, draft: PosterDraft, quiz: Json | None = None) -> tuple[Item, list[Media]]:
    """The item of a poster and its files, hashed and on disk; no row is written yet. `quiz` is what it asks already."""
    spec, poster = draft.spec, draft.poster
    slug = spec.qr_url.rsplit("/", 1)[1]
    picture, preview = store_file(poster.jpeg), store_file(poster.preview)
    title = one_line(spec.headline)
    item = Item(
        kind=ItemKind.POSTER,
        slug=slug,
        topic=draft.topic,
        style=spec.style,
        title=title,
        text=draft.text,
        alt=draft.alt,
        citation=spec.citation,
        spec={
            "poster": json.loads(spec.canonical_json()),
            "alt_for": draft.alt_for or spec.alt_text(),
            "text_for": draft.text_for or draft.text,
        },
        own_picture=draft.own_picture,
        quiz=quiz or {},
    )
    media = _media(campaign, poster, picture, preview)
    messages = poster_messages(spec, draft.alt, media_url(picture), media_url(preview))
    item.canonical = canonical_of(messages, campaign.province_id)
    item.sha256 = item_sha256([file.sha256 for file in media], item.canonical, quiz_text(item.quiz))
    return item, media


def poster_messages(spec: PosterSpec, alt: str, picture_url: str, preview_url: str) -> list[OutgoingMessage]:
    """What a group gets of a poster: the picture, then a card with its headline, its source and the four buttons."""
    slug = spec.qr_url.rsplit("/", 1)[1]
    title = one_line(spec.headline)
    card = Card(title=title, text="", kicker=spec.topic, note=spec.citation, alt=alt, buttons=_four_buttons(slug))
    return [Picture(url=picture_url, preview_url=preview_url), card]


def compose_clip(*, campaign: Campaign, clip: Clip, thumbnail: bytes, author: Person, by: Actor, now: datetime) -> Item:
    """A clip by link, with its owner, rights and length on record; its link is a counted page of ours."""
    check_may(by, Deed.COMPOSE)
    for name, value in (
        (Phrase("ชื่อคลิป"), clip.title),
        (Phrase("เจ้าของ"), clip.owner),
        (Phrase("สิทธิ์การเผยแพร่"), clip.rights),
        (Phrase("ลิงก์"), clip.url),
    ):
        if not value.strip():
            raise Invalid("ยังไม่ได้ระบุ%(name)s จึงยังไม่ได้บันทึกคลิป โปรดเติมให้ครบ", name=name)
    if Item.of(campaign.province_id).filter(campaign=campaign, clip__url=clip.url).exists():
        raise Invalid("คลิปนี้มีอยู่ในโครงการแล้ว จึงไม่ได้บันทึกซ้ำ")
    slug = item_slug(campaign, "clip", clip.url)
    shot = store_file(thumbnail)
    minutes, seconds = divmod(clip.seconds, 60)
    note = f"{clip.owner} · {clip.rights} · {minutes}:{seconds:02d} นาที"
    alt = f"คลิป: {clip.title} ({note})"
    messages: list[OutgoingMessage] = [
        Card(
            title=clip.title,
            text=clip.text,
            kicker="คลิปประจำเดือน",
            note=note,
            alt=alt,
            buttons=_four_buttons(slug, read="ดูคลิป"),
            picture_url=media_url(shot),
            picture_ratio="16:9",
            picture_uri=_PAGE % slug,
        )
    ]
    item = Item(
        kind=ItemKind.CLIP,
        slug=slug,
        title=clip.title,
        text=clip.text or clip.title,
        alt=alt,
        citation=note,
        clip=asdict(clip),
    )
    media = [Media(province_id=campaign.province_id, sha256=shot, content_type="image/jpeg", size=len(thumbnail))]
    item.canonical = canonical_of(messages, campaign.province_id)
    item.sha256 = item_sha256([file.sha256 for file in media], item.canonical)
    return save_new(item, media, campaign, author, by, now)


def compose_announcement(*, campaign: Campaign, author: Person, by: Actor, now: datetime, changes: str = "") -> Item:
    """The action plan told to the groups: period, how many, and a page with every entry.

    `changes` says in a line what is new where the groups were told of an earlier plan.
    """
    check_may(by, Deed.COMPOSE)
    assert campaign.period_start is not None and campaign.period_end is not None
    earlier = Item.of(campaign.province_id).filter(campaign=campaign, kind=ItemKind.ANNOUNCEMENT).count()
    slug = item_slug(campaign, "announcement", str(earlier or ""))
    posters = campaign.entries.filter(kind=ItemKind.POSTER, withdrawn_at__isnull=True).count()
    clips = campaign.entries.filter(kind=ItemKind.CLIP, withdrawn_at__isnull=True).count()
    title = f"แผนปฏิบัติการ {short(campaign.title, 120)}"
    text = to_thai_digits(
        f"{changes}\n" * bool(changes) + f"{format_date(campaign.period_start)} ถึง {format_date(campaign.period_end)}\n"
        f"ภาพความรู้ {posters} เรื่อง และคลิป {clips} เรื่อง\n"
        "ทุกเรื่องมีปุ่มรับทราบ ชอบ และแสดงความเห็น ตอบโดยอ้างถึงข้อความก็ได้ ติชมได้โดยไม่ต้องบอกชื่อ"
    )
    privacy = "ระบบเก็บเฉพาะการกดปุ่มและความเห็นต่อสื่อของโครงการ ข้อความอื่นในกลุ่มไม่ถูกเก็บ"
    messages: list[OutgoingMessage] = [
        Card(
            title=title,
            text=text,
            kicker="แจ้งแผนที่ปรับปรุง" if changes else "แจ้งแผนปฏิบัติการ",
            note=privacy,
            alt=f"{title} {text}"[:400],
            buttons=_four_buttons(slug, read="ดูแผนทั้งหมด"),
        )
    ]
    item = Item(
        kind=ItemKind.ANNOUNCEMENT, slug=slug, title=title, text=text, alt=f"{title} {text}"[:400], citation=privacy
    )
    item.canonical = canonical_of(messages, campaign.province_id)
    item.sha256 = item_sha256([], item.canonical)
    return save_new(item, [], campaign, author, by, now)


def attach(*, item: Item, now: datetime) -> int:
    """Give a composed item to the planned deliveries that wait for it. Returns how many."""
    waiting = Delivery.of(item.province_id).filter(
        entry__campaign=item.campaign, entry__kind=item.kind, item__isnull=True, state__in=[State.PLANNED, State.DUE]
    )
    if item.kind == ItemKind.POSTER:
        return waiting.filter(topic=item.topic, style=item.style).update(item=item)
    if item.kind == ItemKind.ANNOUNCEMENT:
        return waiting.update(item=item)
    first = waiting.order_by("due_at").values_list("entry", flat=True).first()
    return waiting.filter(entry=first).update(item=item) if first else 0


def attach_to(*, item: Item, deliveries: Sequence[str]) -> None:
    """Give the item to exactly these planned deliveries. Raises `NotNow` when one waits no more or does not fit."""
    rows = (
        Delivery.of(item.province_id)
        .select_for_update(of=("self",))
        .filter(pk__in=deliveries, entry__campaign=item.campaign, entry__kind=item.kind, item__isnull=True)
        .filter(entry__withdrawn_at__isnull=True, state__in=[State.PLANNED, State.DUE])
        .select_related("group")
    )
    if len(rows) != len(set(deliveries)):
        raise NotNow("รายการในแผนเปลี่ยนไปแล้วหรือมีสื่อแล้ว จึงยังไม่ได้บันทึก ข้อความที่พิมพ์ยังอยู่ครบ โปรดเลือกรายการใหม่")
    if item.topic is not None:
        for row in rows:
            check_fits(topic_of(item.topic), Audience(row.group.audience), local_day(row.due_at))
    Delivery.of(item.province_id).filter(pk__in=[row.pk for row in rows]).update(
        item=item, topic=item.topic, style=item.style
    )


def item_slug(campaign: Campaign, *parts: str) -> str:
    """The stable path of an item's page: a story keeps it, and its QR code, while the campaign's content stays."""
    told = "\n".join([settings.BASE_URL, campaign.content_sha256, *parts])
    number = int.from_bytes(hashlib.sha256(told.encode()).digest()[:10])
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    return "".join(alphabet[(number >> shift) & 31] for shift in range(0, 80, 5))


def item_media(item: Item) -> list[str]:
    """The SHA-256 of each file the item shows, read anew from disk: picture, then preview if it is another file."""
    shown = [item.picture.sha256] if item.picture else []
    if item.preview and item.preview.sha256 not in shown:
        shown.append(item.preview.sha256)
    return [hashlib.sha256(media_path(sha256).read_bytes()).hexdigest() for sha256 in shown]


def media_url(sha256: str) -> str:
    return f"{{base}}/media/{sha256}.jpg"


def media_path(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / sha256[:2] / f"{sha256}.jpg"


def store_file(data: bytes) -> str:
    """Write `data` into the media folder under its SHA-256 and return that. Written whole or not at all."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = media_path(sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    Path(out.name).replace(path)
    path.chmod(0o644)
    return sha256


def _four_buttons(slug: str, read: str = "อ่านต่อ") -> tuple[Button, ...]:
    page = _PAGE % slug
    return (
        Button("รับทราบ", data=press_data(PressKind.ACK)),
        Button(read, uri=page),
        Button("ชอบ", data=press_data(PressKind.LIKE)),
        Button("แสดงความเห็น", uri=f"{page}#comment"),
    )


def _media(campaign: Campaign, poster: Poster, picture: str, preview: str) -> list[Media]:
    kind = {"province_id": campaign.province_id, "content_type": "image/jpeg"}
    return [
        Media(sha256=picture, size=len(poster.jpeg), width=poster.width, height=poster.height, **kind),
        Media(sha256=preview, size=len(poster.preview), **kind),
    ]


def canonical_of(messages: Sequence[OutgoingMessage], province: Province | str) -> str:
    """The messages as the office's channel will send them, in their one text form."""
    channel = channel_of(province)
    if channel is None:
        raise Invalid("สำนักงานยังไม่ได้เชื่อมช่องทาง LINE จึงยังจัดทำสื่อไม่ได้ โปรดเชื่อมช่องทางก่อน")
    return canonical_message(open_channel(channel).render(list(messages)))


def save_new(
    item: Item,
    media: Sequence[Media],
    campaign: Campaign,
    author: Person,
    by: Actor,
    now: datetime,
    wanted: Sequence[str] | None = None,
) -> Item:
    """Write a new item and its first version, and give it to the deliveries `wanted`; None: to all that wait for it."""
    item.province_id, item.campaign, item.author, item.created_at = campaign.province_id, campaign, author, now
    with transaction.atomic():
        keep_files(item, media)
        item.save(force_insert=True)
        keep_version(item, now)
        audit.append(by=by, action=f"{Deed.COMPOSE}.{item.kind}", row=item, now=now, digest=item.sha256)
        if wanted is None:
            attach(item=item, now=now)
        else:
            attach_to(item=item, deliveries=wanted)
    return item


def keep_files(item: Item, media: Sequence[Media]) -> None:
    """The rows of the item's files: its picture first, its preview last."""
    kept = [_keep_media(file) for file in media]
    item.picture = kept[0] if kept else None
    item.preview = kept[-1] if kept else None


def keep_version(item: Item, now: datetime) -> ItemVersion:
    """Keep the item as it stands. Call it inside the transaction that saves it."""
    return ItemVersion.everywhere.create(
        province_id=item.province_id,
        item=item,
        no=ItemVersion.of(item.province_id).filter(item=item).count() + 1,
        author=item.author,
        saved_at=now,
        spec=item.spec or {"clip": item.clip, "citation": item.citation},
        **{name: getattr(item, name) for name in ("title", "text", "alt", "quiz", "picture", "sha256")},
    )


def _keep_media(file: Media) -> Media:
    found = Media.of(file.province_id).filter(sha256=file.sha256).first()
    if found is None:
        file.save(force_insert=True)
    return found or file


def one_line(text: str) -> str:
    return " ".join(text.split())


def short(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
