"""Telling the groups of the plan: before anything is published, and again when much of it has changed."""

from datetime import datetime

from django.db import transaction

from saisaat.actions.compose import compose_announcement
from saisaat.actions.edit import discard
from saisaat.actions.plan import check_approved, lock
from saisaat.actions.plan_history import note_change
from saisaat.actions.replan import NewEntry, add_entry
from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.delivery import State
from saisaat.domain.errors import NotNow
from saisaat.domain.plan_changes import Change, changes_told
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.queries.plan import joined_groups
from saisaat.queries.plan_pages import changes_since_told
from saisaat.records.models import Campaign, Delivery, Item, Person

_TITLE = "แจ้งแผนที่ปรับปรุงให้กลุ่มทราบ"


def announce(*, campaign: Campaign, author: Person, by: Actor, now: datetime) -> Item:
    """Write the announcement that waits to be sent, from the plan as it stands now.

    Words that nobody has reviewed yet, that were sent back, or that were approved before the plan changed are put
    aside; the groups that were already told keep what they have.
    """
    check_may(by, Deed.COMPOSE)
    check_approved(campaign)
    with transaction.atomic():
        campaign = lock(campaign)
        _clear(campaign, by, now)
        changes = changes_told(changes_since_told(campaign))
        item = compose_announcement(campaign=campaign, author=author, by=by, now=now, changes=changes)
        note_change(Change.ANNOUNCED, campaign, by=by, now=now)
    return item


def announce_again(*, campaign: Campaign, at: datetime, author: Person, by: Actor, now: datetime) -> Item:
    """One more announcement in the plan, at `at`, with words that say what changed since the last one."""
    check_may(by, Deed.PLAN)
    if _waiting(campaign):
        raise NotNow("มีประกาศที่ยังรอส่งอยู่แล้ว จึงไม่ได้เพิ่มอีก โปรดเขียนประกาศนั้นใหม่จากแผนปัจจุบัน")
    with transaction.atomic():
        new = NewEntry(ItemKind.ANNOUNCEMENT, at, tuple(joined_groups(campaign)), title=_TITLE)
        add_entry(campaign=campaign, new=new, by=by, now=now)
        return announce(campaign=campaign, author=author, by=by, now=now)


def _clear(campaign: Campaign, by: Actor, now: datetime) -> None:
    """Free the announcements that wait from words that no longer hold."""
    waiting = _waiting(campaign)
    if not waiting:
        raise NotNow("ไม่มีประกาศในแผนที่ยังรอส่ง จึงยังไม่ได้เขียน โปรดเพิ่มประกาศครั้งใหม่ในแผนก่อน")
    for item in {delivery.item for delivery in waiting if delivery.item is not None}:
        if item.status == ItemStatus.IN_REVIEW:
            raise NotNow("ประกาศฉบับเดิมกำลังรอตรวจ จึงยังไม่ได้เขียนใหม่ โปรดรอผลตรวจหรือให้ผู้ตรวจส่งกลับก่อน")
        if item.status in {ItemStatus.DRAFT, ItemStatus.REJECTED}:
            discard(item=item, by=by, now=now)
    Delivery.of(campaign.province_id).filter(pk__in=[delivery.pk for delivery in waiting]).update(item=None)


def _waiting(campaign: Campaign) -> list[Delivery]:
    rows = Delivery.of(campaign.province_id).filter(
        entry__campaign=campaign,
        entry__kind=ItemKind.ANNOUNCEMENT,
        entry__withdrawn_at__isnull=True,
        state__in=[State.PLANNED, State.DUE],
    )
    return list(rows.select_related("item"))
