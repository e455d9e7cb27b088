"""A small season behind real pages, in a process of its own: `python -m tests.journeys.pages_stage`.

Prints one JSON line: the address it listens on, and the paths worth a look. Serves until its standard input ends.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the pages are. `paths` by name; `inside` are those behind the door."""

    address: str
    paths: dict[str, str]

    @property
    def inside(self) -> dict[str, str]:
        return {name: path for name, path in self.paths.items() if name not in {"item", "clip", "plan", "sign-in"}}


@contextmanager
def raised_stage() -> Iterator[Stage]:
    """The stage in a child process. The test settings give it a data folder of its own, gone when it ends."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.pages_stage"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )
    try:
        assert child.stdout is not None
        told = json.loads(child.stdout.readline())
        yield Stage(told["address"], told["paths"])
    finally:
        child.communicate(timeout=20)


FILM = {
    "title": "",
    "text": "",
    "owner": "สำนักงาน",
    "rights": "จัดทำเอง",
    "seconds": 75,
    "url": "/static/clips/gifts.mp4",
}


def furnish() -> dict[str, str]:
    """A season in its third week, with one of everything a page can show."""
    from django.core.management import call_command

    from saisaat.domain.approval import ItemKind
    from saisaat.domain.delivery import Outcome, State
    from saisaat.domain.feedback import CommentKind
    from saisaat.records import clock
    from saisaat.records.links import group_link
    from tests.cast import make_cast
    from tests.factories import NOW, make_attempt, make_comment, make_delivery, make_entry

    call_command("migrate", verbosity=0)
    clock.move_to(NOW)
    cast = make_cast()
    plan = make_entry(cast.campaign, NOW - timedelta(days=14), ItemKind.ANNOUNCEMENT, "ประกาศแผนปฏิบัติการ")
    announcement = cast.item(ItemKind.ANNOUNCEMENT, title="แผนปฏิบัติการ")
    clip = cast.item(ItemKind.CLIP, title="เรื่องสั้นหนึ่งนาที", clip=FILM)
    shown = make_entry(cast.campaign, NOW - timedelta(days=1))
    monthly = make_entry(cast.campaign, NOW - timedelta(days=2), ItemKind.CLIP, "เรื่องสั้นหนึ่งนาที")
    poster = cast.item(title="ของขวัญแบบไหนรับได้ และแบบไหนต้องส่งคืนภายในสามสิบวัน")
    for group in (cast.staff, cast.network):
        make_attempt(make_delivery(plan, group, announcement))
        make_attempt(make_delivery(monthly, group, clip))
        delivery = make_delivery(shown, group, poster)
        make_attempt(delivery)
    doubt = cast.delivery(State.UNCERTAIN, cast.network)
    make_attempt(doubt, Outcome.NO_ANSWER, detail="ไม่มีคำตอบภายใน 10 วินาที")
    for state in (State.MISSED, State.ARMED, State.FAILED, State.PLANNED, State.CANCELLED):
        cast.delivery(state)
    said = make_comment(doubt, "ตัวหนังสือเล็กไป ผู้สูงอายุอ่านไม่ออก", CommentKind.CRITICISM)
    make_comment(doubt, "หัวหน้าใช้รถหลวงไปธุระ", CommentKind.COMPLAINT, kind="complaint")
    return {
        "season": "/",
        "entries": "/entries",
        "found": "/entries?state=armed",
        "publication": f"/publications/{delivery.pk}",
        "doubtful": f"/publications/{doubt.pk}",
        "uncertain": "/uncertain",
        "comments": "/comments",
        "comment": f"/comments/{said.pk}",
        "costs": "/costs",
        "practice": "/practice",
        "sign-in": "/sign-in",
        "item": f"/i/{poster.slug}/{group_link(poster.slug, cast.network.code)}",
        "clip": f"/i/{clip.slug}",
        "plan": f"/i/{announcement.slug}/{group_link(announcement.slug, cast.staff.code)}",
    }


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application

    paths = furnish()
    server = make_server("127.0.0.1", 0, get_wsgi_application(), _Server, _Silent)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    sys.stdout.write(json.dumps({"address": f"http://127.0.0.1:{server.server_port}", "paths": paths}) + "\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
