"""What lies on the workbench while a poster is made: the form, where it started from, and what it looks like now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from saisaat.actions.compose import PosterDraft, canonical_of, poster_messages, poster_spec, short
from saisaat.domain.errors import DomainError
from saisaat.posters.spec import PosterSpec
from saisaat.posters.styles import SHOWN_BY_ALL, STYLES
from saisaat.queries import studio
from saisaat.queries.office import channel_of
from saisaat.records.base import random_id
from saisaat.records.models import Brand, Campaign, Delivery, Item, OwnPicture, PlanEntry, Topic
from saisaat.typesetting import RenderFailed, RenderRefused
from saisaat.web.line_look import LineLook, line_look
from saisaat.web.studio import drawing
from saisaat.web.studio.forms import WORDED, Beside, MakingForm, initial_of, seed_of
from saisaat.web.studio.words import style_about, style_title

_DEFAULT_COLOURS = ("#0e5a55", "#c1932f")
_MOST_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Start:
    """Where somebody begins: a spec, the form's first values, and the plan's deliveries it could be for."""

    values: dict[str, Any]
    topic: Topic | None = None
    candidates: Sequence[Delivery] = ()
    wanted: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What stands under a field: how long it is, how long it may be, and what is wrong with it."""

    name: str
    length: int
    limit: int
    errors: Sequence[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """The poster as it looks now. `picture` is empty where it cannot be drawn.

    `wrong` then says why; `where` are the fields whose notes say the same, empty when something has no such field.
    """

    picture: str = ""
    width: int = 1
    height: int = 1
    look: LineLook | None = None
    alt: Beside | None = None
    text: Beside | None = None
    notes: Sequence[Note] = ()
    wrong: Sequence[str] = ()
    where: Sequence[str] = ()

    @property
    def fits(self) -> bool:
        return not self.wrong


@dataclass(frozen=True, slots=True)
class Sample:
    """A style in the gallery, with this very text. `refused` says why it cannot be shown in it."""

    name: str
    title: str
    about: str
    picture: str
    width: int
    height: int
    refused: str = ""


def new_start(province: str, campaign: Campaign, asked: QueryDict) -> Start:
    """A new poster from what the address asks for: a topic, a plan's entry, an item to be like, an own picture."""
    slug = random_id()
    style = asked.get("style", "") if asked.get("style", "") in STYLES else next(iter(STYLES))
    topic = _found(Topic.of(province).filter(code=asked["topic"]).first()) if asked.get("topic") else None
    spec = _blank(campaign, style)
    if asked.get("like"):
        like = _found(studio.items(province).filter(pk=asked["like"], kind="poster").first())
        spec, topic = spec_of_item(campaign, like), like.topic
        spec = replace(spec, style=asked.get("style", "") if asked.get("style", "") in STYLES else spec.style)
    elif topic is not None:
        spec = poster_spec(campaign, topic, style)
    spec = replace(spec, qr_url=f"{settings.BASE_URL}/i/{slug}", seed=seed_of(slug))
    picture = own_picture(province, asked.get("picture", ""))
    if picture is not None:
        spec = replace(spec, style=_photo_style(spec.style), picture=picture.media.sha256, credit=picture.owner)
    candidates, wanted = _candidates(province, campaign, topic, asked.get("entry", ""))
    values = initial_of(spec, slug, office_colours(province)) | {
        "picture": picture.pk if picture else "",
        "source": topic.code if topic else "",
    }
    return Start(values, topic, candidates, wanted)


def edit_start(province: str, item: Item) -> Start:
    """A further version of an item, its own words and all."""
    spec = spec_of_item(item.campaign, item)
    values = initial_of(spec, item.slug, office_colours(province)) | {
        "alt": item.alt,
        "alt_was": item.alt,
        "alt_for": item.spec.get("alt_for", spec.alt_text()),
        "text": item.text,
        "text_was": item.text,
        "text_for": item.spec.get("text_for", item.text),
        "picture": item.own_picture_id or "",
        "source": item.topic.code if item.topic else "",
        "seen": item.versions.count(),
    }
    return Start(values, item.topic)


def spec_of_item(campaign: Campaign, item: Item) -> PosterSpec:
    """What an item was drawn from; for one from before that was kept, what its topic says."""
    if item.spec.get("poster"):
        told = item.spec["poster"]
        return PosterSpec(**told | {"colours": tuple(told.get("colours", ()))})
    style = item.style if item.style in STYLES else next(iter(STYLES))
    spec = poster_spec(campaign, item.topic, style) if item.topic else _blank(campaign, style)
    address = f"{settings.BASE_URL}/i/{item.slug}"
    return replace(spec, headline=item.title, citation=item.citation, qr_url=address)


def _blank(campaign: Campaign, style: str) -> PosterSpec:
    office, title = short(campaign.office_name), short(campaign.title)
    return PosterSpec(
        style=style, headline="", body="", topic="", citation="", office=office, campaign=title, qr_url=""
    )


def example(campaign: Campaign, style: str) -> PosterSpec:
    """A poster to show the styles with while nothing is written yet."""
    return replace(
        _blank(campaign, style),
        headline=_("หัวข้อของท่านจะอยู่ตรงนี้"),
        body=_("เนื้อหาสั้น ๆ ที่อ่านจบในแวบเดียว"),
        topic=_("ตัวอย่าง"),
        qr_url=f"{settings.BASE_URL}/i/{'0' * 16}",
    )


def _photo_style(style: str) -> str:
    takes = [name for name, one in STYLES.items() if "picture" in one.takes]
    return style if style in takes else takes[0]


def _found(row: Any) -> Any:
    if row is None:
        raise Http404(_("ไม่พบรายการนี้"))
    return row


def own_picture(province: str, picture_id: str) -> OwnPicture | None:
    if not picture_id:
        return None
    found: OwnPicture = _found(studio.own_pictures(province).filter(pk=picture_id).first())
    return found


def office_colours(province: str) -> tuple[str, str]:
    """The office's two, or the product's own where none were chosen."""
    brand = Brand.of(province).first()
    return (
        (brand.primary if brand else "") or _DEFAULT_COLOURS[0],
        (brand.secondary if brand else "") or _DEFAULT_COLOURS[1],
    )


def _candidates(
    province: str, campaign: Campaign, topic: Topic | None, entry_id: str
) -> tuple[Sequence[Delivery], Sequence[str]]:
    """The deliveries this poster could be for, and those it is meant for: of the entry asked for, or of the topic."""
    rows = studio.waiting(campaign).filter(entry__kind="poster")
    if entry_id:
        entry = _found(PlanEntry.of(province).filter(pk=entry_id, campaign=campaign).first())
        found = list(rows.filter(entry=entry))
        mine = [row for row in found if topic is None or row.topic_id in {None, topic.pk}] or found
    elif topic is not None:
        found = list(rows.filter(topic=topic)[:_MOST_CANDIDATES])
        mine = [row for row in found if row.entry_id == found[0].entry_id]
    else:
        return (), ()
    return found, [str(row.pk) for row in mine]


def show(province: str, campaign: Campaign, form: MakingForm, *, drawn: bool = True) -> Shown:
    """What the form says as a poster. What does not fit is said beside its field, in the form and in the answer.

    `drawn` False: only where its picture is, for whoever opens the page and has not typed yet.
    """
    if not form.is_valid():
        return _refused(form)
    picture = own_picture(province, form.cleaned_data["picture"])
    spec = form.spec(campaign, picture.media.sha256 if picture else "")
    alt, text = form.beside(spec)
    style = STYLES[spec.style]
    try:
        if drawn:
            drawing.draw(spec, drawing.LIVE)
        path = drawing.picture_path(province, spec, drawing.LIVE)
        look = _look(province, spec, alt.value, path)
    except RenderRefused as refusal:
        form.refuse(refusal, refusal.field)
        return _refused(form, alt, text)
    except (RenderFailed, DomainError) as error:
        form.refuse(error)
        return _refused(form, alt, text)
    return Shown(path, style.width, style.height, look, alt, text, notes(form))


def _look(province: str, spec: PosterSpec, alt: str, path: str) -> LineLook:
    channel = channel_of(province)
    messages = poster_messages(spec, alt, f"{{base}}{path}", f"{{base}}{path}")
    return line_look(canonical_of(messages, province), channel.name if channel else "", alt=alt)


def _refused(form: MakingForm, alt: Beside | None = None, text: Beside | None = None) -> Shown:
    wrong = [str(error) for errors in form.errors.values() for error in errors]
    where = list(form.errors) if set(form.errors) <= set(WORDED) else []
    return Shown(alt=alt, text=text, notes=notes(form), wrong=wrong, where=where)


def notes(form: MakingForm) -> list[Note]:
    """Under every field of words: its length, the style's limit, what is wrong."""
    style = STYLES.get(str(form["style"].value()), next(iter(STYLES.values())))
    errors = form.errors if form.is_bound else {}
    return [
        Note(
            name, len(str(form[name].value() or "")), style.limits.get(name, 0), [str(e) for e in errors.get(name, ())]
        )
        for name in WORDED
    ]


def samples(province: str, spec: PosterSpec, *, drawn: bool = False) -> list[Sample]:
    """Every style with this text. `drawn`: draw them now, and say what does not fit; else each when looked at."""
    found = []
    for style in STYLES.values():
        one = replace(spec, style=style.name, picture=spec.picture if "picture" in style.takes else "")
        lacks = [name for name in style.needs if not getattr(one, name)]
        refused = _("ต้องมีภาพของหน่วยงาน") if lacks else (_why_not(one) if drawn else "")
        path = "" if lacks or refused else drawing.picture_path(province, one, drawing.SMALL)
        found.append(
            Sample(style.name, style_title(style), style_about(style), path, style.width, style.height, refused)
        )
    return found


def _why_not(spec: PosterSpec) -> str:
    try:
        drawing.draw(spec, drawing.SMALL)
    except (RenderRefused, RenderFailed) as refusal:
        field = getattr(refusal, "field", "")
        return _("ต้องเขียนเป็นสองฝั่ง") if field == "body" and spec.style == "song_fang" else _("ข้อความยาวเกินแบบนี้")
    return ""


def draft(province: str, campaign: Campaign, form: MakingForm) -> PosterDraft:
    """The finished poster of a valid form. Raises `RenderRefused` naming the field."""
    told = form.cleaned_data
    picture = own_picture(province, told["picture"])
    spec = form.spec(campaign, picture.media.sha256 if picture else "")
    topic = Topic.of(province).filter(code=told["source"]).first() if told["source"] else None
    alt, text = form.beside(spec)
    return PosterDraft(
        spec=spec,
        poster=drawing.finished(spec),
        topic=topic,
        alt=alt.value,
        text=text.value,
        alt_for=alt.made_for,
        text_for=text.made_for,
        own_picture=picture if spec.picture else None,
    )


def takers() -> dict[str, str]:
    """By field, the names of the styles that show it, for fields that not all do."""
    return {
        name: " ".join(style.name for style in STYLES.values() if name in style.takes)
        for name in ("greeting", "credit", "icon", "picture")
        if name not in SHOWN_BY_ALL
    }
