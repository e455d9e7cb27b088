"""Enrolling people and keeping their history: joining, putting right, changing post, leaving, coming back.

Each is one short transaction. A change of post ends the running posting and begins another; no posting is rewritten.
"""

from datetime import date, datetime

from django.db import transaction

from saisaat.actions.grant import close_account
from saisaat.domain.cadence import local_day
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.domain.staff import (
    LEAVING,
    Began,
    Ended,
    Post,
    StaffType,
    check_change_day,
    check_joined_on,
    check_post,
)
from saisaat.domain.staff_list.cells import is_name, tidy
from saisaat.queries.people import present_posting
from saisaat.records import audit
from saisaat.records.models import Account, Office, Person, Posting
from saisaat.records.sealing import new_key, seal


def enrol(
    *,
    office: Office,
    name: str,
    post: Post,
    joined_on: date | None,
    since: date | None,
    by: Actor,
    now: datetime,
) -> Person:
    """Somebody new in `office`. `since` is when they took up this post, where it is known."""
    check_may(by, Deed.MANAGE_PEOPLE, office.pk)
    check_post(post)
    today = local_day(now)
    check_joined_on(joined_on, today=today)
    if since is not None:
        check_change_day(since, since=joined_on, today=today)
    with transaction.atomic():
        key = new_key(office.province_id, "person", now)
        person = Person.everywhere.create(
            province_id=office.province_id,
            office=_living(office),
            staff_type=post.staff_type,
            position=post.position,
            level=post.level,
            name_sealed=seal(key, _checked_name(name)),
            key=key,
            joined_on=joined_on,
        )
        _begin(person, Began.RECORDED if since is None else Began.JOINED, since)
        audit.append(by=by, action="person.add", row=person, now=now)
    return person


def correct(*, person: Person, name: str, joined_on: date | None, by: Actor, now: datetime) -> None:
    """The name or the day of joining was written down wrongly. An erased name stays erased."""
    check_may(by, Deed.MANAGE_PEOPLE, person.office_id)
    check_joined_on(joined_on, today=local_day(now))
    with transaction.atomic():
        person = _locked(person)
        if person.left_on and joined_on and joined_on > person.left_on:
            raise Invalid("วันบรรจุมาหลังวันที่ออก จึงยังไม่ได้บันทึก โปรดตรวจวันที่อีกครั้ง")
        if person.key.wrapped is not None and name:
            person.name_sealed = seal(person.key, _checked_name(name))
        person.joined_on = joined_on
        person.save(update_fields=["name_sealed", "joined_on"])
        audit.append(by=by, action="person.correct", row=person, now=now)


def repost(*, person: Person, office: Office, post: Post, on: date, by: Actor, now: datetime) -> Posting:
    """From `on` the person holds `post` in `office`: a transfer where the office changes, else a change of post."""
    check_may(by, Deed.MANAGE_PEOPLE, office.pk)
    check_post(post)
    with transaction.atomic():
        person = _locked(person)
        check_may(by, Deed.MANAGE_PEOPLE, person.office_id)
        if person.left_on is not None:
            raise NotNow("คนนี้ออกจากสำนักงานไปแล้ว จึงยังไม่ได้บันทึก หากกลับมาโปรดใช้ \u201cกลับมาปฏิบัติงาน\u201d")
        held = (person.office_id, person.position, person.level, person.staff_type)
        if held == (office.pk, post.position, post.level, post.staff_type):
            raise NotNow("ตำแหน่งและสำนักงานเหมือนเดิม จึงไม่มีอะไรเปลี่ยนแปลง")
        moved = person.office_id != office.pk
        _end(person, Ended.MOVED if moved else Ended.CHANGED, on, "", now)
        posting = _take_up(person, office, post, Began.MOVED if moved else Began.CHANGED, on)
        audit.append(by=by, action="person.move" if moved else "person.repost", row=person, now=now)
    return posting


