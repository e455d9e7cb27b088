"""`saisaat serve` and its parts; `saisaat demo`."""

import asyncio
import json
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from importlib.resources import as_file, files
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from saisaat.actions import found
from saisaat.channels.practice import liff_app
from saisaat.config.practice import ClockFollower, PracticeProcess, port_taken
from saisaat.documents.extract import extract_text
from saisaat.domain.cadence import BANGKOK, local_day
from saisaat.domain.errors import Invalid
from saisaat.domain.proposal import read
from saisaat.domain.thai import format_date
from saisaat.records import clock
from saisaat.records.folder import prepare
from saisaat.records.models import Account, Channel, Province
from saisaat.rehearsal.office import REHEARSAL_PROVINCE

_PRACTICE_LOGIN = "1600000001"
"""The LINE Login channel's id on the practice LINE."""


def serve(*, host: str, port: int, practice_port: int) -> int:
    """The whole product in one process, with practice-line beside it where no real channel is configured."""
    prepare()
    _say(f"เปิดข้อมูลใน {settings.DATA_DIR}")
    password = _fresh_password() if _is_rehearsal() else None
    with _practice(port, practice_port) as practice:
        _run(host, port, practice, password, found.new_first_link())
    return 0


def demo(*, host: str, port: int, practice_port: int, file: Path | None) -> int:
    """The demonstration season in mid-course: played on first use (about a minute), then served where it was left."""
    _stand_at(port)
    folder = Path(settings.DATA_DIR)
    note = folder / "demo.json"
    forget_half_played(folder)
    if not (folder / "saisaat.sqlite3").exists():
        _play_half_a_season(file, note)
    elif not note.exists():
        raise Invalid(
            "โฟลเดอร์ %(folder)s มีข้อมูลจริงอยู่ จึงไม่เปิดเป็นฉากสาธิต โปรดใช้ saisaat serve หรือระบุ --data โฟลเดอร์ใหม่",
            folder=folder,
        )
    prepare()
    clock.move_to(datetime.fromisoformat(json.loads(note.read_text())["clock"]))
    password = _fresh_password()
    with _practice(port, practice_port) as practice:
        try:
            _run(host, port, practice, password)
        finally:
            note.write_text(json.dumps({"clock": clock.now().isoformat()}))
    return 0


def web(*, host: str, port: int) -> int:
    """The pages alone, under granian's WSGI server."""
    from granian import Granian
    from granian.constants import Interfaces

    _stand_at(port)
    prepare()
    server = Granian(
        "saisaat.config.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, blocking_threads=4
    )
    first_link = found.new_first_link()
    server.on_startup(lambda: _tell_first_link(first_link))
    server.serve()
    return 0


def intake(*, host: str, port: int) -> int:
    """The webhook receiver alone."""
    from saisaat.config.parts import intake_alone, run_server

    prepare()
    run_server(intake_alone, host=host, port=port)
    return 0


def worker() -> int:
    """The delivery engine alone."""
    from saisaat.config.parts import work_alone

    prepare()
    asyncio.run(work_alone())
    return 0


def _run(
    host: str, port: int, practice: PracticeProcess | None, password: str | None, first_link: str | None = None
) -> None:
    from saisaat.config.parts import run_server, whole_product

    today = local_day(clock.now())

    def greet() -> None:
        _greet(port, practice, password, today)
        _tell_first_link(first_link)

    run_server(whole_product, host=host, port=port, on_listening=greet)


@contextmanager
def _practice(port: int, practice_port: int) -> Iterator[PracticeProcess | None]:
    """practice-line beside us while no channel is configured, or only one on the practice LINE."""
    _stand_at(port)
    channels = list(Channel.everywhere.filter(retired_at__isnull=True))
    if not all(_is_practice(channel) for channel in channels):
        yield None
        return
    practice = PracticeProcess(Path(settings.DATA_DIR), practice_port)
    practice.start()
    settings.PRACTICE_URL = practice.address
    try:
        practice.set_clock(clock.now())
        for channel in channels:
            liff_id, app = liff_app(channel.pk, settings.BASE_URL)
            Channel.everywhere.filter(pk=channel.pk).update(api_base=practice.address, liff_id=liff_id)
            for path, body in app.items():
                practice.put(path, body)
            webhook = f"http://127.0.0.1:{port}/line/{channel.pk}/webhook"
            practice.put("bot", {"webhook": webhook, "name": channel.name})
        _practise_line_login(practice)
        follower = ClockFollower(practice)
        follower.start()
        try:
            yield practice
        finally:
            follower.stop()
    finally:
        practice.stop()


