"""The pages on which nobody is known: what they say, keep, refuse and forget."""

import re
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client

from saisaat.actions import waiting
from saisaat.actions.answer import answer_comment
from saisaat.actions.comment import Author, comment_by_name, hide_comment
from saisaat.domain.anonymity import LONGEST, next_opening
from saisaat.domain.campaign import Status
from saisaat.records import clock
from saisaat.records.links import group_link
from saisaat.records.models import AuditEvent, Campaign, Comment, CommentBox, Delivery, TapCount, View, WaitingSlot
from saisaat.records.sealing import unseal
from saisaat.records.waiting_box import read_box
from saisaat.web import unseen
from saisaat.web.public import comments
from tests.cast import Cast
from tests.factories import NOW, make_delivery, make_entry
from tests.scenes import addresses, furnish
from tests.stored import everything_stored

OPENED = next_opening(NOW)
WORDS = "ทำสื่ออย่างเดียวไม่พอ ผู้บริหารต้องทำให้เห็นก่อน"


@pytest.fixture(autouse=True)
def _box_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "memory", waiting.Memory())
    monkeypatch.setattr(comments, "gate", unseen.Gate())
    waiting.memory.settled_here = True


@pytest.fixture
def delivery(cast: Cast) -> Iterator[Delivery]:
    make_delivery(make_entry(cast.campaign), cast.network, cast.item())
    waiting.settle(now=NOW)
    yield cast.delivery(group=cast.staff)
    clock.freeze(NOW)


def address(delivery: Delivery) -> str:
    assert delivery.item is not None
    return f"/a/{delivery.item.slug}/{group_link(delivery.item.slug, delivery.group.code)}"


def send(delivery: Delivery, text: str = WORDS, **more: str) -> str:
    """Write as somebody with a telephone of their own; the receipt."""
    phone = Client()
    page = phone.get(address(delivery)).content.decode()
    receipt = re.findall(r'name="receipt" value="(\w+)"', page)[0]
    answer = phone.post(address(delivery), {"receipt": receipt, "text": text, **more})
    assert answer.status_code == 200, answer.content.decode()
    assert receipt[:4] + "-" + receipt[4:8] in answer.content.decode()
    return str(receipt)


def at(moment: datetime) -> int:
    clock.freeze(moment)
    return waiting.settle(now=moment)


def fate(receipt: str) -> str:
    return Client().post("/a/receipt", {"receipt": receipt}).content.decode()


