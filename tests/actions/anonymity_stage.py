"""A group that reads and writes for some weeks, by the product's way or by one that leaks, and what it leaves."""

import logging
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.test import Client

from saisaat.actions import waiting
from saisaat.actions.read import count_opening, press
from saisaat.actions.receive import keep_comment
from saisaat.domain.anonymity import mark
from saisaat.domain.cadence import BANGKOK
from saisaat.domain.intake import PressKind
from saisaat.domain.roles import Actor
from saisaat.records import audit, clock
from saisaat.records.links import group_link
from saisaat.records.models import Comment, CommentBox, Delivery, WaitingSlot
from saisaat.records.receipts import new_code
from saisaat.records.sealing import class_key, keyed_hash, seal, unseal
from tests.actions.anonymity_adversary import Evidence, Guesses, copy
from tests.cast import Cast
from tests.factories import NOW

MEMBERS = 20
A_WEEK = 30
"""Comments without a name a week."""
HOURS = [(day, hour) for day in (1, 3) for hour in range(9, 15)]
"""When people read: hours of Tuesday and Thursday."""
_MONDAY = datetime(2020, 5, 11, 5, 1, tzinfo=BANGKOK)


class Town:
    """One group in its weeks. `write` is how a comment gets in: the product's way, or a leak's."""

    def __init__(self, cast: Cast, folder: Path, *, seed: int, watch: float, write: "Write | None" = None) -> None:
        """`watch`: how often the adversary takes a copy right after somebody wrote."""
        self.cast, self.folder, self.watch = cast, folder, watch
        self.dice = random.Random(seed)
        self.members = [keyed_hash(f"member {number}") for number in range(MEMBERS)]
        self.evidence = Evidence(self.members)
        self.truth: dict[str, str] = {}
        self.phone = Client(REMOTE_ADDR="127.0.0.1", headers={"user-agent": "a telephone", "referer": "http://x/i/y"})
        self.write = write or by_the_page
        self.opened: list[Callable[[], None]] = []
        """What a leaky way still does when its batch is opened."""

    def live(self, weeks: int) -> Evidence:
        """Weeks of reading and writing; the adversary looks in now and then, and at the end."""
        with self._overheard():
            for week in range(weeks):
                self._week(_MONDAY + timedelta(weeks=week))
            self._at(_MONDAY + timedelta(weeks=weeks))
            waiting.settle(now=clock.now())
            for deed in self.opened:
                deed()
            self._look()
        clock.freeze(NOW)
        return self.evidence

    def hits(self, guesses: Guesses) -> int:
        """How many were named rightly. Only here the words are read."""
        told = {row.pk: row for row in Comment.everywhere.filter(pk__in=guesses)}
        return sum(self.truth[_text(told[pk])] == who for pk, who in guesses.items())

    def _week(self, monday: datetime) -> None:
        self._at(monday)
        waiting.settle(now=clock.now())
        deeds = self._deeds(monday)
        looks = self.dice.sample(range(len(deeds)), 1)
        hour = mark(monday)
        for number, (moment, deed) in enumerate(deeds):
            while hour + timedelta(hours=1) <= moment:
                hour = max(hour + timedelta(hours=1), mark(moment))
                self._at(hour)
                waiting.settle(now=hour)
            self._at(moment)
            deed()
            if number in looks:
                self._look()

    def _deeds(self, monday: datetime) -> list[tuple[datetime, Callable[[], None]]]:
        """Everybody reads most publications at some hour; some press; who writes does so a minute after reading."""
        found: list[tuple[datetime, Callable[[], None]]] = []
        deliveries = [self.cast.delivery(), self.cast.delivery()]
        writers = [self.dice.randrange(MEMBERS) for _ in range(A_WEEK)]
        for number, who in enumerate(self.members):
            for delivery in deliveries:
                reads = self.dice.random() < 0.9
                at = self._some_time(monday)
                if reads:
                    found.append((at, _reading(delivery, who)))
                    found.append((at + timedelta(seconds=20), _pressing(delivery, who)))
                if reads and self.dice.random() < 0.2:
                    found.append((at + timedelta(seconds=30), _quoting(delivery, who)))
            for _ in range(writers.count(number)):
                at, delivery = self._some_time(monday), self.dice.choice(deliveries)
                text = "ก" * self.dice.randrange(1, 200) + f" {len(self.truth)}"
                self.truth[text] = who
                found.append((at, _reading(delivery, who)))
                found.append((at + timedelta(seconds=20), _pressing(self.cast.delivery(), who)))
                if self.dice.random() < 0.8:
                    found.append((at + timedelta(seconds=40), _quoting(delivery, who)))
                found.append((at + timedelta(seconds=60), self._writing(delivery, text)))
        return sorted(found, key=lambda pair: pair[0])

    def _writing(self, delivery: Delivery, text: str) -> Callable[[], None]:
        def deed() -> None:
            self.write(self, delivery, text)
            if self.dice.random() < self.watch:
                self._look()

        return deed

    def _some_time(self, monday: datetime) -> datetime:
        day, hour = self.dice.choice(HOURS)
        start = monday.replace(hour=hour, minute=0) + timedelta(days=day)
        return start + timedelta(seconds=self.dice.uniform(0, 3500))

    def _at(self, moment: datetime) -> None:
        clock.freeze(moment.astimezone(UTC))

    def _look(self) -> None:
        self.evidence.copies.append(copy(self.folder / f"copy-{len(self.evidence.copies)}", clock.now()))

    @contextmanager
    def _overheard(self) -> Iterator[None]:
        """Every line of every logger, down to the least, with its moment."""
        ear, root = _Ear(self.evidence.lines), logging.getLogger()
        every = [root, *(one for one in logging.Logger.manager.loggerDict.values() if isinstance(one, logging.Logger))]
        before = [(one, one.level, one.propagate) for one in every]
        for one in every:
            one.setLevel(1)
            one.propagate = True
        root.addHandler(ear)
        try:
            yield
        finally:
            root.removeHandler(ear)
            for one, level, propagate in before:
                one.setLevel(level)
                one.propagate = propagate


