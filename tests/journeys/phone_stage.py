"""The phone pages beside a practice LINE: one publication with a question, one with a clip, in a group of three people.

Run as `python -m tests.journeys.phone_stage PRACTICE` it serves the pages; it prints one JSON line, and another with
what was counted for each line it is told. Ends with its standard input.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.request import Request, urlopen
from wsgiref.simple_server import make_server

from tests.journeys.pages_stage import _Server, _Silent


@dataclass
class PhoneStage:
    """`pages` and `line` are the two addresses; `group` and `people` are the practice LINE's ids."""

    pages: str
    line: str
    told: dict[str, Any]
    child: "subprocess.Popen[str]"
    group: str = ""
    people: list[str] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)

    def practice(self, path: str, method: str = "GET", body: Any = None) -> Any:
        """A control call."""
        return _ask(f"{self.line}/_practice/{path}", method, body)

    def counted(self) -> dict[str, Any]:
        """What the office's database holds by now."""
        assert self.child.stdin is not None and self.child.stdout is not None
        self.child.stdin.write("\n")
        self.child.stdin.flush()
        return dict(json.loads(self.child.stdout.readline()))

    def since(self, names: Iterable[str]) -> dict[str, Any]:
        """What was counted since `before` was taken: numbers less those of then, marks without those of then."""
        now = self.counted()
        return {name: _less(now[name], self.before[name]) for name in names}

    def room(self, who: int = 0) -> str:
        """The room as that person's phone sees it."""
        return f"{self.line}/#as={self.people[who]}&chat={self.group}"


def _less(now: Any, before: Any) -> Any:
    if isinstance(now, dict):
        return {key: value - before.get(key, 0) for key, value in now.items() if value != before.get(key, 0)}
    return [*now[len(before) :]] if isinstance(now, list) else now - before


def _ask(url: str, method: str, body: Any) -> Any:
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(url, data, {"content-type": "application/json"}, method=method), timeout=10) as answer:
        return json.load(answer)


