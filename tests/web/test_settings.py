"""The settings: what is typed is kept or refused whole, and secrets are never shown again."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from saisaat.actions import configure, connect
from saisaat.domain.cadence import WeekRule
from saisaat.domain.denominators import Basis
from saisaat.domain.errors import DomainError, NotAllowed
from saisaat.domain.topics import Audience
from saisaat.queries import office
from saisaat.records.models import AuditEvent, Brand, Channel, DutyTurn, Group, Person
from saisaat.records.sealing import unseal
from tests.cast import Cast
from tests.factories import NOW, jpeg, make_group

Enter = Callable[[str], Client]
TOKEN, SECRET = "line-token-0123456789", "line-secret-0123456789"


def connected(browser: Client) -> Channel:
    browser.post("/settings/channel", {"access_token": TOKEN, "secret": SECRET})
    return Channel.everywhere.get(retired_at__isnull=True, kind="line")


def test_credentials_are_sealed_and_never_shown_again(enter: Enter, cast: Cast) -> None:
    browser = enter("admin")
    row = connected(browser)
    assert json.loads(unseal(row.key, row.credentials_sealed) or "") == {"access_token": TOKEN, "secret": SECRET}
    pages = "".join(browser.get(path).content.decode() for path in ("/settings", "/settings/channel"))
    assert TOKEN not in pages and SECRET not in pages
    assert f"/line/{row.pk}/webhook" in pages


def test_a_refused_secret_is_not_sent_back(enter: Enter, cast: Cast) -> None:
    answer = enter("admin").post("/settings/channel", {"access_token": "with\nline", "secret": SECRET})
    assert answer.status_code == 422
    assert SECRET not in answer.content.decode()
    assert not Channel.everywhere.filter(kind="line").exists()


def test_another_account_retires_the_one_before(enter: Enter, cast: Cast) -> None:
    row = connected(enter("admin"))
    cast.channel.refresh_from_db()
    assert cast.channel.retired_at is not None
    assert office.channel_of(cast.province.pk) == row
    assert not Group.of(cast.province).filter(used=True).exists()


def test_new_credentials_for_the_same_account_keep_its_groups(enter: Enter, cast: Cast) -> None:
    browser = enter("admin")
    row = connected(browser)
    group = make_group(row, "กลุ่มใหม่")
    browser.post("/settings/channel", {"access_token": "another-token", "secret": SECRET})
    assert Channel.everywhere.filter(kind="line").count() == 1
    group.refresh_from_db()
    assert group.used
    row.refresh_from_db()
    assert json.loads(unseal(row.key, row.credentials_sealed) or "")["access_token"] == "another-token"


def test_new_credentials_set_a_stopped_channel_free(enter: Enter, cast: Cast) -> None:
    row = connected(enter("admin"))
    Channel.everywhere.filter(pk=row.pk).update(stopped_at=NOW, stopped_reason="โทเคนหมดอายุ")
    connected(enter("admin"))
    row.refresh_from_db()
    assert row.stopped_at is None


def test_a_group_is_given_its_purpose(enter: Enter, cast: Cast) -> None:
    told = {"name": "เครือข่าย", "audience": "network", "basis": "fixed", "number": "120", "source": "ทะเบียนกลุ่ม"}
    answer = enter("owner").post(f"/settings/groups/{cast.staff.pk}", told)
    assert answer.status_code == 302
    group = Group.of(cast.province).get(pk=cast.staff.pk)
    assert (group.name, group.audience, group.used) == ("เครือข่าย", Audience.NETWORK, False)
    assert office.out_of(group, 10) == office.OutOf(Basis.FIXED, 120, "ทะเบียนกลุ่ม")


@pytest.mark.parametrize(("number", "source"), [("", "ทะเบียน"), ("0", "ทะเบียน"), ("120", ""), ("1000001", "ทะเบียน")])
def test_a_fixed_number_needs_its_source_and_nothing_is_half_saved(
    enter: Enter, cast: Cast, number: str, source: str
) -> None:
    told = {"name": "ชื่อใหม่", "audience": "staff", "used": "on", "basis": "fixed", "number": number, "source": source}
    answer = enter("owner").post(f"/settings/groups/{cast.staff.pk}", told)
    assert answer.status_code == 422
    assert "ชื่อใหม่" in answer.content.decode(), "what was typed is still there"
    assert Group.of(cast.province).get(pk=cast.staff.pk).name == cast.staff.name


@pytest.mark.parametrize(
    ("basis", "number"), [(Basis.MEMBERS, 104), (Basis.STAFF, 7)], ids=["the channel's count", "the staff list"]
)
def test_out_of_how_many(cast: Cast, basis: Basis, number: int) -> None:
    configure.set_denominator(group=cast.staff, basis=basis, number=5, source="", by=cast.actor("owner"), now=NOW)
    assert office.out_of(Group.of(cast.province).get(pk=cast.staff.pk), 7).number == number


def test_an_unknown_count_is_unknown(cast: Cast) -> None:
    Group.of(cast.province).update(members=None, members_read_at=None)
    assert office.group_settings(cast.province.pk)[0].out_of.number is None


def add_turn(browser: Client, person: Person, first: str, last: str) -> int:
    return browser.post("/settings/duty", {"person": person.pk, "first": first, "last": last}).status_code


def test_the_roster_has_one_person_a_day(enter: Enter, cast: Cast) -> None:
    browser, duty = enter("owner"), cast.people["duty"]
    assert add_turn(browser, duty, "2020-05-11", "2020-05-17") == 302
    assert add_turn(browser, duty, "2020-05-17", "2020-05-20") == 422
    assert add_turn(browser, duty, "2020-05-18", "2020-05-24") == 302
    assert add_turn(browser, cast.people["viewer"], "2020-06-01", "2020-06-02") == 422, "the duty role is asked for"
    assert office.person_on_duty(cast.province.pk, date(2020, 5, 17)) == duty
    assert office.person_on_duty(cast.province.pk, date(2020, 5, 25)) is None
    browser.post(f"/settings/duty/{DutyTurn.of(cast.province).order_by('first')[0].pk}/remove")
    assert office.person_on_duty(cast.province.pk, date(2020, 5, 17)) is None


def test_the_rules_of_the_campaign(enter: Enter, cast: Cast) -> None:
    rules = {"quiet_from": "21:00", "quiet_to": "07:30", "late_hours": "6", "close_after_days": "5"}
    answer = enter("owner").post("/settings/campaign", rules | {"week_rule": WeekRule.FULL_ONLY})
    assert answer.status_code == 302
    cast.campaign.refresh_from_db()
    assert cast.campaign.settings["quiet_from"] == "21:00"
    assert (cast.campaign.settings["push_allowed"], cast.campaign.week_rule) == (False, WeekRule.FULL_ONLY)
    assert 'value="07:30"' in enter("owner").get("/settings/campaign").content.decode()


def test_the_offices_name_colours_and_logo(enter: Enter, cast: Cast) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    told = {"name": "สำนักงานใหม่", "letter_code": "นว 0019", "language": "en", "own_colours": "on"}
    colours = {"primary": "#123ABC", "secondary": "#ffffff"}
    logo = SimpleUploadedFile("logo.jpg", jpeg(600, 500), "image/jpeg")
    answer = enter("owner").post("/settings/office", told | colours | {"logo": logo})
    assert answer.status_code == 302
    cast.province.refresh_from_db()
    brand = Brand.of(cast.province).get()
    assert (cast.province.name, cast.province.language, brand.primary) == ("สำนักงานใหม่", "en", "#123abc")
    assert brand.logo is not None and brand.emblem is None
    assert Client().get(f"/media/{brand.logo.sha256}.jpg").status_code == 200


def test_a_file_that_is_no_picture_changes_nothing(enter: Enter, cast: Cast) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    told = {"name": "สำนักงานใหม่", "language": "th", "logo": SimpleUploadedFile("logo.jpg", b"<?php evil")}
    assert enter("owner").post("/settings/office", told).status_code == 422
    cast.province.refresh_from_db()
    assert cast.province.name != "สำนักงานใหม่"


def test_a_viewer_changes_nothing(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        configure.add_turn(
            person=cast.people["duty"], first=NOW.date(), last=NOW.date(), by=cast.actor("viewer"), now=NOW
        )
    with pytest.raises(DomainError):
        connect.replace_credentials(channel=cast.channel, credentials={}, by=cast.actor("viewer"), now=NOW)


def test_every_change_names_its_actor(enter: Enter, cast: Cast) -> None:
    add_turn(enter("owner"), cast.people["duty"], "2020-05-11", "2020-05-17")
    event = AuditEvent.of(cast.province).get(action="duty.add")
    assert event.actor == cast.people["owner"].pk