def test_no_cookie_no_referrer_no_trace(delivery: Delivery, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(1)
    phone = Client(headers={"user-agent": "ONE-OF-A-KIND", "referer": "http://testserver/i/x/y"})
    phone.cookies.load({"sessionid": "whose", "csrftoken": "whose", "theme": "dark"})
    before = {model: model.everywhere.count() for model in (TapCount, View, Comment, AuditEvent)}
    for answer in (phone.get(address(delivery)), phone.post(address(delivery), {"text": ""}), phone.get("/a/x/y")):
        assert not answer.cookies
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store"
        assert "sessionid" not in answer.wsgi_request.COOKIES
        assert not {"REMOTE_ADDR", "HTTP_USER_AGENT", "HTTP_REFERER"} & set(answer.wsgi_request.META)
    page = phone.get(address(delivery)).content.decode()
    assert 'data-theme="dark"' in page, "what the page looks like is nobody's name"
    assert "csrfmiddlewaretoken" not in page and "id_token" not in page and "<script" not in page
    assert before == {model: model.everywhere.count() for model in before}
    assert not [line for line in caplog.messages if "/a/" in line]


def test_a_fault_is_told_later_and_without_its_moment(
    delivery: Delivery, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(1)
    started = []
    monkeypatch.setattr(threading.Timer, "start", lambda timer: started.append(timer))
    monkeypatch.setattr(comments, "take_in", lambda **_: 1 / 0)
    phone = Client(raise_request_exception=False)
    answer = phone.post(address(delivery), {"receipt": "0" * 16, "text": WORDS})
    assert answer.status_code == 500
    assert not caplog.messages
    assert [timer.args[1] for timer in started] == ["ZeroDivisionError"]
    assert 0 < started[0].interval <= 3600 and WORDS not in str(started[0].args)


def test_it_waits_in_memory_then_in_the_box_then_for_a_batch(delivery: Delivery) -> None:
    mine = send(delivery)
    assert "ไม่พบรหัสนี้" in fate(mine)
    at(NOW + timedelta(hours=1))
    assert "อยู่ในกล่อง" in fate(mine)
    assert at(OPENED) == 0, "one is no batch"
    clock.freeze(NOW + timedelta(days=2))
    for number in range(4):
        send(delivery, f"ความเห็นที่ {number}")
    assert at(OPENED + timedelta(hours=1)) == 0, "the fifth opens nothing; Monday does"
    assert at(OPENED + timedelta(days=7)) == 5
    assert "ถึงผู้รับผิดชอบแล้ว" in fate(mine) and WORDS in fate(mine)
    rows = list(Comment.everywhere.all())
    assert {(row.delivery_id, row.group_id, row.campaign_id, row.who) for row in rows} == {
        (None, delivery.group_id, delivery.entry.campaign_id, "")
    }
    assert {row.day for row in rows} == {(OPENED + timedelta(days=7)).date()}
    opened = AuditEvent.everywhere.filter(action="comment_box.open")
    assert [(event.object_type, event.at.minute) for event in opened] == [("CommentBox", 0)]
    assert not AuditEvent.everywhere.filter(object_type="Comment").exists()


def test_the_publication_is_told_only_by_choice(delivery: Delivery) -> None:
    for number in range(5):
        send(delivery, f"ความเห็น {number}", **({"tell": "1"} if number == 2 else {}))
    at(OPENED)
    told = {unseal(row.key, row.text_sealed): row.delivery_id for row in Comment.everywhere.all()}
    assert [text for text, place in told.items() if place == delivery.pk] == ["ความเห็น 2"]


def test_at_the_end_what_is_left_is_told_without_a_group(delivery: Delivery) -> None:
    mine = send(delivery, tell="1")
    over = datetime(2020, 10, 9, 0, 0, tzinfo=NOW.tzinfo)
    assert at(over) == 1
    row = Comment.everywhere.get()
    assert (row.delivery_id, row.group_id, row.campaign_id) == (None, None, delivery.entry.campaign_id)
    page = Client().get(address(delivery)).content.decode()
    assert "สิ้นสุดแล้ว" in page and "<textarea" not in page
    assert Client().post(address(delivery), {"receipt": "0" * 16, "text": WORDS}).status_code == 422
    assert WORDS in fate(mine)


def test_of_a_single_group_too_few_are_wiped_unread(cast: Cast) -> None:
    delivery = cast.delivery()
    at(NOW)
    assert "ถูกลบโดยไม่มีใครอ่าน" in Client().get(address(delivery)).content.decode()
    mine = send(delivery)
    Campaign.everywhere.update(status=Status.ENDED)
    assert at(NOW + timedelta(hours=1)) == 0
    assert not Comment.everywhere.exists()
    assert "ไม่พบรหัสนี้" in fate(mine)


def test_a_small_group_has_no_batch_of_its_own(cast: Cast, delivery: Delivery) -> None:
    type(cast.staff).everywhere.filter(pk=cast.staff.pk).update(members=4)
    assert "น้อยกว่าห้าคน" in Client().get(address(delivery)).content.decode()
    for number in range(6):
        send(delivery, f"ความเห็น {number}")
    assert at(OPENED) == 0
    assert at(datetime(2020, 10, 9, 0, 0, tzinfo=NOW.tzinfo)) == 6
    assert {row.group_id for row in Comment.everywhere.all()} == {None}


def test_the_same_form_sent_twice_counts_once(delivery: Delivery) -> None:
    phone, form = Client(), {"receipt": "0" * 16, "text": WORDS}
    for _ in range(2):
        assert phone.post(address(delivery), form).status_code == 200
    at(NOW + timedelta(hours=1))
    phone.post(address(delivery), form)
    at(NOW + timedelta(hours=2))
    [box] = CommentBox.everywhere.all()
    assert len(read_box(box)) == 1


@pytest.mark.parametrize("text", ["", "   ", "\u200b\n", "ก" * (LONGEST + 1)])
def test_what_cannot_be_kept_is_given_back(delivery: Delivery, text: str) -> None:
    answer = Client().post(address(delivery), {"receipt": "0" * 16, "text": text, "tell": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422 and 'role="alert"' in page and text in page
    assert 'value="0000000000000000"' in page and "checked" in page


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"origin": "https://elsewhere.example"}, 403),
    ],
)
def test_another_sites_form_is_refused(delivery: Delivery, headers: dict[str, str], status: int) -> None:
    form = {"receipt": "0" * 16, "text": WORDS}
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(delivery), form, headers=headers).status_code == status


def test_one_place_and_one_group_send_only_so_much(delivery: Delivery) -> None:
    gate = unseen.Gate()
    here = gate.place("203.0.113.7")
    assert here and here != gate.place("203.0.113.8") and gate.place("127.0.0.1") == b""
    assert gate.admits(here, "g", NOW)
    here = gate.place("203.0.113.7")
    days = [gate.admits(here, f"g{number}", NOW) for number in range(unseen.A_DAY_FROM_ONE_PLACE + 1)]
    assert days == [True] * unseen.A_DAY_FROM_ONE_PLACE + [False]
    assert gate.admits(here, "g", NOW + timedelta(days=1)) and gate.place("203.0.113.7") != here, (
        "another day, a new salt"
    )
    full = [gate.admits(b"", "h", NOW) for _ in range(unseen.AN_HOUR_INTO_ONE_GROUP + 1)]
    assert full[-2:] == [True, False]
    assert gate.admits(b"", "h", NOW + timedelta(hours=1))


