"""The working group on the page: rows typed before they are saved, duties prefilled, orders and amended orders."""

from collections.abc import Callable

import pytest
from django.test import Client

from saisaat.domain.campaign import Status
from saisaat.domain.working_group import duties_of
from saisaat.queries.working_group import working_group
from saisaat.records.models import AppointmentOrder, Campaign, WorkingGroupMember
from tests.cast import Cast, make_cast
from tests.web.campaign_stage import fresh, text_of

Enter = Callable[[str], Client]
ORDER = {"number": "๑๕/๒๕๖๓", "dated_on": "๑๔ พ.ค. ๒๕๖๓", "signer": "", "signer_position": "พัฒนาการจังหวัด"}


def rows(cast: Cast, *places: tuple[str, str]) -> dict[str, str]:
    told = {"do": "save"}
    for number, (part, role) in enumerate(places):
        told |= {
            f"place-{number}-person": cast.people[part].pk,
            f"place-{number}-role": role,
            f"place-{number}-duties": f"หน้าที่ของ {part}",
        }
    return told


def save(cast: Cast, browser: Client, *places: tuple[str, str]) -> int:
    return browser.post(f"/campaign/{cast.campaign.pk}/group/save", rows(cast, *places)).status_code


def members(cast: Cast) -> list[tuple[int, str, str]]:
    found = WorkingGroupMember.of(cast.province).order_by("position").select_related("person")
    return [(row.position, row.person.position, row.role) for row in found]


def test_people_are_added_with_the_duties_of_their_post_and_nothing_is_saved_yet(cast: Cast, enter: Enter) -> None:
    typed = rows(cast, ("owner", "ประธานคณะทำงาน")) | {
        "do": "add",
        "new_person": cast.people["producer"].pk,
        "new_role": "คณะทำงานและเลขานุการ",
    }
    answer = enter("owner").post(f"/campaign/{cast.campaign.pk}/group/save", typed)
    page = answer.content.decode()
    assert answer.status_code == 200 and "ยังไม่ได้บันทึก" in page
    assert duties_of("คณะทำงานและเลขานุการ") in page and "หน้าที่ของ owner" in page
    assert members(cast) == []


@pytest.mark.parametrize(("wish", "first"), [("up:1", "reviewer"), ("remove:0", "reviewer"), ("up:0", "owner")])
def test_rows_move_and_go_before_anything_is_saved(cast: Cast, enter: Enter, wish: str, first: str) -> None:
    typed = rows(cast, ("owner", "ก"), ("reviewer", "ข")) | {"do": wish}
    page = enter("owner").post(f"/campaign/{cast.campaign.pk}/group/save", typed).content.decode()
    assert f'name="place-0-person" value="{cast.people[first].pk}"' in page


def test_the_group_is_saved_in_the_order_typed(cast: Cast, enter: Enter) -> None:
    browser = enter("owner")
    assert save(cast, browser, ("reviewer", "ประธานคณะทำงาน"), ("owner", " คณะทำงาน ")) == 302
    assert save(cast, browser, ("owner", "ประธานคณะทำงาน"), ("duty", "คณะทำงาน")) == 302
    assert [place[1:] for place in members(cast)] == [
        ("หัวหน้าฝ่ายอำนวยการ", "ประธานคณะทำงาน"),
        ("เจ้าพนักงานพัฒนาชุมชน (เวรเผยแพร่)", "คณะทำงาน"),
    ]


@pytest.mark.parametrize("places", [[], [("owner", " ")], [("owner", "ก"), ("owner", "ข")]], ids=str)
def test_a_group_that_cannot_be_is_refused_as_typed(cast: Cast, enter: Enter, places: list[tuple[str, str]]) -> None:
    browser = enter("owner")
    save(cast, browser, ("reviewer", "ประธานคณะทำงาน"))
    answer = browser.post(f"/campaign/{cast.campaign.pk}/group/save", rows(cast, *places))
    assert answer.status_code == 422 and "คณะทำงานเดิมยังอยู่ครบ" in text_of(answer.content)
    assert len(members(cast)) == 1


def test_nobody_of_another_province_gets_in(cast: Cast, enter: Enter) -> None:
    other = make_cast("other-")
    assert save(other, Client(), ("owner", "ก")) == 302
    stranger = rows(other, ("owner", "ประธานคณะทำงาน"))
    assert enter("owner").post(f"/campaign/{cast.campaign.pk}/group/save", stranger).status_code == 422
    assert members(cast) == []


def test_an_order_fixes_the_group_and_a_later_one_amends_it(cast: Cast, enter: Enter) -> None:
    browser, path = enter("owner"), f"/campaign/{cast.campaign.pk}/group/order"
    assert browser.post(path, ORDER).status_code == 422, "no group, no order"
    save(cast, browser, ("owner", "ประธานคณะทำงาน"), ("reviewer", "คณะทำงาน"))
    assert browser.post(path, ORDER).status_code == 302
    assert browser.post(path, ORDER | {"number": "16/2563"}).status_code == 422, "nothing changed since"
    save(cast, browser, ("owner", "ประธานคณะทำงาน"), ("duty", "คณะทำงาน"))
    assert "ออกคำสั่งแก้ไข" in text_of(browser.get(f"/campaign/{cast.campaign.pk}/group").content)
    twice = browser.post(path, ORDER)
    assert twice.status_code == 422 and "ใช้ไปแล้ว" in text_of(twice.content)
    assert browser.post(path, ORDER | {"number": "16/2563"}).status_code == 302
    first, second = AppointmentOrder.of(cast.province).select_related("campaign__key").order_by("no")
    assert (first.number, str(first.dated_on)) == ("๑๕/๒๕๖๓", "2020-05-14")
    assert [row["role"] for row in first.told["members"]] == ["ประธานคณะทำงาน", "คณะทำงาน"]
    assert first.told["members"][1] != second.told["members"][1]
    assert not working_group(fresh(cast.campaign)).to_order


@pytest.mark.parametrize("field", ["number", "dated_on"])
def test_an_order_without_number_or_date_is_refused_beside_the_field(cast: Cast, enter: Enter, field: str) -> None:
    browser = enter("owner")
    save(cast, browser, ("owner", "ประธานคณะทำงาน"))
    answer = browser.post(f"/campaign/{cast.campaign.pk}/group/order", ORDER | {field: ""})
    assert answer.status_code == 422 and f'id="id_{field}_error"' in answer.content.decode()
    assert not AppointmentOrder.of(cast.province).exists()


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PROPOSED, Status.ENDED])
def test_only_an_approved_campaign_that_goes_on_has_a_group_to_change(cast: Cast, enter: Enter, status: Status) -> None:
    Campaign.of(cast.province).filter(pk=cast.campaign.pk).update(status=status)
    assert save(cast, enter("owner"), ("owner", "ประธานคณะทำงาน")) == 422
    assert "บันทึกคณะทำงาน" not in text_of(enter("owner").get(f"/campaign/{cast.campaign.pk}/group").content)
