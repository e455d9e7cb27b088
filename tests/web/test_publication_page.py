"""A publication: both groups side by side, figures that move, words only for those who answer them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from saisaat.domain.delivery import Outcome, State
from saisaat.domain.feedback import CommentKind
from saisaat.records.models import Acknowledgement, Closeout, Comment, Delivery, NearAcknowledgement, TapCount
from saisaat.records.sealing import shred
from tests.cast import Cast
from tests.factories import NOW, make_attempt, make_comment, make_delivery, make_entry

Enter = Callable[[str], Client]


def address(delivery: Delivery) -> str:
    return f"/publications/{delivery.pk}"


def test_shows_both_groups_with_what_happened_in_each(enter: Enter, cast: Cast) -> None:
    entry, item = make_entry(cast.campaign), cast.item()
    sent = make_delivery(entry, cast.staff, item)
    lost = make_delivery(entry, cast.network, item, State.UNCERTAIN)
    make_attempt(sent)
    make_attempt(lost, Outcome.NO_ANSWER, detail="ไม่มีคำตอบใน 10 วินาที")
    TapCount.everywhere.create(province=cast.province, delivery=sent, hour=NOW, taps=7)
    for number in range(2):
        Acknowledgement.everywhere.create(
            province=cast.province, delivery=sent, who=str(number), at=NOW, event_id=str(number)
        )
    page = enter("auditor").get(address(sent)).content.decode()
    for shown in ("กลุ่มเจ้าหน้าที่", "กลุ่มภาคีเครือข่าย", "ส่งแล้ว", "ไม่แน่ใจว่าถึง", "ตอบกลับฟรี", "ไม่มีคำตอบใน 10 วินาที"):
        assert shown in page
    assert 'data-figure="taps">7<' in page and 'data-figure="taps">ไม่ทราบ<' in page
    assert 'data-figure="acknowledgements">2<' in page
    assert page.count("<img") == 1, "one picture where both groups got the same story"
    assert 'lang="th"' in page


def test_those_who_acknowledged_without_quoting_stand_beside_and_are_not_added(enter: Enter, cast: Cast) -> None:
    sent = make_delivery(make_entry(cast.campaign), cast.staff, cast.item())
    press = {"province": cast.province, "delivery": sent, "at": NOW}
    Acknowledgement.everywhere.create(**press, who="1", event_id="1")
    for who in ("2", "3"):
        NearAcknowledgement.everywhere.create(**press, who=who, event_id=who)
    page = enter("auditor").get(address(sent)).content.decode()
    assert 'data-figure="acknowledgements">1<' in page
    assert "อีก 2 คนพิมพ์รับทราบในกลุ่มโดยไม่อ้างถึง" in page


def test_each_group_shows_its_own_story(enter: Enter, cast: Cast) -> None:
    entry = make_entry(cast.campaign)
    first = make_delivery(entry, cast.staff, cast.item(title="เรื่องของเจ้าหน้าที่"))
    make_delivery(entry, cast.network, cast.item(title="เรื่องของเครือข่าย"))
    page = enter("owner").get(address(first)).content.decode()
    assert page.count("<img") == 2
    assert "เรื่องของเจ้าหน้าที่" in page and "เรื่องของเครือข่าย" in page


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_page(enter: Enter, cast: Cast, state: State) -> None:
    assert enter("owner").get(address(cast.delivery(state))).status_code == 200


def test_an_entry_without_an_item_yet(enter: Enter, cast: Cast) -> None:
    delivery = make_delivery(make_entry(cast.campaign), cast.staff, None, State.PLANNED)
    assert "ยังไม่ได้จัดทำสื่อ" in enter("owner").get(address(delivery)).content.decode()


def test_the_close_out_says_why_there_is_no_figure(enter: Enter, cast: Cast) -> None:
    delivery = cast.delivery(State.CLOSED)
    Closeout.everywhere.create(
        province=cast.province,
        delivery=delivery,
        no_figure_reason="ไม่มีผู้เปิดลิงก์",
        acknowledgements=3,
        reactions=1,
        comments=0,
        comment_record="ไม่มีความเห็นหรือข้อวิจารณ์",
        by="system:clock",
        at=NOW,
    )
    page = enter("owner").get(address(delivery)).content.decode()
    assert "ไม่มีผู้เปิดลิงก์" in page and "ไม่มีความเห็นหรือข้อวิจารณ์" in page


def test_figures_move_and_cost_nothing_while_still(enter: Enter, cast: Cast) -> None:
    delivery = cast.delivery()
    browser = enter("owner")
    part = f"{address(delivery)}?part=1"
    first = browser.get(part)
    assert first.status_code == 200 and "<html" not in first.content.decode()
    assert first.content.decode() in browser.get(address(delivery)).content.decode()
    still = browser.get(part, headers={"if-none-match": first["ETag"]})
    assert (still.status_code, still.content) == (304, b"")
    TapCount.everywhere.create(province=cast.province, delivery=delivery, hour=NOW, taps=1)
    moved = browser.get(part, headers={"if-none-match": first["ETag"]})
    assert moved.status_code == 200 and 'data-figure="taps">1<' in moved.content.decode()


@pytest.mark.parametrize(
    ("part", "reads"), [("owner", True), ("duty", True), ("producer", False), ("approver", False), ("auditor", False)]
)
def test_words_are_for_those_who_answer_them(enter: Enter, cast: Cast, part: str, reads: bool) -> None:
    comment = make_comment(cast.delivery(), "หัวหน้าใช้รถหลวง", CommentKind.COMPLAINT)
    for page in (f"/publications/{comment.delivery_id}", "/comments", f"/comments/{comment.pk}"):
        text = enter(part).get(page).content.decode()
        assert ("หัวหน้าใช้รถหลวง" in text) is reads
        assert "ร้องเรียน 80%" in text


def test_what_was_erased_is_said_to_be(enter: Enter, cast: Cast) -> None:
    comment = make_comment(cast.delivery(), "จะถูกลบ")
    shred(comment.key, NOW)
    page = enter("owner").get(f"/comments/{comment.pk}").content.decode()
    assert "ข้อความถูกลบแล้ว" in page and "จะถูกลบ" not in page


def test_confirming_and_answering(enter: Enter, cast: Cast) -> None:
    comment = make_comment(cast.delivery(), guess=CommentKind.CRITICISM)
    browser = enter("duty")
    answer = browser.post(f"/comments/{comment.pk}/confirm", {"kind": "suggestion"})
    assert answer["Location"] == f"/publications/{comment.delivery_id}#c-{comment.pk}"
    browser.post(f"/comments/{comment.pk}/answer", {"answer": "จะทำตัวหนังสือให้ใหญ่ขึ้น"})
    row = Comment.everywhere.get()
    assert (row.kind, row.confirmed_by, row.answer) == ("suggestion", cast.people["duty"], "จะทำตัวหนังสือให้ใหญ่ขึ้น")
    assert row.answered_by == cast.people["duty"]
    assert "จะทำตัวหนังสือให้ใหญ่ขึ้น" in browser.get(f"/publications/{comment.delivery_id}").content.decode()


@pytest.mark.parametrize(
    ("verb", "form"), [("confirm", {"kind": "nonsense"}), ("confirm", {}), ("answer", {"answer": " "})]
)
def test_a_form_that_says_nothing_is_given_back(enter: Enter, cast: Cast, verb: str, form: dict[str, str]) -> None:
    comment = make_comment(cast.delivery())
    answer = enter("owner").post(f"/comments/{comment.pk}/{verb}", form)
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    row = Comment.everywhere.get()
    assert (row.kind, row.answer) == ("", "")


@pytest.mark.parametrize(
    ("show", "shown"),
    [
        ("open", {"วิจารณ์ที่ยังไม่มีคำตอบ", "ยืนยันแล้วยังไม่มีคำตอบ"}),
        ("unconfirmed", {"วิจารณ์ที่ยังไม่มีคำตอบ"}),
        ("answered", {"วิจารณ์ที่มีคำตอบ"}),
        ("all", {"วิจารณ์ที่ยังไม่มีคำตอบ", "ยืนยันแล้วยังไม่มีคำตอบ", "วิจารณ์ที่มีคำตอบ", "ชื่นชมเฉย ๆ", "เดาผิด"}),
        ("nonsense", {"วิจารณ์ที่ยังไม่มีคำตอบ", "ยืนยันแล้วยังไม่มีคำตอบ", "วิจารณ์ที่มีคำตอบ", "ชื่นชมเฉย ๆ", "เดาผิด"}),
    ],
)
def test_comments_by_what_is_to_be_done(enter: Enter, cast: Cast, show: str, shown: set[str]) -> None:
    delivery, owner = cast.delivery(), cast.people["owner"]
    seen = {"confirmed_by": owner, "confirmed_at": NOW}
    make_comment(delivery, "วิจารณ์ที่ยังไม่มีคำตอบ", CommentKind.CRITICISM)
    make_comment(delivery, "ยืนยันแล้วยังไม่มีคำตอบ", CommentKind.ACK, kind="complaint", **seen)
    answered = {"answer": "แก้แล้ว", "answered_by": owner, "answered_at": NOW}
    make_comment(delivery, "วิจารณ์ที่มีคำตอบ", CommentKind.CRITICISM, kind="criticism", **seen, **answered)
    make_comment(delivery, "ชื่นชมเฉย ๆ", CommentKind.PRAISE)
    make_comment(delivery, "เดาผิด", CommentKind.CRITICISM, kind="praise", **seen)
    every = {"วิจารณ์ที่ยังไม่มีคำตอบ", "ยืนยันแล้วยังไม่มีคำตอบ", "วิจารณ์ที่มีคำตอบ", "ชื่นชมเฉย ๆ", "เดาผิด"}
    page = enter("owner").get(f"/comments?show={show}").content.decode()
    assert {text for text in every if text in page} == shown


def test_comments_come_in_pages(enter: Enter, cast: Cast) -> None:
    delivery = cast.delivery()
    for number in range(31):
        make_comment(delivery, f"ความเห็นที่ {number}.", day=NOW.date() + timedelta(days=number))
    newest, oldest = (enter("owner").get(f"/comments?page={page}").content.decode() for page in (1, 2))
    assert "ความเห็นที่ 30." in newest and "ความเห็นที่ 0." not in newest
    assert "ความเห็นที่ 0." in oldest and "ความเห็นที่ 30." not in oldest


@pytest.mark.parametrize(("seen", "state"), [("yes", State.SENT), ("no", State.MISSED)])
def test_the_uncertain_desk_settles_what_is_open(enter: Enter, cast: Cast, seen: str, state: State) -> None:
    delivery = cast.delivery(State.UNCERTAIN)
    make_attempt(delivery, Outcome.NO_ANSWER)
    TapCount.everywhere.create(province=cast.province, delivery=delivery, hour=NOW, taps=2)
    browser = enter("duty")
    desk = browser.get("/uncertain").content.decode()
    assert "ไม่ได้รับคำตอบ" in desk and "เป็นร่องรอย" in desk
    answer = browser.post(f"/uncertain/{delivery.pk}", {"seen": seen, "evidence": "เปิดดูในกลุ่มแล้ว"})
    assert answer["Location"] == "/uncertain"
    delivery.refresh_from_db()
    assert delivery.state == state and "เปิดดูในกลุ่มแล้ว" in delivery.reason
    assert "ไม่มีรายการที่ไม่แน่ใจ" in browser.get("/uncertain").content.decode()
    again = browser.post(f"/uncertain/{delivery.pk}", {"seen": "no", "evidence": "อีกครั้ง"})
    assert again.status_code == 422, "what is settled is not settled again"


@pytest.mark.parametrize(
    "form", [{"seen": "yes", "evidence": "  "}, {"seen": "", "evidence": "เห็น"}, {"evidence": "เห็น"}, {"seen": "maybe"}]
)
def test_an_answer_needs_a_yes_or_no_and_what_was_seen(enter: Enter, cast: Cast, form: dict[str, str]) -> None:
    delivery = cast.delivery(State.UNCERTAIN)
    make_attempt(delivery, Outcome.NO_ANSWER)
    answer = enter("owner").post(f"/uncertain/{delivery.pk}", form)
    page = answer.content.decode()
    assert answer.status_code == 422 and 'role="alert"' in page
    assert form.get("evidence", "").strip() in page
    delivery.refresh_from_db()
    assert delivery.state == State.UNCERTAIN