def test_no_worker_no_promise(delivery: Delivery) -> None:
    waiting.memory.settled_here = False
    answer = Client().post(address(delivery), {"receipt": "0" * 16, "text": WORDS})
    assert answer.status_code == 422 and WORDS in answer.content.decode()


def test_every_slot_is_of_one_size_and_new_at_every_hour(delivery: Delivery) -> None:
    seen: set[object] = set()
    for hour in range(3):
        send(delivery, "ก" * (1 + 300 * hour))
        at(NOW + timedelta(hours=hour + 1))
        rows = list(WaitingSlot.everywhere.all())
        assert (len(rows), len({len(bytes(row.sealed)) for row in rows})) == (32, 1)
        assert not seen & {row.pk for row in rows} | (seen & {bytes(row.sealed) for row in rows})
        seen |= {row.pk for row in rows} | {bytes(row.sealed) for row in rows}


def test_the_author_reads_the_answer_and_why_it_is_hidden(cast: Cast, delivery: Delivery) -> None:
    mine = send(delivery)
    for number in range(4):
        send(delivery, f"ความเห็น {number}")
    at(OPENED)
    row = next(row for row in Comment.everywhere.all() if unseal(row.key, row.text_sealed) == WORDS)
    who, by = cast.people["owner"], cast.actor("owner")
    answer_comment(comment=row, answer="จะนำเข้าที่ประชุม", person=who, by=by, now=OPENED)
    hide_comment(comment=row, reason="มีชื่อบุคคล", person=who, by=by, now=OPENED)
    page = fate(" " + "-".join(mine.upper()[i : i + 4] for i in (0, 4, 8, 12)))
    assert "จะนำเข้าที่ประชุม" in page and "มีชื่อบุคคล" in page and WORDS in page
    assert "ไม่พบรหัสนี้" in fate("0" * 16)


def test_a_named_complaint_is_on_no_page_for_others(cast: Cast) -> None:
    """Neither its words nor its author's name, whoever looks but those who answer comments."""
    scene = furnish(cast)
    delivery = Delivery.of(cast.province).get(pk=scene.ids["publication"])
    text, name = "หัวหน้าเรียกรับเงินค่าดำเนินการ", "ผู้ร้องคนหนึ่ง"
    comment = comment_by_name(delivery=delivery, text=text, author=Author("a" * 64, name), now=NOW)
    assert comment.guess == "complaint"
    scene.ids["comment"] = comment.pk
    pages = [one for one in addresses() if one.method == "GET" and (one.deed is None or one.allows("viewer"))]
    for one in pages:
        browser = Client()
        if one.deed is not None:
            browser.login(username="viewer", password="a-password-of-tests")
        shown = b"".join(browser.get(one.path(scene))).decode(errors="replace")
        assert text not in shown and name not in shown, str(one)
    owner = Client()
    owner.login(username="owner", password="a-password-of-tests")
    page = owner.get(f"/comments/{comment.pk}").content.decode()
    assert text in page and name in page


def test_hidden_words_are_shown_to_nobody(cast: Cast) -> None:
    comment = comment_by_name(delivery=cast.delivery(), text=WORDS, author=Author("a" * 64, "ผู้เขียน"), now=NOW)
    owner = Client()
    owner.login(username="owner", password="a-password-of-tests")
    assert owner.post(f"/comments/{comment.pk}/hide", {"reason": " "}).status_code == 422
    assert owner.post(f"/comments/{comment.pk}/hide", {"reason": "มีเบอร์โทรศัพท์"}).status_code == 302
    for path in (f"/comments/{comment.pk}", "/comments?show=all", f"/publications/{comment.delivery_id}"):
        page = owner.get(path).content.decode()
        assert WORDS not in page and "ผู้เขียน" not in page and "มีเบอร์โทรศัพท์" in page
    owner.post(f"/comments/{comment.pk}/show")
    assert WORDS in owner.get(f"/comments/{comment.pk}").content.decode()


def test_words_lie_nowhere_in_the_open(transactional_db: None, caplog: pytest.LogCaptureFixture) -> None:
    from tests.cast import make_cast

    clock.freeze(NOW)
    delivery = make_cast().delivery()
    waiting.settle(now=NOW)
    mine = send(delivery, "SECRET-WORDS")
    at(NOW + timedelta(hours=1))
    stored = everything_stored()
    clock.freeze(None)
    assert b"SECRET-WORDS" not in stored and mine.encode() not in stored
