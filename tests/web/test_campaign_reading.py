"""The reading page: each field beside its lines, questions, corrections kept with who made them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from saisaat.actions.sign import sign
from saisaat.domain.campaign import SignatureRole, Status
from saisaat.domain.content import FIELDS, How
from saisaat.queries.proposal import sheet
from saisaat.records.models import Campaign, Correction, Signature
from saisaat.web.campaign.sections import SECTIONS
from tests.cast import Cast
from tests.factories import NOW
from tests.web.campaign_stage import fresh, read_campaign, sent, text_of

Enter = Callable[[str], Client]


def at(campaign: Campaign, section: str = "") -> str:
    return f"/campaign/{campaign.pk}/read{'/' + section if section else ''}"


def test_every_field_has_a_section_of_its_own() -> None:
    assert [name for section in SECTIONS.values() for name in section.fields] == list(FIELDS)


def test_the_page_shows_each_field_beside_its_line(cast: Cast, enter: Enter) -> None:
    page = enter("viewer").get(at(read_campaign(cast))).content.decode()
    for line, name in ((4, "heading"), (21, "target"), (45, "period"), (53, "period"), (63, "kpis")):
        assert f'id="{name}-l{line}"' in page
    assert "อ่านได้ชัดเจน" in page and "อ่านได้ค่อนข้างชัด" in page and "ไม่แน่ใจ" in page
    assert page.count("ผู้ใดลงนามในฐานะนี้") == 6, "each question stands in the list and beside its field"
    assert "แก้ไข<span" not in page, "a viewer only reads"


@pytest.mark.parametrize("section", list(SECTIONS))
def test_saving_untouched_changes_nothing(cast: Cast, enter: Enter, section: str) -> None:
    campaign = read_campaign(cast)
    answer = enter("owner").post(at(campaign, section), sent(campaign, section))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{at(campaign)}#s-{section}")
    assert fresh(campaign).content_sha256 == campaign.content_sha256
    assert not Correction.of(cast.province).filter(campaign=campaign).exists()


CORRECTIONS: list[tuple[str, dict[str, Any], str, Any]] = [
    ("heading", {"title": "ชื่อใหม่"}, "title", "ชื่อใหม่"),
    ("heading", {"project_code": "๑๓/๒๕๗๐"}, "code", "๑๓/๒๕๗๐"),
    ("heading", {"owner": "ฝ่ายอำนวยการ"}, "owner", "ฝ่ายอำนวยการ"),
    ("rationale", {"rationale": "ย่อหน้าหนึ่ง\r\nย่อหน้าสอง"}, "rationale", "ย่อหน้าหนึ่ง\nย่อหน้าสอง"),
    ("target", {"people": "๑,๒๐๔"}, "target", 1204),
    ("period", {"start": "๑๖/๕/๒๕๗๐"}, "period", {"start": "2027-05-16", "end": "2027-09-30"}),
    ("period", {"start": "", "end": ""}, "period", None),
    ("period", {"budget_baht": ""}, "budget_baht", None),
    ("period", {"budget_baht": "12,000.50"}, "budget_baht", 12000.5),
    ("quotas", {"quotas__0__number": "5"}, "quotas", 5),
    ("kpis", {"kpis__1__value_asked": "99.5"}, "kpis", 99.5),
    ("signatures", {"signatures__0__name": "นายชื่อ นามสกุล"}, "signatures", "นายชื่อ นามสกุล"),
    ("monitoring", {"monitoring": ""}, "monitoring", None),
]


@pytest.mark.parametrize(("section", "typed", "field", "value"), CORRECTIONS, ids=str)
def test_a_correction_is_kept_with_who_made_it(
    cast: Cast, enter: Enter, section: str, typed: dict[str, Any], field: str, value: Any
) -> None:
    campaign = read_campaign(cast)
    assert enter("owner").post(at(campaign, section), sent(campaign, section, **typed)).status_code == 302
    shown = sheet(fresh(campaign))
    got = shown.fields[field].value
    found = {"target": lambda: got["people"], "quotas": lambda: got[0]["at_least"]} | {
        "kpis": lambda: got[1]["percent"],
        "signatures": lambda: got[0]["name"],
    }
    assert found.get(field, lambda: got)() == value
    (row,) = Correction.of(cast.province).filter(campaign=campaign)
    assert (row.field, row.person) == (field, cast.people["owner"])
    before = campaign.content[field]
    assert row.how == (How.FILLED if before is None else How.CORRECTED)
    assert shown.campaign.opened(row.before_sealed) == before


@pytest.mark.parametrize(
    ("section", "typed", "said"),
    [
        ("heading", {"title": " "}, "โปรดใส่ชื่อโครงการ"),
        ("target", {"people": "สิบคน"}, "ตัวเลข"),
        ("period", {"start": "เดือนหน้า"}, "อ่านวันที่นี้ไม่ได้"),
        ("period", {"end": ""}, "หรือเว้นว่างทั้งคู่"),
        ("period", {"end": "1/1/2570"}, "ต้องไม่มาก่อนวันเริ่ม"),
        ("period", {"end": "1/1/2590"}, "เกินสิบปี"),
        ("period", {"budget_baht": "nan"}, "ตัวเลข"),
        ("quotas", {"quotas__0__number": "0"}, "ตั้งแต่ 1 ถึง 999"),
        ("quotas", {"quotas__0__number": ""}, "โปรดใส่จำนวนเรื่อง"),
        ("kpis", {"kpis__0__value_asked": ""}, "หรือเว้นว่างทั้งคู่"),
        ("kpis", {"kpis__0__text": ""}, "โปรดใส่ข้อความของตัวชี้วัด"),
        ("signatures", {"signatures__2__on": "31/2/2570"}, "อ่านวันที่นี้ไม่ได้"),
    ],
    ids=str,
)
def test_what_cannot_be_saved_stays_typed(
    cast: Cast, enter: Enter, section: str, typed: dict[str, Any], said: str
) -> None:
    campaign = read_campaign(cast)
    answer = enter("owner").post(at(campaign, section), sent(campaign, section, **typed))
    assert answer.status_code == 422 and said in text_of(answer.content)
    assert all(value.strip() in answer.content.decode() for value in typed.values())
    assert fresh(campaign).content_sha256 == campaign.content_sha256


def test_rows_are_added_moved_and_taken_away_without_saving(cast: Cast, enter: Enter) -> None:
    campaign, browser = read_campaign(cast), enter("owner")
    path = at(campaign, "objectives")
    typed = sent(campaign, "objectives", objectives__0__text="ข้อแรกที่พิมพ์ใหม่")
    for wish, rows in (("add", 3), ("remove:0", 1), ("up:1", 2), ("remove:9", 2)):
        answer = browser.post(path, typed | {"do": wish})
        assert answer.status_code == 200
        assert answer.content.decode().count("<fieldset") == rows, wish
        assert ("ข้อแรกที่พิมพ์ใหม่" in answer.content.decode()) == (wish != "remove:0")
    assert fresh(campaign).content_sha256 == campaign.content_sha256
    added = typed | {"objectives-2-text": "ข้อใหม่", "objectives-3-text": ""}
    assert browser.post(path, added).status_code == 302
    assert fresh(campaign).content["objectives"][::2] == ["ข้อแรกที่พิมพ์ใหม่", "ข้อใหม่"]


def test_htmx_gets_the_section_alone_and_the_questions_with_it(cast: Cast, enter: Enter) -> None:
    campaign, browser = read_campaign(cast), enter("owner")
    ask = {"HX-Request": "true"}
    opened = browser.get(at(campaign, "period"), headers=ask).content.decode()
    assert "<html" not in opened and 'name="start"' in opened
    closed = browser.get(at(campaign, "period") + "?show=1", headers=ask).content.decode()
    assert "<html" not in closed and 'name="start"' not in closed
    saved = browser.post(at(campaign, "period"), sent(campaign, "period", place="ที่ใหม่"), headers=ask)
    assert saved.status_code == 200 and "ที่ใหม่" in saved.content.decode()
    assert 'id="questions"' in saved.content.decode() and "hx-swap-oob" in saved.content.decode()
    refused = browser.post(at(campaign, "period"), sent(campaign, "period", end=""), headers=ask)
    assert refused.status_code == 422 and "<html" not in refused.content.decode()


def test_a_question_is_settled_as_it_stands_or_by_an_answer(cast: Cast, enter: Enter) -> None:
    campaign, browser = read_campaign(cast), enter("owner")
    first, second, _third = sheet(campaign).questions
    browser.post(f"/campaign/{campaign.pk}/settle", {"question": first.id})
    browser.post(f"/campaign/{campaign.pk}/settle", {"question": first.id})
    browser.post(f"/campaign/{campaign.pk}/settle", {"question": "0" * 16})
    shown = sheet(fresh(campaign))
    assert first not in shown.questions and len(shown.questions) == 2
    (answer,) = shown.fields["signatures"].answers
    assert (answer.question, answer.by.person, answer.by.how) == (first, cast.people["owner"], How.SETTLED)
    typed = sent(campaign, "signatures", signatures__1__name="นายชื่อ นามสกุล") | {"settled": second.id}
    assert browser.post(at(campaign, "signatures"), typed).status_code == 302
    assert len(sheet(fresh(campaign)).questions) == 1
    assert fresh(campaign).content_sha256 != campaign.content_sha256


def test_an_edit_says_before_and_after_that_it_voids_signatures(cast: Cast, enter: Enter) -> None:
    campaign, browser = read_campaign(cast), enter("owner")
    sign(
        campaign=campaign,
        role=SignatureRole.PROPOSER,
        person=cast.people["proposer"],
        seen_sha256=campaign.content_sha256,
        by=cast.actor("proposer"),
        now=NOW,
    )
    path, typed = at(campaign, "heading"), sent(campaign, "heading", title="ชื่อใหม่")
    assert "เป็นโมฆะ" in text_of(browser.get(path).content)
    refused = browser.post(path, typed)
    assert refused.status_code == 422 and "ชื่อใหม่" in refused.content.decode()
    assert fresh(campaign).status == Status.PROPOSED
    untouched = browser.post(path, sent(campaign, "heading"))
    assert untouched.status_code == 302, "what changes nothing voids nothing and asks nothing"
    done = browser.post(path, typed | {"void_known": "on"}, follow=True)
    assert "ลายเซ็น 1 รายการบนฉบับเดิมเป็นโมฆะ" in text_of(done.content)
    assert fresh(campaign).status == Status.DRAFT
    assert Signature.of(cast.province).get().voided_at is not None
    in_place = browser.post(path, typed | {"title": "อีกชื่อ"}, headers={"HX-Request": "true"})
    assert in_place.status_code == 200, "no signature stands any more"


def test_a_running_campaign_is_read_and_not_edited(cast: Cast, enter: Enter) -> None:
    browser = enter("owner")
    page = browser.get(at(cast.campaign)).content.decode()
    assert "แก้ไม่ได้" in page and "แก้ไข<span" not in page
    answer = browser.post(at(cast.campaign, "heading"), {"title": "x", "do": "save"}, follow=True)
    assert "แก้เนื้อหาที่อนุมัติไม่ได้" in text_of(answer.content)
    assert fresh(cast.campaign).content == cast.campaign.content


def test_the_source_is_shown_line_by_line(cast: Cast, enter: Enter) -> None:
    page = enter("auditor").get(f"/campaign/{read_campaign(cast).pk}/source").content.decode()
    assert 'id="l4"' in page and "ไม่ใช้งบประมาณ" in page


def test_an_unknown_section_is_not_found(cast: Cast, enter: Enter) -> None:
    assert enter("owner").get(at(read_campaign(cast), "nothing")).status_code == 404


def test_two_people_at_one_section_do_not_undo_each_other(cast: Cast, enter: Enter) -> None:
    campaign = read_campaign(cast)
    opened = enter("proposer").get(at(campaign, "heading")).content.decode()
    seen = opened.split('name="seen" value="')[1][:16]
    typed = sent(campaign, "heading", owner="ฝ่ายอำนวยการ") | {"seen": seen}
    enter("owner").post(at(campaign, "heading"), sent(campaign, "heading", title="ชื่อที่อีกคนแก้") | {"seen": seen})
    refused = enter("proposer").post(at(campaign, "heading"), typed)
    page = refused.content.decode()
    assert refused.status_code == 422 and "มีคนอื่นแก้ส่วนนี้" in page
    assert "ชื่อที่อีกคนแก้" in page and "ฝ่ายอำนวยการ" in page
    assert fresh(campaign).title == "ชื่อที่อีกคนแก้"
    again = typed | {"seen": page.split('name="seen" value="')[1][:16], "title": "ชื่อที่อีกคนแก้"}
    assert enter("proposer").post(at(campaign, "heading"), again).status_code == 302
    assert (fresh(campaign).title, fresh(campaign).content["owner"]) == ("ชื่อที่อีกคนแก้", "ฝ่ายอำนวยการ")
