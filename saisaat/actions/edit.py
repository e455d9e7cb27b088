"""Making a poster by hand: a first draft, every further version of it, throwing one away and taking it back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from saisaat.actions.compose import PosterDraft, keep_files, keep_version, poster_item, save_new
from saisaat.actions.schedule import change_state
from saisaat.domain.approval import ItemStatus, check_edit, check_item_transition
from saisaat.domain.delivery import DELIVERED_STATES, State
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.remarks import Remark
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.domain.topics import check_publishable
from saisaat.posters.spec import PosterSpec
from saisaat.queries.topics import topic_of
from saisaat.records import audit
from saisaat.records.models import Campaign, Delivery, Item, Person

_WAITING = (State.PLANNED, State.DUE)
_OUT = (State.SENDING, State.UNCERTAIN, *DELIVERED_STATES)
_PLACEHOLDERS = ("{base}", "{page}", "{group}", "{delivery}")
_DRAWN = (
    *("topic", "style", "title", "text", "alt", "citation", "spec", "own_picture"),
    *("picture", "preview", "canonical", "sha256", "status", "approved_sha256", "author"),
)


def make(
    *, campaign: Campaign, draft: PosterDraft, wanted: Sequence[str], author: Person, by: Actor, now: datetime
) -> Item:
    """A new poster made by hand, given to the planned deliveries `wanted`; with none, to none."""
    check_may(by, Deed.COMPOSE)
    _check_draft(draft)
    item, media = poster_item(campaign, draft)
    if Item.everywhere.filter(slug=item.slug).exists():
        raise NotNow("โปสเตอร์นี้บันทึกไว้แล้วก่อนหน้า จึงไม่ได้บันทึกซ้ำ โปรดเปิดจากรายการสื่อ")
    return save_new(item, media, campaign, author, by, now, wanted)


def edit(*, item: Item, draft: PosterDraft, seen: int, author: Person, by: Actor, now: datetime) -> Item:
    """Save a further version of a poster. An approval or a review under way ends; what was armed with it is cancelled.

    `seen` is the number of the version the editor had before them. Saved without a change it stays as it is, except
    that one sent back becomes a draft again. Whoever saves is the author from now on: nobody reviews their own words.
    """
    check_may(by, Deed.COMPOSE)
    _check_draft(draft)
    drawn, media = poster_item(item.campaign, draft, item.quiz)
    with transaction.atomic():
        row = Item.of(item.province_id).select_for_update().get(pk=item.pk)
        status = ItemStatus(row.status)
        check_edit(status, seen=seen, latest=row.versions.count(), published=is_published(row))
        changed = (drawn.sha256, drawn.text, drawn.spec, drawn.topic_id) != (
            row.sha256,
            row.text,
            row.spec,
            row.topic_id,
        )
        if not changed and status is not ItemStatus.REJECTED:
            return row
        keep_files(drawn, media)
        drawn.status, drawn.approved_sha256, drawn.author = ItemStatus.DRAFT, "", author
        for name in _DRAWN:
            setattr(row, name, getattr(drawn, name))
        row.save(update_fields=_DRAWN)
        if changed:
            keep_version(row, now)
        tell_deliveries(row, approved=status is ItemStatus.APPROVED, by=by, now=now)
        audit.append(by=by, action=f"{Deed.COMPOSE}.edit", row=row, now=now, digest=row.sha256)
    return row


def is_published(item: Item) -> bool:
    """Whether the item stands in a group, or may by now."""
    return Delivery.of(item.province_id).filter(item=item, state__in=_OUT).exists()


def discard(*, item: Item, by: Actor, now: datetime) -> Item:
    """Throw a draft or a returned item away. Nothing is deleted; the plan asks anew for what it was to fill."""
    check_may(by, Deed.COMPOSE)
    return _set(item, ItemStatus.DISCARDED, "discard", by, now)


def take_back(*, item: Item, by: Actor, now: datetime) -> Item:
    """A discarded item is a draft again. What it was planned for has to be chosen again."""
    check_may(by, Deed.COMPOSE)
    if item.status != ItemStatus.DISCARDED:
        raise NotNow("สื่อชิ้นนี้ไม่ได้ถูกทิ้ง จึงไม่ต้องกู้คืน ไม่มีอะไรเปลี่ยนแปลง")
    return _set(item, ItemStatus.DRAFT, "take_back", by, now)


def _set(item: Item, new: ItemStatus, verb: str, by: Actor, now: datetime) -> Item:
    with transaction.atomic():
        row = Item.of(item.province_id).select_for_update().get(pk=item.pk)
        check_item_transition(ItemStatus(row.status), new)
        row.status = new
        row.save(update_fields=["status"])
        Delivery.of(row.province_id).filter(item=row, state__in=_WAITING).update(item=None)
        audit.append(by=by, action=f"{Deed.COMPOSE}.{verb}", row=row, now=now, digest=row.sha256)
    return row


def tell_deliveries(item: Item, *, approved: bool, by: Actor, now: datetime) -> None:
    """What waits for the item is of its present topic and style; what was armed with the old approval is cancelled."""
    mine = Delivery.of(item.province_id).filter(item=item)
    mine.filter(state__in=_WAITING).update(topic=item.topic, style=item.style)
    if approved:
        for delivery in mine.filter(state=State.ARMED):
            change_state(delivery, State.CANCELLED, Remark.EDITED, by=by, now=now)


def _check_draft(draft: PosterDraft) -> None:
    """Words for those who do not see it, a topic that may be told, and no text that sending would take for its own."""
    if not draft.alt.strip() or not draft.text.strip():
        raise Invalid("ยังไม่มีคำบรรยายภาพหรือข้อความสำหรับผู้ที่ไม่เห็นภาพ จึงยังไม่ได้บันทึก โปรดเติมให้ครบ")
    if draft.topic is not None:
        check_publishable(topic_of(draft.topic))
    told = " ".join([*_words(draft.spec), draft.alt, draft.text])
    if any(mark in told for mark in _PLACEHOLDERS):
        raise Invalid("ข้อความมีคำในวงเล็บปีกกาที่ระบบใช้เอง เช่น {group} จึงยังไม่ได้บันทึก โปรดเอาออก")


def _words(spec: PosterSpec) -> tuple[str, ...]:
    return (spec.headline, spec.body, spec.topic, spec.citation, spec.greeting, spec.credit)
