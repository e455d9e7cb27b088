"""Closing a publication out: a view figure or the reason there is none, and a comment record even if it says none."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum

from saisaat.actions.schedule import change_state
from saisaat.domain.campaign import CampaignSettings
from saisaat.domain.closing import comment_record
from saisaat.domain.delivery import State
from saisaat.domain.errors import NotNow
from saisaat.domain.remarks import Remark
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.records.models import Acknowledgement, Closeout, Comment, Delivery, Reaction, ReaderCount, TapCount
from saisaat.records.reader_count import LATEST_FIRST

_NOT_SENT = "รายการนี้ยังไม่ได้ส่งหรือปิดงานไปแล้ว จึงปิดไม่ได้ ข้อมูลเดิมยังอยู่ครบ"


def close_due(*, now: datetime, by: Actor, limit: int = 100) -> int:
    """Close every sent publication whose days are over. Returns how many."""
    sent = Delivery.everywhere.filter(state=State.SENT, sent_at__lt=now).order_by("sent_at")
    over = [
        pk
        for pk, sent_at, chosen in sent.values_list("pk", "sent_at", "entry__campaign__settings")
        if sent_at and now - sent_at >= timedelta(days=CampaignSettings.from_json(chosen).close_after_days)
    ]
    closed = 0
    for delivery in Delivery.everywhere.filter(pk__in=over[:limit], state=State.SENT).order_by("sent_at"):
        with suppress(NotNow):  # a person closed it in this moment
            close_out(delivery=delivery, now=now, by=by)
            closed += 1
    return closed


def close_now(*, delivery: Delivery, reason: str, by: Actor, now: datetime) -> Closeout:
    """A person ends a publication before its days are over. Raises `NotNow` for one not sent, or closed already."""
    check_may(by, Deed.CLOSE_OUT)
    if delivery.state != State.SENT:
        raise NotNow(_NOT_SENT)
    return close_out(delivery=delivery, now=now, by=by, reason=reason)


def close_out(*, delivery: Delivery, now: datetime, by: Actor, reason: str = "") -> Closeout:
    """Fix a publication's figures as they stand. Unknown is never written as 0; `reason` may say why it is unknown.
    Raises `NotNow` for one that is not sent, or that somebody closed meanwhile.
    """
    taps = TapCount.of(delivery.province_id).filter(delivery=delivery).aggregate(n=Sum("taps"))["n"]
    told = ReaderCount.of(delivery.province_id).filter(delivery=delivery).order_by(*LATEST_FIRST)
    comments = Comment.of(delivery.province_id).filter(delivery=delivery)
    with transaction.atomic():
        if not change_state(delivery, State.CLOSED, "", by=by, now=now, closed_at=now):
            raise NotNow(_NOT_SENT)
        return Closeout.everywhere.create(
            province_id=delivery.province_id,
            delivery=delivery,
            taps=taps,
            readers_told=told.values_list("readers", flat=True).first(),
            no_figure_reason="" if taps else reason.strip()[:300] or Remark.NO_FIGURE,
            acknowledgements=Acknowledgement.of(delivery.province_id).filter(delivery=delivery).count(),
            reactions=Reaction.of(delivery.province_id).filter(delivery=delivery).count(),
            comments=comments.count(),
            comment_record=comment_record([c.kind or c.guess for c in comments.only("kind", "guess")]),
            by=by.id,
            at=now,
        )
