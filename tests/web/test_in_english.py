"""What the program says of its own accord, on a page in English: questions, remarks, refusals, days off."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from saisaat.channels.line.render import render
from saisaat.domain.cadence import Kind, Per, Quota, check_quota
from saisaat.domain.content import Question
from saisaat.domain.errors import DomainError
from saisaat.domain.messages import Text
from saisaat.domain.proposal import read
from saisaat.domain.remarks import Remark
from saisaat.web.templatetags.saisaat import asked, comment_record, holiday, kept
from saisaat.web.words import said
from tests.cast import Cast
from tests.web.campaign_stage import read_campaign

Enter = Callable[[str], Client]


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def question(text: str, field: str) -> Question:
    """The first question about a field of the proposal `text`, as a document keeps it."""
    told: list[dict[str, Any]] = read(text).to_json()["warnings"]
    return next(Question.from_json(each) for each in told if each["field"] == field)


def test_the_questions_of_a_proposal_are_asked_in_english(cast: Cast, enter: Enter) -> None:
    campaign = read_campaign(cast)
    browser = enter("viewer")
    browser.cookies["django_language"] = "en"
    page = browser.get(f"/campaign/{campaign.pk}/read").content.decode()
    assert page.count("Who signs in this role?") == 6 and "ผู้ใดลงนามในฐานะนี้" not in page


def test_a_quotation_in_a_question_is_marked_as_thai(english: None) -> None:
    told = asked(question("ชื่อโครงการ\nโครงการสุจริต\nเลขที่โครงการ พช./<b>\n", "code"))
    assert told == (
        'The project number is printed only as “<span lang="th">พช./&lt;b&gt;</span>”, without its running number. '
        "What is the full number?"
    )


def test_a_weekday_in_a_question_is_a_word(english: None) -> None:
    period = "ระยะเวลาดำเนินการ\nวันเสาร์ที่ 1 พฤษภาคม 2563 ถึงวันที่ 30 กันยายน 2563\n"
    assert asked(question(period, "period")) == "It says Saturday, but that date is a Friday. Which date is right?"


def test_figures_are_thai_in_thai_and_arabic_in_english() -> None:
    one = question("กลุ่มเป้าหมาย\nข้าราชการ 1,020 คน พนักงาน 15 คน รวม 1,040 คน\n", "target")
    assert asked(one) == "จำนวนย่อยรวมกันได้ ๑,๐๓๕ คน แต่เขียนรวมไว้ ๑,๐๔๐ คน จำนวนใดถูกต้อง"
    with translation.override("en"):
        assert (
            asked(one) == "The parts add up to 1,035 people, but the total is written as 1,040. Which number is right?"
        )


def test_a_question_of_an_older_document_stays_thai_and_keeps_its_id(english: None) -> None:
    new = question("ชื่อโครงการ\nโครงการสุจริต\n", "place")
    old = Question.from_json({"field": "place", "message": new.message, "lines": []})
    assert asked(old) == f'<span lang="th">{new.message}</span>'
    assert (old, old.id) == (new, new.id)


REMARKS = [
    (Remark.STOPPED_BEFORE, "Stopped before sending began"),
    (Remark.WITHDRAWN.of(reason="เลื่อน <ไป>"), 'Entry withdrawn: <span lang="th">เลื่อน &lt;ไป&gt;</span>'),
    (
        Remark.REUSED.of(day="๑๕ พ.ค. ๒๕๖๓", old_style="silk", style="none"),
        "The topic was used before, on 15 May 2020; the style changes from silk to none",
    ),
    ("ClientError: 500", "ClientError: 500"),
    ("เขียนเอง", '<span lang="th">เขียนเอง</span>'),
]


@pytest.mark.parametrize(("text", "told"), REMARKS, ids=[str(no) for no in range(len(REMARKS))])
def test_a_remark_is_english_and_a_person_s_words_stay(english: None, text: str, told: str) -> None:
    assert kept(text) == told


def test_the_comments_of_a_close_out_are_counted_in_english(english: None) -> None:
    assert comment_record("รับทราบ 2 · วิจารณ์ 1") == "Noted 2 · Criticism 1"
    assert comment_record(Remark.NO_COMMENTS) == "No comments or criticism"


def test_a_holiday_has_its_english_name_where_the_calendar_knows_one(english: None) -> None:
    assert holiday("วันฉัตรมงคล; วันของเรา", date(2020, 5, 4)) == 'Coronation Day; <span lang="th">วันของเรา</span>'


def test_a_refusal_within_a_refusal_is_english_too(english: None) -> None:
    with pytest.raises(DomainError) as refused:
        render([Text(" ")])
    assert said(refused.value) == "Text is empty. Nothing was sent and your text is kept. Please fill it in."
    with pytest.raises(DomainError) as refused:
        check_quota(Quota(Kind.CLIP, 0, Per.WEEK))
    assert "“Clip a week” is 0" in said(refused.value)
