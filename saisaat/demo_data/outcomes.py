"""What became of each entry in each group: deliveries in every state, what was sent, pressed, said and closed."""

import hashlib
import uuid
from datetime import datetime, timedelta
from typing import Any

from saisaat.demo_data import words
from saisaat.demo_data.plan import Publication
from saisaat.demo_data.rows import Dice, Rows
from saisaat.demo_data.season import Season, local
from saisaat.domain.approval import ItemStatus, fill
from saisaat.domain.cadence import local_day
from saisaat.domain.campaign import Status
from saisaat.domain.closing import comment_record
from saisaat.domain.delivery import DELIVERED_STATES, Outcome, State, Way
from saisaat.domain.feedback import CommentKind
from saisaat.domain.remarks import Remark
from saisaat.records.models import (
    Acknowledgement,
    Attempt,
    Closeout,
    Comment,
    Delivery,
    Group,
    InboundEvent,
    Item,
    LedgerEntry,
    QuotaReading,
    Reaction,
    SealingKey,
    SentMessage,
    TapCount,
)
from saisaat.records.sealing import class_key, seal

_CLOSE_AFTER = timedelta(days=7)
_MISSED, _FAILED, _UNCERTAIN, _NO_TAPS = 0.015, 0.004, 0.03, 0.04
_WAYS = (Way.PIGGYBACK,) * 62 + (Way.DUTY,) * 28 + (Way.RELAY,) * 7 + (Way.PUSH,) * 3
_ACKNOWLEDGE, _LIKE = 0.17, 0.06  # of a group's members, on the average
_COMMENTS = (0, 0, 1, 1, 2, 2, 3, 5)
_FROM_PAGE = 0.25
_TAPS_BY_HOUR = (14, 9, 6, 4, 2, 1)
_EVENTS_A_WEEK = 14
_FREE_LIMIT = 300
_MUST_BE_CONFIRMED = {CommentKind.CRITICISM, CommentKind.COMPLAINT}


