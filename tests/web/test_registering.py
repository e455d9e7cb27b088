"""Registering once on the phone page: by a code, by asking; untying and erasing at any time."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.html import escape

from saisaat.actions.erase import KNOWN_BY_WHO
from saisaat.actions.link_codes import make_codes
from saisaat.domain.link_codes import LASTS
from saisaat.records.models import AuditEvent, Comment, LineIdentity, LinkCode, LinkRequest, Reaction, View
from saisaat.records.personal import FIELDS, Kept
from saisaat.records.sealing import keyed_hash, unseal
from tests.cast import Cast
from tests.factories import make_account, make_office, make_person
from tests.web.line_stage import ME, OTHER, Enter, address, opened, token

pytestmark = pytest.mark.usefixtures("line")


def code_for(cast: Cast, part: str = "viewer", at: datetime | None = None) -> str:
    [(_, code)] = make_codes(people=[cast.people[part]], by=cast.actor("owner"), now=at or datetime.now(UTC))
    return code


def send(reader: Client, liff: str, deed: str, user: str = ME, **fields: str) -> tuple[int, str]:
    answer = reader.post(f"{liff}/me/{deed}", {"id_token": token(user), **fields})
    return answer.status_code, answer.content.decode()


def test_the_notice_stands_before_everything(reader: Client, cast: Cast, liff: str) -> None:
    page = reader.get(f"{liff}/me").content.decode()
    assert page.index("คำชี้แจงเรื่องข้อมูลส่วนบุคคล") < page.index('id="me"')
    status, _ = send(reader, liff, "link", code=code_for(cast))
    assert status == 422 and not LineIdentity.everywhere.exists()


def test_a_code_links_once(reader: Client, cast: Cast, liff: str) -> None:
    code = code_for(cast)
    stored = LinkCode.everywhere.get()
    assert code not in stored.code_hash and stored.code_hash == keyed_hash(f"link code {code}")
    status, page = send(reader, liff, "link", code=code.upper(), agree="1")
    assert status == 200 and escape(cast.people["viewer"].name) in page
    identity = LineIdentity.everywhere.get()
    assert (identity.person, identity.user_hash) == (cast.people["viewer"], keyed_hash(ME))
    status, _ = send(reader, liff, "link", OTHER, code=code, agree="1")
    assert status == 422 and LineIdentity.everywhere.count() == 1


def test_codes_that_open_nothing(reader: Client, cast: Cast, liff: str) -> None:
    old = code_for(cast, "viewer", datetime.now(UTC) - LASTS)
    replaced = code_for(cast, "auditor")
    code_for(cast, "auditor")
    for code in (old, replaced, "", "00000000"):
        status, page = send(reader, liff, "link", code=code, agree="1")
        assert status == 422 and "รหัสไม่ตรง" in page
    assert not LineIdentity.everywhere.exists()


def test_guessing_is_held_back_for_each_line_user(reader: Client, cast: Cast, liff: str) -> None:
    code = code_for(cast)
    for _ in range(5):
        send(reader, liff, "link", code="00000000", agree="1")
    status, page = send(reader, liff, "link", code=code, agree="1")
    assert status == 422 and "ใส่รหัสผิดหลายครั้ง" in page and not LineIdentity.everywhere.exists()
    assert send(reader, liff, "link", OTHER, code=code, agree="1")[0] == 200


def test_without_lines_word_the_page_tells_nothing(reader: Client, cast: Cast, liff: str) -> None:
    for deed in ("state", "link", "ask", "unlink", "erase"):
        answer = reader.post(f"{liff}/me/{deed}", {"id_token": "a.b.c", "agree": "1", "code": code_for(cast)})
        assert answer.status_code == 401 and "LINE ยืนยันตัวไม่ได้" in answer.content.decode()
    assert not LineIdentity.everywhere.exists()


def test_unlinking_keeps_the_views_and_erasing_leaves_counts(reader: Client, cast: Cast, liff: str) -> None:
    delivery = cast.delivery()
    path = liff + address(delivery)
    opened(reader, path, token())
    reader.post(f"{path}/press", {"kind": "like", "id_token": token()})
    opened(reader, path, token(OTHER))
    send(reader, liff, "link", code=code_for(cast), agree="1")
    assert send(reader, liff, "unlink")[0] == 200 and not LineIdentity.everywhere.exists()
    assert View.everywhere.filter(who=keyed_hash(ME)).count() == 1
    send(reader, liff, "link", code=code_for(cast), agree="1")
    assert send(reader, liff, "erase")[0] == 200
    assert not LineIdentity.everywhere.exists()
    assert sorted(View.everywhere.values_list("who", flat=True)) == ["", keyed_hash(OTHER)]
    assert list(Reaction.everywhere.values_list("who", flat=True)) == [""]
    assert AuditEvent.everywhere.filter(action="reader.erase").count() == 1
    assert send(reader, liff, "erase")[0] == 200, "asking twice does no harm"


def test_what_was_said_by_name_loses_its_name(reader: Client, cast: Cast, liff: str) -> None:
    path = liff + address(cast.delivery())
    reader.post(f"{path}/comment", {"text": "ขอตัวอย่างเพิ่ม", "name": "ผู้อ่าน", "id_token": token()})
    assert Comment.everywhere.get().who == keyed_hash(ME)
    send(reader, liff, "erase")
    comment = Comment.everywhere.get()
    assert (comment.who, comment.name_sealed) == ("", None)
    assert unseal(comment.key, comment.text_sealed) == "ขอตัวอย่างเพิ่ม"


def test_whoever_signs_in_by_line_alone_is_not_locked_out(reader: Client, cast: Cast, liff: str) -> None:
    person = make_person(cast.office, "นักวิชาการ")
    make_account(person, "line-only", password=None)
    [(_, code)] = make_codes(people=[person], by=cast.actor("owner"), now=datetime.now(UTC))
    send(reader, liff, "link", code=code, agree="1")
    for deed in ("unlink", "erase"):
        status, page = send(reader, liff, deed)
        assert status == 422 and "ตั้งรหัสผ่านก่อน" in page
    assert LineIdentity.everywhere.exists()


def test_asking_and_being_vouched_for(reader: Client, enter: Enter, cast: Cast, liff: str) -> None:
    asked = {"office": str(cast.office.pk), "name": "ผู้ขอ ผูกบัญชี", "agree": "1"}
    for _ in range(2):
        assert send(reader, liff, "ask", **asked)[0] == 200
    row = LinkRequest.everywhere.get()
    assert row.name == "ผู้ขอ ผูกบัญชี" and ME.encode() not in bytes(row.user_sealed)
    page = enter("owner").get("/people/line").content.decode()
    assert "ผู้ขอ ผูกบัญชี" in page
    assert enter("viewer").get("/people/line").status_code == 403
    goal = f"/people/line/{row.pk}/grant"
    assert enter("owner").post(goal, {"person": cast.people["viewer"].pk})["Location"] == "/people/line"
    assert LineIdentity.everywhere.get().person == cast.people["viewer"]
    row.refresh_from_db()
    assert (row.name, row.user_hash, row.user_sealed, row.person) == ("", "", None, cast.people["viewer"])
    assert row.key.wrapped is None and enter("owner").post(goal, {"person": cast.people["duty"].pk}).status_code == 422


def test_a_request_that_is_declined_is_forgotten(reader: Client, enter: Enter, cast: Cast, liff: str) -> None:
    send(reader, liff, "ask", office=str(cast.office.pk), name="คนที่ไม่รู้จัก", agree="1")
    enter("admin").post(f"/people/line/{LinkRequest.everywhere.get().pk}/refuse")
    row = LinkRequest.everywhere.get()
    assert row.name == "" and row.key.wrapped is None and not LineIdentity.everywhere.exists()


@pytest.mark.parametrize(
    "wrong", [{"office": ""}, {"office": "nowhere"}, {"name": ""}, {"name": "12345"}, {"agree": ""}], ids=str
)
def test_a_request_that_says_too_little(reader: Client, cast: Cast, liff: str, wrong: dict[str, str]) -> None:
    asked = {"office": str(cast.office.pk), "name": "ผู้ขอ ผูกบัญชี", "agree": "1", **wrong}
    assert send(reader, liff, "ask", **asked)[0] == 422 and not LinkRequest.everywhere.exists()


def test_codes_for_an_office_are_shown_once(enter: Enter, cast: Cast, liff: str) -> None:
    district = make_office(cast.province, "อำเภอหนึ่ง")
    for number in range(3):
        make_person(district, f"ตำแหน่งที่ {number}")
    answer = enter("owner").post("/people/line/codes", {"office": district.pk})
    page = answer.content.decode()
    assert answer.status_code == 200 and page.count('class="slip"') == 3 and "no-cache" in answer["Cache-Control"]
    assert LinkCode.everywhere.count() == 3
    again = enter("owner").post("/people/line/codes", {"office": district.pk}).content.decode()
    assert again.count('class="slip"') == 3
    assert LinkCode.everywhere.filter(revoked_at__isnull=True).count() == 3


def test_the_office_unties_an_account(reader: Client, enter: Enter, cast: Cast, liff: str) -> None:
    send(reader, liff, "link", code=code_for(cast), agree="1")
    person = cast.people["viewer"]
    assert enter("auditor").post(f"/people/{person.pk}/unlink").status_code == 403
    assert enter("admin").post(f"/people/{person.pk}/unlink")["Location"] == f"/people/{person.pk}"
    assert not LineIdentity.everywhere.exists()


def test_everything_that_leads_to_a_reader_is_let_go() -> None:
    by_who = {name.removesuffix(".who") for name, kept in FIELDS.items() if kept is Kept.KEYED_HASH and ".who" in name}
    assert by_who == {model.__name__ for model in KNOWN_BY_WHO} | {"Comment"}
