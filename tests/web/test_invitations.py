"""Invitations, who has access, and the first run: one-time links, roles within one's own, and the last owner."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from saisaat.actions import found, invite
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Actor, Role
from saisaat.records.models import (
    Account,
    AuditEvent,
    FirstRun,
    Invitation,
    Office,
    Person,
    Province,
    RoleGrant,
)
from tests.cast import Cast
from tests.factories import PASSWORD, make_account, make_office, make_person
from tests.web.second_factor import with_totp

pytestmark = pytest.mark.usefixtures("steady_codes")
CHOSEN = {"username": "newcomer", "secret": "a phrase of my own", "secret_again": "a phrase of my own"}


@pytest.fixture
def newcomer(cast: Cast) -> Person:
    return make_person(cast.office, "นักวิชาการพัฒนาชุมชน")


def browser_of(username: str) -> Client:
    client = Client()
    client.force_login(Account.everywhere.get(username=username))
    return client


def link_on(client: Client) -> str:
    """The path of the link shown once after inviting."""
    found_link = re.search(r"http://[^/<]+(/invitation/[\w-]+)", client.get("/access/link").content.decode())
    assert found_link is not None
    return found_link[1]


def invited(by: str, person: Person, roles: list[str], where: str = "all") -> Any:
    browser = browser_of(by)
    return browser, browser.post("/access/invite", {"person": person.pk, "roles": roles, "where": where})


def word_for(cast: Cast, person: Person, *roles: Role, by: str = "owner") -> str:
    return invite.invite(person=person, roles=roles, office=None, by=cast.actor(by), now=datetime.now(UTC))[1]


def test_from_the_invitation_to_the_first_page(cast: Cast, newcomer: Person) -> None:
    browser, answer = invited("owner", newcomer, ["producer", "duty"])
    assert answer["Location"] == "/access/link"
    link = link_on(browser)
    assert browser.get("/access/link")["Location"] == "/access", "shown once"
    guest = Client()
    page = guest.get(link).content.decode()
    assert newcomer.name in page
    assert "ผู้จัดทำสื่อ" in page
    done = guest.post(link, CHOSEN)
    assert done["Location"] == "/"
    assert guest.get("/account").status_code == 200
    account = Account.everywhere.get(person=newcomer)
    assert account.roles() == {Role.PRODUCER, Role.DUTY}
    assert account.username == "newcomer"
    actors = dict(AuditEvent.of(cast.province).values_list("action", "actor"))
    assert actors["invitation.send"] == actors["role.grant"] == cast.people["owner"].pk
    assert actors["account.open"] == actors["invitation.accept"] == newcomer.pk


def test_only_the_hash_of_a_link_is_kept(cast: Cast, newcomer: Person) -> None:
    word = word_for(cast, newcomer, Role.VIEWER)
    kept = Invitation.of(cast.province).values().get()
    assert word not in str(kept)
    assert kept["token_sha256"] == invite.hash_of(word)


def closed(link: str) -> str:
    answer = Client().get(link)
    assert answer.status_code == 410
    assert Client().post(link, CHOSEN).status_code == 410
    return answer.content.decode()


def test_links_that_open_no_more_say_why(cast: Cast, newcomer: Person) -> None:
    first = word_for(cast, newcomer, Role.VIEWER)
    second = word_for(cast, newcomer, Role.VIEWER)
    assert "ลิงก์ใหม่กว่า" in closed(f"/invitation/{first}")
    assert "ไม่พบคำเชิญ" in closed("/invitation/guess")
    Invitation.everywhere.filter(token_sha256=invite.hash_of(second)).update(
        created_at=datetime.now(UTC) - timedelta(days=8), expires_at=datetime.now(UTC) - timedelta(minutes=1)
    )
    assert "หมดอายุ" in closed(f"/invitation/{second}")
    third = word_for(cast, newcomer, Role.VIEWER)
    assert Client().post(f"/invitation/{third}", CHOSEN).status_code == 302
    assert "ถูกใช้ไปแล้ว" in closed(f"/invitation/{third}")


def test_a_link_lives_seven_days(cast: Cast, newcomer: Person) -> None:
    word_for(cast, newcomer, Role.VIEWER)
    row = Invitation.of(cast.province).get()
    assert row.expires_at - row.created_at == timedelta(days=7)


def test_a_link_dies_with_its_senders_right(cast: Cast, newcomer: Person) -> None:
    word = word_for(cast, newcomer, Role.VIEWER, by="admin")
    RoleGrant.everywhere.filter(account__username="admin").delete()
    assert "ไม่มีสิทธิ์เชิญแล้ว" in closed(f"/invitation/{word}")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({**CHOSEN, "username": "Owner"}, "มีคนใช้แล้ว"),
        ({**CHOSEN, "username": "a b"}, "เว้นวรรค"),
        ({**CHOSEN, "secret": "short", "secret_again": "short"}, "อย่างน้อย 10 ตัว"),
        ({}, "aria-invalid"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(cast: Cast, newcomer: Person, typed: dict[str, str], told: str) -> None:
    link = f"/invitation/{word_for(cast, newcomer, Role.VIEWER)}"
    answer = Client().post(link, typed)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Client().get(link).status_code == 200, "the link is still good"


def test_resending_and_withdrawing(cast: Cast, newcomer: Person) -> None:
    browser, _ = invited("owner", newcomer, ["viewer"])
    old = link_on(browser)
    row = Invitation.of(cast.province).get(revoked_at__isnull=True)
    assert browser.post(f"/access/invitations/{row.pk}/resend")["Location"] == "/access/link"
    new = link_on(browser)
    closed(old)
    row = Invitation.of(cast.province).get(revoked_at__isnull=True)
    assert row.roles == ["viewer"]
    assert browser.post(f"/access/invitations/{row.pk}/withdraw")["Location"] == "/access"
    closed(new)


def test_letting_somebody_in_anew(cast: Cast) -> None:
    """A lost password or telephone: nothing that opened the account before does so afterwards."""
    with_totp("viewer")
    account = Account.everywhere.get(username="viewer")
    inside = browser_of("viewer")
    browser = browser_of("admin")
    assert browser.post(f"/access/{account.pk}/again")["Location"] == "/access/link"
    link = link_on(browser)
    assert inside.get("/account").status_code == 200, "the old ways work until the link is used"
    guest = Client()
    assert guest.post(link, {name: CHOSEN[name] for name in ("secret", "secret_again")}).status_code == 302
    assert guest.get("/account").status_code == 200
    assert inside.get("/account").status_code == 302
    assert Client().post("/sign-in", {"username": "viewer", "password": PASSWORD}).status_code == 422
    back = Client().post("/sign-in", {"username": "viewer", "password": CHOSEN["secret"]})
    assert back["Location"] == "/", "the telephone was forgotten"
    account = Account.everywhere.get(username="viewer")
    assert account.roles() == {Role.VIEWER}


def test_closing_and_coming_back(cast: Cast) -> None:
    account = Account.everywhere.get(username="viewer")
    inside, browser = browser_of("viewer"), browser_of("admin")
    assert browser.post(f"/access/{account.pk}/close").status_code == 302
    assert inside.get("/account").status_code == 302
    assert Client().post("/sign-in", {"username": "viewer", "password": PASSWORD}).status_code == 422
    assert browser.post(f"/access/{account.pk}/close").status_code == 422
    browser.post(f"/access/{account.pk}/again")
    guest = Client()
    guest.post(link_on(browser), {name: CHOSEN[name] for name in ("secret", "secret_again")})
    assert guest.get("/account").status_code == 200


def test_closing_an_account_closes_the_links_to_it(cast: Cast) -> None:
    account = Account.everywhere.get(username="viewer")
    browser = browser_of("admin")
    browser.post(f"/access/{account.pk}/again")
    link = link_on(browser)
    browser.post(f"/access/{account.pk}/close")
    closed(link)


def test_a_link_to_an_account_that_rose_above_its_sender_opens_nothing(cast: Cast) -> None:
    account = Account.everywhere.get(username="viewer")
    browser = browser_of("admin")
    browser.post(f"/access/{account.pk}/again")
    link = link_on(browser)
    browser_of("owner").post(f"/access/{account.pk}/grant", {"roles": ["owner"], "where": "all"})
    assert "ไม่มีสิทธิ์เชิญแล้ว" in closed(link)


def test_roles_are_given_and_taken(cast: Cast) -> None:
    account = Account.everywhere.get(username="viewer")
    browser = browser_of("admin")
    assert browser.post(f"/access/{account.pk}/grant", {"roles": ["duty"], "where": "all"}).status_code == 302
    assert browser.post(f"/access/{account.pk}/grant", {"roles": ["duty"], "where": "all"}).status_code == 422
    grant = RoleGrant.of(cast.province).get(account=account, role="duty")
    assert browser.post(f"/access/{account.pk}/revoke", {"grant": grant.pk}).status_code == 302
    for gone in (grant.pk, "x", ""):
        assert browser.post(f"/access/{account.pk}/revoke", {"grant": gone}).status_code == 422
    assert account.roles() == {Role.VIEWER}
    actions = list(AuditEvent.of(cast.province).values_list("action", flat=True))
    assert actions[-2:] == ["role.grant", "role.revoke"]


def test_an_admin_is_below_an_owner(cast: Cast, newcomer: Person) -> None:
    owner, viewer = (Account.everywhere.get(username=name) for name in ("owner", "viewer"))
    browser = browser_of("admin")
    assert 'value="owner"' not in browser.get("/access/invite").content.decode()
    assert browser.post(f"/access/{viewer.pk}/grant", {"roles": ["owner"], "where": "all"}).status_code == 422
    assert invited("admin", newcomer, ["owner"])[1].status_code == 422
    held = RoleGrant.of(cast.province).get(account=owner, role="owner")
    assert browser.post(f"/access/{owner.pk}/revoke", {"grant": held.pk}).status_code == 422
    for deed in ("close", "again"):
        assert browser.post(f"/access/{owner.pk}/{deed}").status_code == 422
    own = Account.everywhere.get(username="admin")
    assert browser.post(f"/access/{own.pk}/grant", {"roles": ["approver"], "where": "all"}).status_code == 422
    assert not Invitation.everywhere.exists()


def test_the_last_owner_stays(cast: Cast) -> None:
    owner = Account.everywhere.get(username="owner")
    held = RoleGrant.of(cast.province).get(account=owner, role="owner")
    browser = browser_of("owner")
    answer = browser.post(f"/access/{owner.pk}/revoke", {"grant": held.pk})
    assert answer.status_code == 422
    assert "คนสุดท้าย" in answer.content.decode()
    assert browser.post(f"/access/{owner.pk}/close").status_code == 422
    other = Account.everywhere.get(username="viewer")
    browser.post(f"/access/{other.pk}/grant", {"roles": ["owner"], "where": "all"})
    assert browser.post(f"/access/{owner.pk}/revoke", {"grant": held.pk}).status_code == 302
    assert browser_of("viewer").post(f"/access/{other.pk}/close").status_code == 422


@pytest.fixture
def district(cast: Cast) -> Office:
    """A district with an administrator of its own."""
    office = make_office(cast.province, "สำนักงานอำเภอ", Office.Kind.DISTRICT)
    account = make_account(make_person(office, "พัฒนาการอำเภอ"), "district")
    RoleGrant.everywhere.create(province=cast.province, account=account, office=office, role=Role.ADMIN)
    return office


def test_an_administrator_of_one_office_sees_and_does_only_its_own(cast: Cast, district: Office) -> None:
    own, other = make_person(district, "พัฒนากร"), make_person(cast.office, "เลขานุการ")
    browser = browser_of("district")
    assert browser.get("/account").status_code == 200, "the campaign is everybody's to see"
    page = browser.get("/access").content.decode()
    assert "พัฒนาการอำเภอ" in page
    assert cast.people["owner"].name not in page
    assert invited("district", other, ["viewer"], district.pk)[1].status_code == 422
    assert invited("district", own, ["viewer"], "all")[1].status_code == 422
    assert invited("district", own, ["producer"], district.pk)[1].status_code == 422
    assert invited("district", own, ["viewer"], district.pk)[1].status_code == 302
    viewer = Account.everywhere.get(username="viewer")
    assert browser.get(f"/access/{viewer.pk}").status_code == 404
    assert browser.get("/settings").status_code == 403


def test_whoever_left_is_not_invited(cast: Cast, newcomer: Person) -> None:
    word = word_for(cast, newcomer, Role.VIEWER)
    newcomer.left_on = datetime.now(UTC).date()
    newcomer.save()
    closed(f"/invitation/{word}")
    with pytest.raises(DomainError, match="ไม่ได้อยู่ในสำนักงานแล้ว"):
        word_for(cast, newcomer, Role.VIEWER)
    assert invited("owner", newcomer, ["viewer"])[1].status_code == 422


FOUNDING = {
    **CHOSEN,
    "name": "สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง",
    "code": "Sample",
    "letter_code": "ตย ๐๐๑๙",
    "person_name": "หัวหน้าฝ่าย",
    "position": "หัวหน้าฝ่ายอำนวยการ",
    "staff_type": "official",
}


def test_the_first_run_makes_an_owner(db: None) -> None:
    word = found.new_first_link()
    assert word is not None
    assert word not in str(FirstRun.everywhere.values().get())
    browser = Client()
    assert browser.get(f"/begin/{word}").status_code == 200
    assert browser.post(f"/begin/{word}", {**FOUNDING, "secret": "1"}).status_code == 422
    assert not Province.everywhere.exists()
    assert browser.post(f"/begin/{word}", FOUNDING)["Location"] == "/welcome"
    assert browser.get("/welcome").status_code == 200
    province = Province.everywhere.get()
    account = Account.of(province).get()
    assert (province.code, province.letter_code) == ("sample", "ตย ๐๐๑๙")
    assert Office.of(province).get().kind == Office.Kind.PROVINCIAL
    assert account.roles() == {Role.OWNER, Role.ADMIN}
    assert account.person.name == "หัวหน้าฝ่าย"
    assert Client().get(f"/begin/{word}").status_code == 410
    assert found.new_first_link() is None
    assert {"province.found", "person.add", "account.open"} <= set(
        AuditEvent.of(province).values_list("action", flat=True)
    )


def test_every_start_makes_the_earlier_first_link_useless(db: None) -> None:
    old, new = found.new_first_link(), found.new_first_link()
    assert Client().get(f"/begin/{old}").status_code == 410
    assert Client().get("/begin/guess").status_code == 410
    assert Client().get(f"/begin/{new}").status_code == 200


def test_an_owned_folder_has_no_first_link(cast: Cast) -> None:
    assert found.new_first_link() is None
    assert Client().get("/begin/anything").status_code == 410


def test_nobody_links_or_protects_for_another(cast: Cast) -> None:
    from saisaat.actions import enter, protect

    account = Account.everywhere.get(username="viewer")
    stranger = Actor(cast.people["owner"].pk)
    now = datetime.now(UTC)
    with pytest.raises(DomainError):
        protect.turn_off_totp(account=account, by=stranger, now=now)
    with pytest.raises(DomainError):
        enter.change_password(account=account, password="x", by=stranger, now=now)
