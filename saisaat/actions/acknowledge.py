"""Acknowledgements that are said: in a quote, of exactly what it quotes; without one, by a rule of `domain.intake`."""

from datetime import datetime

from django.db.models import QuerySet

from saisaat.domain.delivery import State
from saisaat.domain.intake import NEAR, PostCommand, meant_for, read_command, talks_over
from saisaat.domain.messages import InboundEvent
from saisaat.queries.feedback_words import guess_at
from saisaat.records.models import Acknowledgement, Comment, Delivery, Group, NearAcknowledgement
from saisaat.records.sealing import keyed_hash


def command_in(event: InboundEvent) -> PostCommand | None:
    """The duty officer's word, if people typed it; what a sticker shows is nobody's word."""
    return None if event.message_type == "sticker" else read_command(event.text)


def overhear(*, group: Group, event: InboundEvent) -> None:
    """Ordinary talk soon after a publication: who acknowledged it is kept, never what was said."""
    said_at = event.occurred_at
    near = Delivery.of(group.province_id).filter(
        group=group, state=State.SENT, talked_over=False, sent_at__lte=said_at, sent_at__gte=said_at - NEAR
    )
    delivery = near.order_by("-sent_at", "-id").first()
    if delivery is None or delivery.sent_at is None or command_in(event) is not None:
        return
    guess = guess_at(str(group.province_id), event.text or "", event.message_type or "text")
    if talks_over(guess):
        near.update(talked_over=True)
    elif event.user and event.message_id and meant_for(guess, sent_at=delivery.sent_at, said_at=said_at):
        row = NearAcknowledgement(
            province_id=group.province_id,
            delivery=delivery,
            who=keyed_hash(event.user),
            at=said_at,
            event_id=_said(event.message_id),
        )
        NearAcknowledgement.everywhere.bulk_create([row], ignore_conflicts=True)


def was_overheard(*, province: str, message_id: str | None) -> bool:
    return _near(province, message_id).exists()


def take_back(*, province: str, message_id: str | None) -> None:
    """The message was unsent, and what was overheard in it with it."""
    _near(province, message_id).delete()


def acknowledge_by_words(*, comment: Comment, meant: bool, at: datetime) -> None:
    """A quote that says รับทราบ acknowledges exactly what it quotes; one that says something else, or no longer, does
    not. A person's word on the comment decides over the machine's.
    """
    if comment.message_id is None or comment.delivery_id is None:
        return
    fields = {"province_id": comment.province_id, "delivery_id": comment.delivery_id, "who": comment.who, "at": at}
    row = Acknowledgement(**fields, event_id=_said(comment.message_id))
    if meant:
        Acknowledgement.everywhere.bulk_create([row], ignore_conflicts=True)
    else:
        Acknowledgement.of(comment.province_id).filter(event_id=row.event_id).delete()


def _near(province: str, message_id: str | None) -> QuerySet[NearAcknowledgement]:
    return NearAcknowledgement.of(province).filter(event_id=_said(message_id or ""))


def _said(message_id: str) -> str:
    """The id of an acknowledgement that lies in a message, so that it goes when the message goes."""
    return f"said-{message_id}"