def leave(*, person: Person, how: Ended, on: date, reason: str, by: Actor, now: datetime) -> None:
    """The person does not work here from `on`. Their account is closed; what they did stays theirs."""
    check_may(by, Deed.MANAGE_PEOPLE, person.office_id)
    if how not in LEAVING:
        raise Invalid("โปรดเลือกว่าออกเพราะอะไร ยังไม่ได้บันทึก")
    if str(person.pk) == by.id:
        raise NotNow("บันทึกว่าตนเองออกไม่ได้ เพราะบัญชีที่ใช้อยู่จะถูกปิด ยังไม่ได้บันทึก โปรดให้ผู้ดูแลอีกคนเป็นผู้บันทึก")
    with transaction.atomic():
        person = _locked(person)
        if person.left_on is not None:
            raise NotNow("คนนี้ออกไปแล้ว จึงไม่มีอะไรเปลี่ยนแปลง")
        if person.joined_on and on < person.joined_on:
            raise Invalid("วันที่ออกมาก่อนวันบรรจุ จึงยังไม่ได้บันทึก โปรดตรวจวันที่อีกครั้ง")
        _end(person, how, on, reason.strip()[:300], now)
        person.left_on = on
        person.save(update_fields=["left_on"])
        audit.append(by=by, action="person.leave", row=person, now=now)
        account = Account.of(person.province_id).filter(person=person, is_active=True).first()
        if account is not None:
            close_account(account=account, by=by, now=now)


def come_back(*, person: Person, office: Office, post: Post, on: date, by: Actor, now: datetime) -> Posting:
    """Somebody who left works here again from `on`. A closed account stays closed until it is given anew."""
    check_may(by, Deed.MANAGE_PEOPLE, office.pk)
    check_post(post)
    with transaction.atomic():
        person = _locked(person)
        if person.left_on is None:
            raise NotNow("คนนี้ยังปฏิบัติงานอยู่ จึงไม่มีอะไรเปลี่ยนแปลง")
        check_change_day(on, since=person.left_on, today=local_day(now))
        person.left_on = None
        person.save(update_fields=["left_on"])
        posting = _take_up(person, office, post, Began.RETURNED, on)
        audit.append(by=by, action="person.return", row=person, now=now)
    return posting


def note_export(*, person: Person, file_sha256: str, by: Actor, now: datetime) -> None:
    """`person` took a list of people out of the system; the digest says which file."""
    with transaction.atomic():
        audit.append(by=by, action="people.export", row=person, now=now, digest=file_sha256)


def _checked_name(name: str) -> str:
    plain = tidy(name)
    if not plain or not is_name(plain):
        raise Invalid("อ่านเป็นชื่อคนไม่ได้ จึงยังไม่ได้บันทึก โปรดใส่ชื่อ-สกุลเป็นตัวอักษร ไม่เกิน 150 ตัว")
    return plain


def _living(office: Office) -> Office:
    if office.merged_into_id is not None:
        raise NotNow("สำนักงานนี้ถูกรวมกับสำนักงานอื่นแล้ว จึงยังไม่ได้บันทึก โปรดเลือกสำนักงานที่รวมไป")
    return office


def _locked(person: Person) -> Person:
    return Person.of(person.province_id).select_for_update(of=("self",)).select_related("key").get(pk=person.pk)


def _begin(person: Person, how: Began, on: date | None) -> Posting:
    posting = present_posting(person)
    posting.began, posting.starts_on = how, on
    posting.save(force_insert=True)
    return posting


def _end(person: Person, how: Ended, on: date, reason: str, now: datetime) -> None:
    """End the running posting; somebody written down before there were postings gets theirs first."""
    running = Posting.of(person.province_id).filter(person=person, ended="").first()
    running = running or _begin(person, Began.RECORDED, None)
    check_change_day(on, since=running.starts_on, today=local_day(now))
    running.ended, running.ends_on, running.reason = how, on, reason
    running.save(update_fields=["ended", "ends_on", "reason"])


def _take_up(person: Person, office: Office, post: Post, how: Began, on: date) -> Posting:
    person.office, person.position, person.level = _living(office), post.position, post.level
    person.staff_type = StaffType(post.staff_type)
    person.save(update_fields=["office", "position", "level", "staff_type"])
    return _begin(person, how, on)