@contextmanager
def raised_phone_stage() -> Iterator[PhoneStage]:
    """Both processes, gone again at the end."""
    line = subprocess.Popen(
        [sys.executable, "-m", "practice_line", "serve", "--port", "0"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert line.stdout is not None
        address = next(part for part in line.stdout.readline().split() if part.startswith("http://"))
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.phone_stage", address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        )
        try:
            assert child.stdout is not None
            told = json.loads(child.stdout.readline())
            stage = PhoneStage(told["address"], address, told, child)
            names = ("เจ้าหน้าที่ธุรการ", "หัวหน้าฝ่าย", "พนักงานขับรถ")
            stage.people = [stage.practice("people", "POST", {"name": name})["userId"] for name in names]
            wish = {"name": "กลุ่มเจ้าหน้าที่", "members": stage.people}
            stage.group = stage.practice("groups", "POST", wish)["groupId"]
            for path, body in told["app"].items():
                stage.practice(path, "PUT", body)
            yield stage
        finally:
            child.communicate(timeout=20)
    finally:
        line.terminate()
        line.communicate(timeout=20)


def _furnished(base: str, practice: str) -> dict[str, Any]:
    from django.core.management import call_command

    from saisaat.actions.link_codes import make_codes
    from saisaat.channels.practice import liff_app
    from saisaat.domain.approval import ItemKind
    from saisaat.domain.link_codes import printed
    from saisaat.records import clock
    from saisaat.records.models import Channel
    from tests.cast import make_cast
    from tests.factories import NOW, jpeg, make_media, make_topic
    from tests.scenes.phone import QUIZ

    call_command("migrate", verbosity=0)
    clock.move_to(NOW)
    cast = make_cast()
    liff_id, app = liff_app(cast.channel.pk, base)
    Channel.everywhere.filter(pk=cast.channel.pk).update(liff_id=liff_id, api_base=practice)
    film = {"url": "/static/clips/gifts.mp4", "owner": "สำนักงาน", "rights": "จัดทำเอง", "seconds": 75}
    away = {"url": "https://video.example/watch", "owner": "หน่วยงานอื่น", "rights": "เผยแพร่ต่อได้", "seconds": 75}
    text = (
        "รับจากผู้ที่ไม่ใช่ญาติได้ไม่เกิน 3,000 บาทต่อคนต่อโอกาส เกินกว่านั้นต้องรายงานผู้บังคับบัญชาภายใน 30 วัน\n\n"
        "ถ้าผู้บังคับบัญชาให้คืน ก็ต้องคืนผู้ให้ทันที"
    )
    topic = make_topic(cast.province)
    poster = cast.item(title="ของขวัญแบบไหนรับได้ แบบไหนต้องคืน", text=text, quiz=QUIZ, topic=topic)
    picture = make_media(cast.province, jpeg(1024, 1024))
    picture.width = picture.height = 1024
    picture.save()
    type(poster).everywhere.filter(pk=poster.pk).update(picture=picture)
    items = {
        "poster": poster,
        "clip": cast.item(ItemKind.CLIP, title="คลิปหนึ่งนาที: ของขวัญ", clip=film),
        "away": cast.item(ItemKind.CLIP, title="คลิปจากหน่วยงานอื่น", clip=away),
    }
    links = {name: _published(cast, item) for name, item in items.items()}
    person = cast.people["viewer"]
    [(_, code)] = make_codes(people=[person], by=cast.actor("owner"), now=_now())
    return {
        "address": base,
        "app": app,
        "liff_id": liff_id,
        "channel": cast.channel.pk,
        "links": links,
        "code": printed(code),
        "person": person.name,
        "office": str(cast.office.pk),
    }


def _published(cast: Any, item: Any) -> str:
    """Put it into the staff group, after eight others where it is the first; its path."""
    from saisaat.records.links import group_link
    from saisaat.records.models import Delivery
    from tests.factories import NOW, make_attempt, make_delivery, make_entry

    if not Delivery.everywhere.exists():
        for days in range(1, 9):
            before = make_entry(cast.campaign, NOW.replace(day=NOW.day - days))
            make_delivery(before, cast.staff, cast.item(title=f"เรื่องก่อนหน้าที่ {days}"))
    make_attempt(make_delivery(make_entry(cast.campaign, kind=item.kind), cast.staff, item))
    return f"/i/{item.slug}/{group_link(item.slug, cast.staff.code)}"


def _now() -> Any:
    from datetime import UTC, datetime

    return datetime.now(UTC)


def _counted() -> dict[str, Any]:
    from django.db.models import Sum

    from saisaat.records import models as rec

    def number(model: Any, column: str) -> int:
        return int(model.everywhere.aggregate(n=Sum(column))["n"] or 0)

    return {
        "taps": number(rec.TapCount, "taps"),
        "views": rec.View.everywhere.exclude(who="").count(),
        "erased": rec.View.everywhere.filter(who="").count(),
        "acks": rec.Acknowledgement.everywhere.count(),
        "likes": rec.Reaction.everywhere.count(),
        "known_acks": rec.Acknowledgement.everywhere.exclude(who="").count(),
        "answers": {str(row.choice): row.times for row in rec.QuizCount.everywhere.all()},
        "watched": sorted(rec.ClipWatch.everywhere.values_list("reached", flat=True)),
        "marks": {str(row.mark): row.times for row in rec.ClipCount.everywhere.all()},
        "linked": rec.LineIdentity.everywhere.count(),
        "requests": rec.LinkRequest.everywhere.filter(decided_at__isnull=True).count(),
    }


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    server = make_server("127.0.0.1", 0, get_wsgi_application(), _Server, _Silent)
    settings.BASE_URL = f"http://127.0.0.1:{server.server_port}"
    told = _furnished(settings.BASE_URL, sys.argv[1])
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    for _ in sys.stdin:
        sys.stdout.write(json.dumps(_counted()) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