def _practise_line_login(practice: PracticeProcess) -> None:
    """Signing in by LINE is practised too, unless a real LINE Login channel is configured."""
    if settings.LINE_LOGIN["client_id"]:
        return
    login = {"server": practice.address, "client_id": _PRACTICE_LOGIN, "client_secret": secrets.token_hex(16)}
    back = f"{settings.BASE_URL}{reverse('line-back')}"
    wanted = {"name": "ใสสะอาด", "clientSecret": login["client_secret"], "redirectUris": [back]}
    practice.put(f"login-channels/{_PRACTICE_LOGIN}", wanted)
    settings.LINE_LOGIN = login


def _stand_at(port: int) -> None:
    """Links lead to this machine unless the office named its public address. A port in use is refused at once."""
    if port_taken(port):
        raise Invalid("พอร์ต %(port)s ถูกโปรแกรมอื่นใช้อยู่ จึงยังไม่ได้เปิด โปรดปิดโปรแกรมนั้นหรือเลือกพอร์ตอื่นด้วย --port", port=port)
    if "SAISAAT_BASE_URL" not in os.environ:
        settings.BASE_URL = os.environ["SAISAAT_BASE_URL"] = f"http://127.0.0.1:{port}"  # for granian's workers too


def _is_practice(channel: Channel) -> bool:
    """A channel whose platform is on this machine is the practice LINE's: LINE itself never is."""
    return urlsplit(channel.api_base).hostname in {"127.0.0.1", "localhost", "::1"}


def forget_half_played(folder: Path) -> None:
    """Clear a demonstration that was stopped while its first half was being made: its note holds no time yet."""
    note = folder / "demo.json"
    if not note.exists() or json.loads(note.read_text())["clock"] is not None:
        return
    for made in (*folder.glob("saisaat.sqlite3*"), *folder.glob("practice-line.*"), note):
        made.unlink()
    for made in (folder / "media", folder / "reports"):
        shutil.rmtree(made, ignore_errors=True)


def _play_half_a_season(file: Path | None, note: Path) -> None:
    from saisaat.config.rehearsing import rehearse

    with as_file(files("saisaat.data") / "demo-proposal.txt") as own:
        proposal = read(extract_text(file or own)).to_json()
    if not proposal["period"]:
        raise Invalid("เอกสารไม่ได้บอกระยะเวลาที่ชัดเจน จึงเปิดฉากสาธิตไม่ได้ โปรดเติมระยะเวลาดำเนินการก่อน")
    start, end = (datetime.fromisoformat(proposal["period"][key]) for key in ("start", "end"))
    middle = start + (end - start) / 2 + timedelta(hours=8)
    _say("กำลังเล่นครึ่งแรกของฤดูกาลสาธิต (ครั้งแรกใช้เวลาราวหนึ่งนาที) ...")
    note.write_text(json.dumps({"clock": None}))
    rehearse(
        proposal=proposal,
        seed=1,
        mood="quiet",
        duty=True,
        until=middle.replace(tzinfo=BANGKOK),
        progress=_say,
        to_next_poster=True,
    )
    note.write_text(json.dumps({"clock": clock.now().isoformat()}))


def _is_rehearsal() -> bool:
    """A folder that a rehearsal left: its accounts are posts, not people, and have no passwords of their own."""
    return Province.everywhere.filter(code=REHEARSAL_PROVINCE).exists()


def _fresh_password() -> str:
    """One password for a rehearsal's accounts, new at every start and kept nowhere."""
    password = secrets.token_urlsafe(9)
    hashed = Account()
    hashed.set_password(password)
    Account.everywhere.update(password=hashed.password)
    return password


def _greet(port: int, practice: PracticeProcess | None, password: str | None, today: date) -> None:
    """Where it is, how to sign in, what to look at."""
    _say("")
    _say(f"ใสสะอาด เปิดแล้วที่   http://127.0.0.1:{port}/")
    if password is not None:
        _say(f"ชื่อผู้ใช้ owner (หรือ duty, reviewer, auditor)   รหัสผ่าน {password}")
    if practice is not None:
        _say(f"ห้องซ้อม             {practice.address}/")
        _say(f"วันนี้ในนาฬิกาโครงการ  {format_date(today)}")
        _say("ลองทำ: เปิดห้องซ้อม พิมพ์อะไรก็ได้ในกลุ่ม ภาพที่ถึงกำหนดจะตอบกลับมาทันทีโดยไม่เสียเงิน แล้วกดปุ่มใต้ภาพ ดูตัวเลขในหน้าเว็บขยับ")
    _say("หยุด: Ctrl-C")


def _tell_first_link(word: str | None) -> None:
    """While nobody owns this folder: whoever reads the console may begin. Every start makes the last link useless."""
    if word is not None:
        _say("")
        _say("ยังไม่มีเจ้าของระบบ เปิดลิงก์นี้เพื่อเริ่ม (ใช้ได้ครั้งเดียว และเปลี่ยนใหม่ทุกครั้งที่เปิดโปรแกรม)")
        _say(f"{settings.BASE_URL}{reverse('first-run', args=[word])}")


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201 - this is the command's voice
