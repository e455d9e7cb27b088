"""The first run: a one-time link on the console makes the province, its office, the first person and the owner."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from saisaat.actions.admit import add_person, found_province, open_account
from saisaat.actions.invite import hash_of
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.roles import Actor, Role
from saisaat.domain.usernames import check_username
from saisaat.records.models import Account, FirstRun, Office, RoleGrant

_BY = Actor.system("first-run")


@dataclass(frozen=True, slots=True)
class Founding:
    """What the first page asks. `code` is short and fixed; `letter_code` heads the office's letters (นว ๐๐๑๙)."""

    name: str
    code: str
    letter_code: str
    person_name: str
    position: str
    staff_type: str
    username: str
    password: str


def has_owner() -> bool:
    return RoleGrant.everywhere.filter(role=Role.OWNER).exists()


def new_first_link() -> str | None:
    """The secret word of a new link, the only one that opens from now on; None when there is an owner already."""
    with transaction.atomic():
        if has_owner():
            FirstRun.everywhere.all().delete()
            return None
        word = secrets.token_urlsafe(24)
        FirstRun.everywhere.update_or_create(pk=1, defaults={"token_sha256": hash_of(word)})
        return word


def check_first_link(word: str) -> None:
    """Raise NotNow unless the link opens."""
    row = FirstRun.everywhere.first()
    if has_owner() or row is None:
        raise NotNow("ระบบนี้มีเจ้าของแล้ว ลิงก์เริ่มต้นจึงใช้ไม่ได้อีก โปรดเข้าสู่ระบบตามปกติ")
    if not hmac.compare_digest(row.token_sha256, hash_of(word)):
        raise NotNow("ลิงก์เริ่มต้นนี้ไม่ใช่ลิงก์ล่าสุด โปรดใช้ลิงก์ที่เครื่องแม่ข่ายแสดงเมื่อเปิดครั้งหลังสุด")


def found(*, word: str, founding: Founding, now: datetime) -> Account:
    """All of it or nothing. The link opens nothing afterwards."""
    username = check_username(founding.username)
    with transaction.atomic():
        list(FirstRun.everywhere.select_for_update())
        check_first_link(word)
        try:
            with transaction.atomic():
                province = found_province(
                    code=founding.code, name=founding.name, letter_code=founding.letter_code, by=_BY, now=now
                )
        except IntegrityError as taken:
            raise Invalid("รหัสจังหวัดนี้มีอยู่แล้วในระบบ ยังไม่มีการบันทึก โปรดใช้รหัสอื่น") from taken
        person = add_person(
            office=Office.of(province).get(),
            name=founding.person_name,
            position=founding.position,
            staff_type=founding.staff_type,
            by=_BY,
            now=now,
        )
        account = open_account(
            person=person,
            username=username,
            password=founding.password,
            roles=frozenset({Role.OWNER, Role.ADMIN}),
            by=_BY,
            now=now,
        )
        FirstRun.everywhere.all().delete()
    return account
