"""The plan's pages: what is shown before it is done, what a refusal keeps, and what is done when it is agreed."""

import io
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import icalendar
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from saisaat.actions.plan import make_plan
from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.cadence import BANGKOK
from saisaat.domain.campaign import Status
from saisaat.domain.delivery import State
from saisaat.domain.plan_changes import Change
from saisaat.records import clock
from saisaat.records.models import Campaign, Delivery, ExcusedWeek, Item, PlanChange, PlanEntry
from tests.cast import Cast
from tests.factories import NOW, make_topic

Enter = Callable[..., Client]
STYLES = ("aurora", "lai_thai")


@pytest.fixture
def approved(cast: Cast) -> Cast:
    """A campaign of four weeks from Monday 18 May 2020, approved, with topics enough and no plan."""
    for number in range(16):
        make_topic(cast.province, f"เรื่องที่ {number}")
    days = {"period_start": date(2020, 5, 18), "period_end": date(2020, 6, 14)}
    Campaign.of(cast.province).update(status=Status.APPROVED, **days)
    cast.campaign.refresh_from_db()
    return cast


@pytest.fixture
def planned(approved: Cast) -> Cast:
    make_plan(campaign=approved.campaign, styles=STYLES, by=approved.actor("owner"), now=NOW)
    return approved


def text(answer: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))  # type: ignore[attr-defined]


