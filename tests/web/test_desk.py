"""The pages on which officers count readers and answer comments: what is said, kept, refused and shown again."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from saisaat.actions.compose import media_path
from saisaat.domain.answers import AnswerState, AnswerWay
from saisaat.domain.feedback import CommentKind
from saisaat.records import clock
from saisaat.records.models import Answer, Comment, Delivery, ReaderCount
from saisaat.web.words import ANSWER_STATES
from tests.cast import Cast
from tests.factories import NOW, jpeg, make_comment

Enter = Callable[[str], Client]
PLACE = "GPS-OF-THE-OFFICER"


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("จอ.jpg", data, "image/jpeg")


def photograph() -> bytes:
    """A screenshot that carries where it was taken."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = PLACE
    Image.new("RGB", (400, 300), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


def enter_count(browser: Client, delivery: Delivery, **changes: object) -> Any:
    form: dict[str, object] = {"readers": "31", "day": "2020-05-13", "hour": "10:10", "note": "จอแตก"}
    return browser.post(f"/publications/{delivery.pk}/readers", form | changes)


@pytest.fixture
def later(cast: Cast) -> datetime:
    """Half an hour after the publication went out."""
    now = NOW + timedelta(minutes=30)
    clock.freeze(now)
    return now


def test_a_count_with_its_picture_stands_on_the_publication(enter: Enter, cast: Cast, later: datetime) -> None:
    delivery, browser = cast.delivery(), enter("duty")
    address = f"/publications/{delivery.pk}"
    before = browser.get(address).content.decode()
    assert "ตามที่เจ้าหน้าที่เห็น" not in before
    assert "อ่านแล้ว (เจ้าหน้าที่นับ) ไม่ทราบ" in browser.get("/publications").content.decode()
    assert enter_count(browser, delivery, picture=upload(photograph()), note="")["Location"] == address
    row = ReaderCount.of(cast.province).select_related("evidence").get()
    assert row.evidence is not None
    assert (row.readers, row.seen_at) == (31, datetime(2020, 5, 13, 3, 10, tzinfo=UTC))
    assert PLACE.encode() not in media_path(row.evidence.sha256).read_bytes()
    page = browser.get(address).content.decode()
    assert "<strong>31</strong>" in page and f"/media/{row.evidence.sha256}" in page
    assert "อ่านแล้ว (เจ้าหน้าที่นับ) 31" in browser.get("/publications").content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"picture": upload(b"<?php evil")}, "ไม่ใช่ภาพ"),
        ({"picture": upload(jpeg(300, 150))}, "อย่างน้อย 200 จุด"),
        ({"note": " "}, "แนบภาพหน้าจอ"),
        ({"hour": "10:01"}, "หลังเวลาส่ง"),
        ({"day": "2020-05-14"}, "ไม่เกินเวลานี้"),
        ({"readers": "-1"}, "readers"),
        ({"readers": "๓๑ คน"}, "readers"),
    ],
    ids=["no picture", "too small", "no witness", "before it was sent", "tomorrow", "less than none", "words"],
)
def test_a_count_that_is_refused_keeps_what_was_typed(
    enter: Enter, cast: Cast, later: datetime, changes: dict[str, Any], words: str
) -> None:
    if "picture" in changes:
        changes["picture"].seek(0)
    told = {"readers": "31", "day": "2020-05-13", "note": "จอแตก"} | changes
    answer = enter_count(enter("duty"), cast.delivery(), **changes)
    page = unescape(answer.content.decode())
    assert answer.status_code == 422 and words in page
    for name in ("readers", "day"):
        assert f'value="{told[name]}"' in page
    assert told["note"].strip() in page
    assert not ReaderCount.of(cast.province).exists()


def test_the_desk_says_how_far_each_answer_came(enter: Enter, cast: Cast) -> None:
    comment = make_comment(cast.delivery(), guess=CommentKind.QUESTION)
    for number, state in enumerate(AnswerState):
        Answer.everywhere.create(
            province=cast.province,
            comment=comment,
            group=cast.staff,
            text=f"คำตอบที่ {number}",
            way=AnswerWay.GROUP,
            state=state,
            by=cast.people["owner"],
            made_at=NOW + timedelta(minutes=number),
            deadline=NOW + timedelta(days=3),
            sent_at=NOW if state is AnswerState.SENT else None,
            detail=f"รายละเอียด {state}",
        )
    page = enter("duty").get(f"/comments/{comment.pk}").content.decode()
    at = [page.index(f"คำตอบที่ {number}") for number in range(len(AnswerState))]
    assert at == sorted(at)
    for state in AnswerState:
        assert f'<span class="tag">{ANSWER_STATES[state]}</span>' in page and f"รายละเอียด {state}" in page


@pytest.mark.parametrize(
    ("way", "state"),
    [("group", "waiting"), ("direct", "kept"), ("record", "kept"), ("nonsense", "kept"), ("", "kept")],
)
def test_an_answer_goes_the_way_that_was_chosen(enter: Enter, cast: Cast, way: str, state: str) -> None:
    comment = make_comment(cast.delivery())
    assert enter("duty").post(f"/comments/{comment.pk}/answer", {"answer": "ขอบคุณ", "way": way}).status_code == 302
    row = Answer.of(cast.province).get()
    assert (row.state, row.way) == (state, way if way in set(AnswerWay) else "record")


def test_it_is_given_only_to_those_who_answer(enter: Enter, cast: Cast) -> None:
    comment, browser = make_comment(cast.delivery()), enter("owner")
    page = browser.get(f"/comments/{comment.pk}").content.decode()
    for part, status in (("duty", 302), ("producer", 422), ("auditor", 422)):
        person = cast.people[part]
        assert (f'<option value="{person.pk}"' in page) is (status == 302)
        answer = browser.post(f"/comments/{comment.pk}/owner", {"owner": person.pk})
        assert answer.status_code == status, part
    assert Comment.of(cast.province).get().owner == cast.people["duty"]


def test_thanks_are_ended_by_the_dozen_from_the_list(enter: Enter, cast: Cast) -> None:
    delivery = cast.delivery()
    thanks, complaint = make_comment(delivery), make_comment(delivery, "ใช้รถหลวง", CommentKind.COMPLAINT)
    browser = enter("duty")
    page = browser.get("/comments").content.decode()
    box = 'name="comment" value="%s"'
    assert box % thanks.pk in page and box % complaint.pk not in page
    told = browser.post("/comments/confirm", {"comment": [thanks.pk, complaint.pk, "nonsense"]}, follow=True)
    assert "ยืนยันและปิดความเห็น 1 รายการแล้ว" in told.content.decode()
    assert list(Comment.of(cast.province).filter(ended_at__isnull=False)) == [thanks]
    told = browser.post("/comments/confirm", {"comment": [complaint.pk]}, follow=True)
    assert "จึงไม่มีอะไรเปลี่ยน" in told.content.decode()