class Outcomes:
    """Throws what becomes of the publications of one season, by `now`."""

    def __init__(self, season: Season, rows: Rows, now: datetime, dice: Dice) -> None:
        self.season, self.rows, self.now, self.dice = season, rows, now, dice
        self.place, self.province = season.place, season.place.province
        self.uncertain = 0
        self.keys: dict[str, SealingKey] = {}

    def tell(self, publications: list[Publication]) -> list[Delivery]:
        deliveries = [self._delivery(publication, group) for publication in publications for group in self.place.groups]
        self._chatter()
        self._quota()
        return deliveries

    def _delivery(self, publication: Publication, group: Group) -> Delivery:
        entry, item = publication.entry, publication.item
        state = self._state(publication)
        sent_at = entry.at + timedelta(minutes=self.dice.randrange(1, 90)) if state in DELIVERED_STATES else None
        way = self.dice.choice(_WAYS)
        live = item is not None and item.status == ItemStatus.APPROVED and state is not State.PLANNED
        reasons = {
            State.MISSED: Remark.LATE_WITHOUT_CHANCE,
            State.FAILED: Remark.REFUSED,
            State.UNCERTAIN: Remark.STOPPED_AMID,
            State.CANCELLED: Remark.WITHDRAWN.of(reason=entry.withdrawn_reason or ""),
        }
        delivery = Delivery(
            id=self.dice.id(),
            province=self.province,
            entry=entry,
            group=group,
            topic=item.topic if item else None,
            style=item.style if item else "",
            item=item,
            approved_sha256=item.approved_sha256 if item is not None and live else "",
            state=state,
            reason=reasons.get(state, ""),
            due_at=entry.at,
            deadline=entry.deadline,
            way=way if sent_at else None,
            sent_at=sent_at,
            closed_at=sent_at + _CLOSE_AFTER if sent_at and state is State.CLOSED else None,
            attempt_count=1 if sent_at or state in {State.UNCERTAIN, State.FAILED} else 0,
        )
        self.rows.add(delivery)
        if delivery.attempt_count and item is not None:
            self._attempt(delivery, item, group, way)
        if sent_at:
            self._reception(delivery, group, sent_at)
        return delivery

    def _state(self, publication: Publication) -> State:
        """Where a delivery stands: its entry's time decides, and a little luck."""
        entry = publication.entry
        if entry.withdrawn_at:
            return State.CANCELLED
        if entry.at > self.now:
            return State.PLANNED
        if self.dice.often(_MISSED):
            return State.MISSED
        if self.dice.often(_FAILED):
            return State.FAILED
        if entry.at > self.now - _CLOSE_AFTER - timedelta(hours=2):
            if not self.uncertain or self.dice.often(_UNCERTAIN):
                self.uncertain += 1
                return State.UNCERTAIN
            return State.SENT
        return State.CLOSED

    def _attempt(self, delivery: Delivery, item: Item, group: Group, way: Way) -> None:
        outcomes = {State.UNCERTAIN: Outcome.NO_ANSWER, State.FAILED: Outcome.REJECTED}
        outcome = outcomes.get(State(delivery.state), Outcome.ACCEPTED)
        started = (delivery.sent_at or delivery.due_at + timedelta(minutes=20)) - timedelta(seconds=1)
        mark = self.dice.id()
        body = fill(
            item.canonical,
            {"base": "https://example.org", "page": "https://example.org", "group": group.code, "delivery": mark},
        )
        by_token = way in {Way.PIGGYBACK, Way.DUTY}
        attempt = Attempt(
            province=self.province,
            delivery=delivery,
            no=1,
            mark=mark,
            way=way,
            token_sha256=self.dice.digest() if by_token else None,
            token_at=started if by_token else None,
            retry_key=uuid.UUID(int=self.dice.getrandbits(128)) if way is Way.PUSH else None,
            heads=group.members or 0 if way is Way.PUSH else 0,
            body=body,
            body_sha256=hashlib.sha256(body.encode()).hexdigest(),
            canonical_sha256=delivery.approved_sha256,
            worker="demo-data",
            started_at=started,
            calls=1,
            outcome=outcome,
            finished_at=started + timedelta(seconds=1),
        )
        self.rows.add(attempt)
        if outcome is Outcome.ACCEPTED:
            sent = {"province": self.province, "attempt": attempt, "delivery": delivery}
            self.rows.add(SentMessage(message_id=str(self.dice.getrandbits(60)), quote_token=self.dice.id(), **sent))
        if way is Way.PUSH:
            spent = {"kind": LedgerEntry.Kind.SPENT, "heads": attempt.heads, "purpose": f"push {delivery.pk}"}
            ledger = {"province": self.province, "channel": self.place.channel, "attempt": attempt, "at": started}
            self.rows.add(LedgerEntry(**spent, **ledger))

    # What came back

    def _reception(self, delivery: Delivery, group: Group, sent_at: datetime) -> None:
        over = min(self.now, sent_at + _CLOSE_AFTER)
        pressed = [self._presses(delivery, group, kind, sent_at, over) for kind in (Acknowledgement, Reaction)]
        taps = 0 if self.dice.often(_NO_TAPS) else self._taps(delivery, sent_at, over)
        kinds = [self._comment(delivery, sent_at, over) for _ in range(self.dice.choice(_COMMENTS))]
        if delivery.closed_at:
            self.rows.add(
                Closeout(
                    province=self.province,
                    delivery=delivery,
                    taps=taps or None,
                    no_figure_reason="" if taps else Remark.NO_FIGURE,
                    acknowledgements=pressed[0],
                    reactions=pressed[1],
                    comments=len(kinds),
                    comment_record=comment_record(kinds),
                    by="system:worker",
                    at=delivery.closed_at,
                )
            )

    def _presses(
        self,
        delivery: Delivery,
        group: Group,
        kind: type[Acknowledgement] | type[Reaction],
        sent_at: datetime,
        over: datetime,
    ) -> int:
        members = self.place.who[group.pk]
        share = _ACKNOWLEDGE if kind is Acknowledgement else _LIKE
        if len(members) > 200:
            share /= 4  # partners press less than staff
        who = self.dice.sample(members, min(len(members), int(self.dice.expovariate(1 / (share * len(members))))))
        for person in who:
            at = self._later(sent_at, over)
            told = {"delivery_id": delivery.pk, "who": person, "at": at, "event_id": self._event_id()}
            self.rows.add_plain(kind, province_id=self.province.pk, **told)
        return len(who)

    def _taps(self, delivery: Delivery, sent_at: datetime, over: datetime) -> int:
        total = 0
        first = sent_at.replace(minute=0, second=0, microsecond=0)
        for number, most in enumerate(_TAPS_BY_HOUR):
            hour = first + timedelta(hours=number * (1 if number < 4 else 9))
            taps = self.dice.randrange(most + 1)
            if taps and hour < over:
                told = {"delivery_id": delivery.pk, "hour": hour, "taps": taps}
                self.rows.add_plain(TapCount, province_id=self.province.pk, **told)
                total += taps
        return total

    def _comment(self, delivery: Delivery, sent_at: datetime, over: datetime) -> str:
        kind, _share, said = self.dice.choices(words.SAID, [share for _, share, _ in words.SAID])[0]
        at = self._later(sent_at, over)
        day = local_day(at)
        page = self.dice.often(_FROM_PAGE)
        key = self._key(f"comments {day:%Y-%m}", at)
        confirmed = kind not in _MUST_BE_CONFIRMED or self.now - at > timedelta(days=3)
        answered = kind in {CommentKind.QUESTION, CommentKind.SUGGESTION, *_MUST_BE_CONFIRMED} and self.dice.often(0.8)
        person = self.place.players["owner"]
        told: dict[str, Any] = {"guess": kind, "confidence": round(0.45 + self.dice.random() / 2, 2)}
        if not page:
            who = self.dice.choice(self.place.who[delivery.group_id])
            told |= {"who": who, "message_id": str(self.dice.getrandbits(60))}
        if confirmed and kind in _MUST_BE_CONFIRMED:
            told |= {"kind": kind, "confirmed_by_id": person.pk, "confirmed_at": at + timedelta(hours=5)}
        if answered:
            told["owner_id"] = person.pk
        if answered and confirmed:
            answer = {"answer": self.dice.choice(words.ANSWERS), "answered_at": at + timedelta(hours=20)}
            told |= answer | {"answered_by_id": person.pk}
        self.rows.add_plain(
            Comment,
            id=self.dice.id(),
            province_id=self.province.pk,
            delivery_id=delivery.pk,
            origin=Comment.Origin.PAGE if page else Comment.Origin.QUOTE,
            day=day,
            text_sealed=seal(key, self.dice.choice(said)),
            key_id=key.pk,
            **told,
        )
        return kind

    def _chatter(self) -> None:
        """What else moved in the groups: only that something came, in which hour."""
        for week in range(22):
            for _ in range(_EVENTS_A_WEEK):
                day = self.season.start + timedelta(weeks=week, days=self.dice.randrange(5))
                hour = local(day, self.dice.randrange(8, 18))
                if hour < self.now:
                    group = self.dice.choice(self.place.groups)
                    told = {"channel_id": self.place.channel.pk, "group_id": group.pk, "kind": "message", "hour": hour}
                    handled = {"event_id": self._event_id(), "handled_at": hour + timedelta(minutes=59)}
                    self.rows.add_plain(InboundEvent, province_id=self.province.pk, **told, **handled)

    def _quota(self) -> None:
        """What the channel said of its free messages: once a month, and this morning."""
        monthly = [local(self.season.start + timedelta(days=30 * month), 7) for month in range(6)]
        running = self.season.campaign.status == Status.RUNNING
        for read_at in (*monthly, *([self.now - timedelta(hours=3)] if running else [])):
            if read_at < self.now:
                told = {"channel": self.place.channel, "limit": _FREE_LIMIT, "read_at": read_at}
                self.rows.add(QuotaReading(province=self.province, used=self.dice.randrange(120), **told))

    def _later(self, sent_at: datetime, over: datetime) -> datetime:
        """Most come at once, some days later; none after the end."""
        seconds = max(1.0, (over - sent_at).total_seconds() - 1)
        return sent_at + timedelta(seconds=min(seconds, self.dice.expovariate(1 / (6 * 3600))))

    def _event_id(self) -> str:
        return f"01{self.dice.id()}{self.dice.id()[:8]}".upper()

    def _key(self, purpose: str, at: datetime) -> SealingKey:
        if purpose not in self.keys:
            self.keys[purpose] = class_key(self.province.pk, purpose, at)
        return self.keys[purpose]