def hidden(page: str) -> dict[str, list[str]]:
    """The hidden fields of the page's forms."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r'<input type="hidden"[^>]*>', page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] not in {"csrfmiddlewaretoken", "once"}:
            found.setdefault(name[1], []).append(value[1] if value else "")
    return found


def posters(cast: Cast) -> list[PlanEntry]:
    return list(PlanEntry.of(cast.province).filter(kind=ItemKind.POSTER).order_by("at"))


def move_url(entry: PlanEntry) -> str:
    return reverse("plan-move", args=[entry.pk])


def fields(at: datetime, **more: str) -> dict[str, str]:
    local = at.astimezone(BANGKOK)
    return {"date": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}", "reason": "", **more}


# Making


def test_the_plan_is_shown_before_it_is_written_and_written_as_shown(approved: Cast, enter: Enter) -> None:
    browser = enter("producer")
    page = browser.get(reverse("plan-make"))
    assert "ยังไม่บันทึก" in text(page) and not PlanEntry.of(approved.province).exists()
    told = hidden(page.content.decode())
    answer = browser.post(reverse("plan-make"), told)
    assert answer.status_code == 302
    assert PlanEntry.of(approved.province).filter(kind=ItemKind.POSTER).count() == 12
    assert "จัดแผนแล้ว" in text(browser.get(answer["Location"]))


def test_another_arrangement_is_not_written_unseen(approved: Cast, enter: Enter) -> None:
    browser = enter("producer")
    told = hidden(browser.get(reverse("plan-make")).content.decode())
    answer = browser.post(reverse("plan-make"), told | {"seed": ["7"]})
    assert answer.status_code == 422
    assert "ต่างจากที่ท่านเห็น" in text(answer)
    assert not PlanEntry.of(approved.province).exists()


def test_an_old_plan_is_replaced_only_knowingly(planned: Cast, enter: Enter) -> None:
    browser = enter("owner")
    before = set(PlanEntry.of(planned.province).values_list("pk", flat=True))
    told = hidden(browser.get(reverse("plan-make")).content.decode())
    refused = browser.post(reverse("plan-make"), told)
    assert refused.status_code == 422 and "ยังไม่ได้แทนที่" in text(refused)
    assert set(PlanEntry.of(planned.province).values_list("pk", flat=True)) == before
    assert browser.post(reverse("plan-make"), told | {"replace": "on"}).status_code == 302
    assert not before & set(PlanEntry.of(planned.province).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"styles": []}, ""),
        ({"weekdays": []}, ""),
        ({"time_2": ["09:30"]}, "ซ้ำกัน"),
        ({"time_1": ["21:00"], "time_2": [""], "time_3": [""]}, "งดส่ง"),
        ({"week_rule": ["sometimes"]}, "sometimes"),
    ],
)
def test_wishes_that_cannot_be_are_refused_with_what_was_chosen(
    approved: Cast, enter: Enter, change: dict[str, list[str]], said: str
) -> None:
    browser = enter("owner")
    told = hidden(browser.get(reverse("plan-make")).content.decode()) | change
    answer = browser.post(reverse("plan-make"), told)
    assert answer.status_code == 422
    assert said in text(answer)
    assert "errorlist" in answer.content.decode() or 'role="alert"' in answer.content.decode()
    assert not PlanEntry.of(approved.province).exists()


def test_nothing_is_planned_for_a_campaign_not_approved(approved: Cast, enter: Enter) -> None:
    Campaign.of(approved.province).update(status=Status.PROPOSED)
    page = enter("owner").get(reverse("plan-make"))
    assert "ยังไม่ได้รับอนุมัติ" in text(page)
    assert "ยังไม่ได้รับอนุมัติ" in text(enter("viewer").get(reverse("plan")))


def test_filling_is_shown_first_and_adds_only_that(planned: Cast, enter: Enter) -> None:
    browser = enter("owner")
    assert "ไม่มีอะไรต้องเติม" in text(browser.get(reverse("plan-fill")))
    gone = posters(planned)[4]
    browser.post(reverse("plan-withdraw", args=[gone.pk]), {"reason": "ซ้ำกับข่าวของจังหวัด"})
    page = browser.get(reverse("plan-fill"))
    assert "1 รายการ" in text(page)
    told = hidden(page.content.decode())
    count = PlanEntry.of(planned.province).count()
    assert browser.post(reverse("plan-fill"), told | {"seen": ["x"]}).status_code == 422
    assert browser.post(reverse("plan-fill"), told).status_code == 302
    assert PlanEntry.of(planned.province).count() == count + 1


# The calendar and its guards


def test_the_month_names_holidays_and_quiet_hours_and_how_each_week_stands(planned: Cast, enter: Enter) -> None:
    page = text(enter("viewer").get(reverse("plan"), {"month": "2020-06"}))
    assert "มิถุนายน 2563" in page and "งดส่ง 20:00–08:00" in page
    assert "วันเฉลิมพระชนมพรรษา" in page
    assert "0/3 ครบตามแผน" in page
    assert "เพิ่มรายการ" not in page, "a viewer is offered nothing to change"


def test_a_week_that_the_plan_does_not_fill_says_what_is_still_possible(planned: Cast, enter: Enter) -> None:
    browser = enter("owner")
    gone = posters(planned)[0]
    browser.post(reverse("plan-withdraw", args=[gone.pk]), {"reason": "เลื่อน"})
    page = text(browser.get(reverse("plan"), {"month": "2020-05"}))
    assert "ต้องเพิ่มอีก 1 เรื่องก่อนสิ้นวันอาทิตย์ 24 พ.ค." in page and "ยังลงได้" in page
    assert "ช่วง 18 พ.ค. – 24 พ.ค. แผนยังขาด 1 เรื่อง" in text(browser.get(reverse("plan-check")))


def test_a_missed_week_is_missed_and_an_excused_one_is_not_called_met(planned: Cast, enter: Enter) -> None:
    clock.freeze(datetime(2020, 5, 25, 9, 0, tzinfo=BANGKOK))
    Delivery.of(planned.province).update(state=State.MISSED)
    browser = enter("owner")
    assert "0/3 ไม่ครบ" in text(browser.get(reverse("plan-week"), {"monday": "2020-05-18"}))
    wanted = {"monday": "2020-05-20", "reason": "น้ำท่วมทั้งจังหวัด"}
    answer = browser.post(reverse("plan-excuse"), wanted)
    page = text(browser.get(answer["Location"]))
    assert "0/3 ยกเว้น" in page and "น้ำท่วมทั้งจังหวัด" in page and "ไม่ครบ" not in page
    assert "ยกเว้นสัปดาห์นี้" in text(browser.get(reverse("plan"), {"month": "2020-05"}))
    browser.post(reverse("plan-unexcuse"), {"monday": "2020-05-18"})
    assert "0/3 ไม่ครบ" in text(browser.get(reverse("plan-week"), {"monday": "2020-05-18"}))
    assert not ExcusedWeek.of(planned.province).exists()


@pytest.mark.parametrize(("wanted", "status"), [({"reason": ""}, 422), ({"monday": "never", "reason": "x"}, 404)])
def test_an_excuse_needs_a_week_and_a_reason(planned: Cast, enter: Enter, wanted: dict[str, str], status: int) -> None:
    answer = enter("owner").post(reverse("plan-excuse"), {"monday": "2020-05-18"} | wanted)
    assert answer.status_code == status
    assert not ExcusedWeek.of(planned.province).exists()


def test_a_producer_may_plan_but_not_excuse(planned: Cast, enter: Enter) -> None:
    browser = enter("producer")
    assert browser.post(reverse("plan-excuse"), {"monday": "2020-05-18", "reason": "x"}).status_code == 403
    assert "ยกเว้นสัปดาห์นี้" not in text(browser.get(reverse("plan-week"), {"monday": "2020-05-18"}))


# Moving and the rest by hand


def test_cautions_are_shown_before_a_move_is_done(planned: Cast, enter: Enter) -> None:
    browser, entry = enter("producer"), posters(planned)[0]
    saturday = entry.at + timedelta(days=5)
    first = browser.post(move_url(entry), fields(saturday, reason="ประชุม"))
    assert first.status_code == 422
    assert "กลุ่มมักเงียบ" in text(first) and "ประชุม" in text(first)
    assert PlanEntry.everywhere.get(pk=entry.pk).at == entry.at
    seen = hidden(first.content.decode())["seen"][-1]
    done = browser.post(move_url(entry), fields(saturday, reason="ประชุม", seen=seen))
    assert done.status_code == 302
    assert PlanEntry.everywhere.get(pk=entry.pk).at == saturday
    history = text(browser.get(reverse("plan-history")))
    assert "ย้ายเวลา" in history and "ประชุม" in history
    assert "ประชุม" in text(browser.get(reverse("plan-entry", args=[entry.pk])))


def test_a_move_without_cautions_needs_no_second_press(planned: Cast, enter: Enter) -> None:
    entry = posters(planned)[0]
    answer = enter("owner").post(move_url(entry), fields(entry.at + timedelta(hours=1)))
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#d-{entry.at.astimezone(BANGKOK):%Y-%m-%d}")


def test_the_verdict_alone_is_given_while_somebody_chooses(planned: Cast, enter: Enter) -> None:
    entry = posters(planned)[0]
    part = enter("owner").get(move_url(entry), {"date": "2020-08-01", "time": "09:30", "part": "verdict"})
    assert part.content.decode().startswith('<div id="verdict"')
    assert "นอกช่วงโครงการ" in text(part)
    whole = enter("owner").get(move_url(entry), {"date": "", "time": "", "part": "form"})
    assert "<html" not in whole.content.decode() and "<form" in whole.content.decode()


def test_a_refused_move_says_why_in_both_languages(planned: Cast, enter: Enter) -> None:
    browser, entry = enter("owner"), posters(planned)[0]
    browser.cookies["django_language"] = "en"
    answer = browser.post(move_url(entry), fields(entry.at + timedelta(hours=11, minutes=30)))
    assert answer.status_code == 422
    assert "quiet hours" in text(answer)


def test_two_entries_are_swapped(planned: Cast, enter: Enter) -> None:
    first, second = posters(planned)[0], posters(planned)[1]
    address = reverse("plan-swap", args=[first.pk])
    assert second.title in text(enter("owner").get(address))
    answer = enter("owner").post(address, {"other": second.pk, "reason": "ข่าวด่วน"})
    assert answer.status_code == 302
    assert [PlanEntry.everywhere.get(pk=one.pk).at for one in (first, second)] == [second.at, first.at]
    assert enter("owner").post(address, {"other": "nothing"}).status_code == 422


def new(cast: Cast, **more: object) -> dict[str, object]:
    groups = [cast.staff.pk, cast.network.pk]
    usual = {"kind": "poster", "date": "2020-05-19", "time": "10:00", "groups": groups, "style": "aurora"}
    return usual | {"topic": "", "item": "", "title": "", "owner": "", "reason": ""} | more


def test_an_entry_is_added_with_a_topic_for_an_owner(planned: Cast, enter: Enter) -> None:
    topic = make_topic(planned.province, "หัวข้อที่ยังไม่เคยใช้")
    duty = planned.people["duty"]
    wanted = new(planned, topic=topic.code, owner=duty.pk)
    answer = enter("producer").post(reverse("plan-add"), wanted)
    assert answer.status_code == 302
    entry = PlanEntry.of(planned.province).order_by("-no")[0]
    assert (entry.title, entry.owner) == (topic.headline, duty)
    assert {(row.topic, row.style) for row in entry.deliveries.all()} == {(topic, "aurora")}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "เลือกหัวข้อหรือเขียนชื่อเรื่อง"),
        ({"title": "เรื่องเอง", "time": "21:00"}, "งดส่ง"),
        ({"title": "เรื่องเอง", "date": "2020-05-01"}, "ผ่านไปแล้ว"),
        ({"kind": "clip", "topic": "KB1"}, ""),
        ({"title": "เรื่องเอง", "date": "2020-05-23"}, "กลุ่มมักเงียบ"),
    ],
)
def test_what_is_not_added_keeps_the_typing(planned: Cast, enter: Enter, change: dict[str, str], said: str) -> None:
    count = PlanEntry.of(planned.province).count()
    answer = enter("owner").post(reverse("plan-add"), new(planned, reason="เหตุผลที่พิมพ์ไว้", **change))
    assert answer.status_code == 422
    assert said in text(answer) and "เหตุผลที่พิมพ์ไว้" in text(answer)
    assert PlanEntry.of(planned.province).count() == count


def test_an_entry_is_edited_and_the_history_names_old_and_new(planned: Cast, enter: Enter) -> None:
    entry, duty = posters(planned)[0], planned.people["duty"]
    address = reverse("plan-edit", args=[entry.pk])
    told = {"title": "ชื่อที่แก้", "owner": duty.pk, "policy": "hours", "hours": "4", "reason": ""}
    assert enter("owner").post(address, told).status_code == 302
    page = text(enter("viewer").get(reverse("plan-entry", args=[entry.pk])))
    assert f"ชื่อเรื่อง: {entry.title} → ชื่อที่แก้" in page
    assert duty.name in page and "(4 ชั่วโมง)" in page
    assert enter("owner").post(address, told | {"hours": ""}).status_code == 422
    assert enter("owner").post(address, told | {"policy": "fixed"}).status_code == 422


def test_a_withdrawal_says_what_it_costs_and_asks_why(planned: Cast, enter: Enter) -> None:
    entry = posters(planned)[0]
    address = reverse("plan-withdraw", args=[entry.pk])
    assert "จะยังไม่ครบ" in text(enter("owner").get(address))
    assert enter("owner").post(address, {"reason": " "}).status_code == 422
    assert enter("owner").post(address, {"reason": "ซ้ำกับข่าว"}).status_code == 302
    assert set(entry.deliveries.values_list("state", flat=True)) == {State.CANCELLED}
    again = enter("owner").post(address, {"reason": "อีก"})
    assert again.status_code == 422 and "ถูกถอนไปแล้ว" in text(again)


# List, checks, exports


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 15),
        ("kind=clip", 2),
        ("kind=poster&from=2020-05-18&to=2020-05-24", 3),
        ("state=planned", 15),
        ("state=sent&state=closed", 0),
        ("way=push", 0),
        ("month=2020-05", 8),
        ("state=nonsense&from=never", 15),
    ],
)
def test_the_list_keeps_the_links_of_the_figures(planned: Cast, enter: Enter, query: str, count: int) -> None:
    page = enter("viewer").get(f"{reverse('entries')}?{query}")
    assert page.context["page"].paginator.count == count


def test_a_long_list_is_paged(planned: Cast, enter: Enter) -> None:
    for _ in range(20):
        planned.delivery(State.PLANNED)
    page = enter("viewer").get(reverse("entries"))
    assert len(page.context["slots"]) == 30
    assert "หน้า 1 จาก 2" in text(page)


def test_the_plan_is_taken_away_in_three_forms(planned: Cast, enter: Enter) -> None:
    browser = enter("viewer")
    gone = posters(planned)[0]
    enter("owner").post(reverse("plan-withdraw", args=[gone.pk]), {"reason": "ซ้ำ"})
    count = PlanEntry.of(planned.province).count()
    calendar = icalendar.Calendar.from_ical(browser.get(reverse("plan-ics")).content)
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    assert len(events) == count
    assert events[f"{gone.pk}@saisaat"]["status"] == "CANCELLED"
    answer = browser.get(reverse("plan-xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None and sheet.max_row == 5 + count
    assert ".xlsx" in answer["Content-Disposition"]


@pytest.mark.slow
def test_the_plan_is_printed(planned: Cast, enter: Enter) -> None:
    answer = enter("viewer").get(reverse("plan-pdf"))
    assert answer.content.startswith(b"%PDF") and answer["Content-Type"] == "application/pdf"


# Telling the groups


def test_the_announcement_is_written_seen_and_sent_to_review(planned: Cast, enter: Enter) -> None:
    browser = enter("producer")
    assert "ยังไม่ได้เขียนประกาศ" in text(browser.get(reverse("plan-announce")))
    assert browser.post(reverse("plan-announce-write")).status_code == 302
    page = browser.get(reverse("plan-announce"))
    assert 'class="line"' in page.content.decode() and "ภาพความรู้ ๑๒ เรื่อง" in text(page)
    stale = browser.post(reverse("plan-announce-submit"), {"sha256": "0" * 64})
    assert stale.status_code == 422 and "ถูกเขียนใหม่" in text(stale)
    told = hidden(page.content.decode())
    assert browser.post(reverse("plan-announce-submit"), told).status_code == 302
    assert Item.of(planned.province).get(kind=ItemKind.ANNOUNCEMENT).status == ItemStatus.IN_REVIEW
    page = text(browser.get(reverse("plan-announce")))
    assert "รอตรวจ" in page and "เขียนใหม่จากแผนปัจจุบัน" not in page
    assert PlanChange.of(planned.province).filter(kind=Change.ANNOUNCED).count() == 1


def test_the_groups_can_be_told_again_once_they_were_told(planned: Cast, enter: Enter) -> None:
    browser = enter("owner")
    when = {"date": "2020-05-20", "time": "11:30"}
    assert browser.post(reverse("plan-announce-again"), when).status_code == 422
    browser.post(reverse("plan-announce-write"))
    item = Item.of(planned.province).get(kind=ItemKind.ANNOUNCEMENT)
    rows = Delivery.of(planned.province).filter(entry__kind=ItemKind.ANNOUNCEMENT)
    rows.update(state=State.SENT, sent_at=NOW, way="duty", approved_sha256=item.sha256)
    assert "แจ้งอีกครั้ง" in text(browser.get(reverse("plan-announce")))
    assert browser.post(reverse("plan-announce-again"), when | {"date": ""}).status_code == 422
    assert browser.post(reverse("plan-announce-again"), when).status_code == 302
    assert PlanEntry.of(planned.province).filter(kind=ItemKind.ANNOUNCEMENT).count() == 2