Write = Callable[[Town, Delivery, str], None]


class _Ear(logging.Handler):
    def __init__(self, lines: list[tuple[datetime, str]]) -> None:
        super().__init__()
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append((clock.now(), f"{record.name} {record.getMessage()}"))


def _reading(delivery: Delivery, who: str) -> Callable[[], None]:
    return lambda: (count_opening(delivery=delivery, who=who, now=clock.now()), None)[1]


def _pressing(delivery: Delivery, who: str) -> Callable[[], None]:
    return lambda: press(delivery=delivery, kind=PressKind.ACK, who=who, page="", now=clock.now())


def _quoting(delivery: Delivery, who: str) -> Callable[[], None]:
    def quote() -> None:
        message = str(random.SystemRandom().getrandbits(60))
        keep_comment(
            delivery=delivery,
            origin="quote",
            text="ดีค่ะ",
            message_type="text",
            who=who,
            message_id=message,
            now=clock.now(),
        )

    return quote


def by_the_page(town: Town, delivery: Delivery, text: str) -> None:
    """The product's way: the page, its form, sent by a telephone."""
    assert delivery.item is not None
    path = f"/a/{delivery.item.slug}/{group_link(delivery.item.slug, delivery.group.code)}"
    receipt = new_code()
    if town.dice.random() < 0.1:
        page = town.phone.get(path).content.decode()
        receipt = re.findall(r'name="receipt" value="(\w+)"', page)[0]
    town.phone.cookies["sessionid"] = "whose-session-this-is"
    answer = town.phone.post(path, {"receipt": receipt, "text": text})
    assert answer.status_code == 200, answer.content.decode()


# What must be found out: each way of writing leaves one thing that ours does not.


def at_once(town: Town, delivery: Delivery, text: str) -> None:
    """A row the moment it comes, as it was before there was a box."""
    _store(delivery, text)


def _store(delivery: Delivery, text: str) -> Comment:
    key = class_key(str(delivery.province_id), "comments leak", NOW)
    return Comment.everywhere.create(
        province_id=delivery.province_id,
        delivery=delivery,
        origin="page",
        day=clock.now().date(),
        text_sealed=seal(key, text),
        key=key,
        guess="ack",
        confidence=1.0,
    )


def stamped(town: Town, delivery: Delivery, text: str) -> None:
    """A batch, but an audit row when each of it came."""
    written_at = clock.now()

    def store() -> None:
        with transaction.atomic():
            audit.append(by=Actor.system("leak"), action="comment.keep", row=_store(delivery, text), now=written_at)

    town.opened.insert(town.dice.randrange(len(town.opened) + 1), store)


def logged(town: Town, delivery: Delivery, text: str) -> None:
    """A batch without a time, in the order it came; and a server that logs its requests."""
    logging.getLogger("uvicorn.access").info('"POST /a/x/y HTTP/1.1" 200')
    town.opened.append(lambda: (_store(delivery, text), None)[1])


def unpadded(town: Town, delivery: Delivery, text: str) -> None:
    """A box whose slots are as long as what lies in them, and written when it comes."""
    box = CommentBox.of(delivery.province_id).select_related("key").get()
    sealed = seal(box.key, "{}".ljust(len(text.encode())))
    WaitingSlot.everywhere.create(province_id=delivery.province_id, box=box, sealed=sealed)
    town.opened.insert(town.dice.randrange(len(town.opened) + 1), lambda: (_store(delivery, text), None)[1])


def _text(row: Comment) -> str:
    return unseal(row.key, row.text_sealed) or ""
