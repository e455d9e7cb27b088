"""Configuring: what the office chooses for itself, each change audited."""

from datetime import date, datetime

from django.db import transaction

from saisaat.actions.compose import store_file
from saisaat.domain.denominators import Basis, check_fixed
from saisaat.domain.duty import Turn, check_turn
from saisaat.domain.errors import Invalid
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.domain.topics import Audience
from saisaat.posters.colours import is_colour
from saisaat.records import audit
from saisaat.records.models import Brand, Denominator, DutyTurn, Group, Media, Person, Province, TrafficLogDecision


def assign_group(*, group: Group, name: str, audience: Audience, used: bool, by: Actor, now: datetime) -> Group:
    """Say what a group is for. A group no longer used keeps its history; nothing new is planned for it."""
    check_may(by, Deed.CHANGE_SETTINGS)
    if not name.strip():
        raise Invalid("กลุ่มต้องมีชื่อที่สำนักงานใช้เรียก ค่าเดิมยังอยู่ โปรดใส่ชื่อ")
    with transaction.atomic():
        group = Group.of(group.province_id).select_for_update().get(pk=group.pk)
        group.name, group.audience, group.used = name.strip()[:200], audience, used
        group.save(update_fields=["name", "audience", "used"])
        audit.append(by=by, action="group.assign", row=group, now=now)
    return group


def set_denominator(
    *, group: Group, basis: Basis, number: int | None, source: str, by: Actor, now: datetime
) -> Denominator:
    """Out of how many this group's figures are told from now on."""
    check_may(by, Deed.CHANGE_SETTINGS)
    fixed = basis is Basis.FIXED
    if fixed:
        check_fixed(number, source)
    with transaction.atomic():
        row, _ = Denominator.everywhere.update_or_create(
            group=group,
            defaults={
                "province_id": group.province_id,
                "basis": basis,
                "number": number if fixed else None,
                "source": source.strip() if fixed else "",
                "decided_at": now,
            },
        )
        audit.append(by=by, action="group.denominator", row=row, now=now)
    return row


def add_turn(*, person: Person, first: date, last: date, by: Actor, now: datetime) -> DutyTurn:
    """Put `person` on duty from `first` to `last`. Refused where somebody has one of the days."""
    check_may(by, Deed.CHANGE_SETTINGS)
    with transaction.atomic():
        # The province's row is the roster's lock: two turns added at once would both find the days free.
        Province.everywhere.select_for_update().get(pk=person.province_id)
        near = DutyTurn.of(person.province_id).filter(first__lte=max(first, last), last__gte=min(first, last))
        check_turn(Turn(person.pk, first, last), [Turn(turn.person_id, turn.first, turn.last) for turn in near])
        row = DutyTurn.everywhere.create(province_id=person.province_id, person=person, first=first, last=last)
        audit.append(by=by, action="duty.add", row=row, now=now)
    return row


def remove_turn(*, turn: DutyTurn, by: Actor, now: datetime) -> None:
    check_may(by, Deed.CHANGE_SETTINGS)
    with transaction.atomic():
        audit.append(by=by, action="duty.remove", row=turn, now=now)
        turn.delete()


def set_office(*, province: Province, name: str, letter_code: str, language: str, by: Actor, now: datetime) -> None:
    """The office's name, the code of its letters (ที่ นว 0019/), and the language of its pages."""
    check_may(by, Deed.CHANGE_SETTINGS)
    if not name.strip():
        raise Invalid("สำนักงานต้องมีชื่อ ค่าเดิมยังอยู่ โปรดใส่ชื่อสำนักงาน")
    with transaction.atomic():
        province.name, province.letter_code, province.language = name.strip(), letter_code.strip(), language
        province.save(update_fields=["name", "letter_code", "language"])
        audit.append(by=by, action="office.change", row=_brand(province), now=now)


def set_brand(
    *,
    province: Province,
    primary: str,
    secondary: str,
    address: str,
    telephone: str,
    pictures: dict[str, bytes],
    by: Actor,
    now: datetime,
) -> Brand:
    """Colours (#rrggbb or empty), address and pictures. `pictures` holds clean JPEGs by "logo" and "emblem", only those
    that change.
    """
    check_may(by, Deed.CHANGE_SETTINGS)
    if not all(colour == "" or is_colour(colour) for colour in (primary, secondary)):
        raise Invalid("สีต้องเขียนเป็น #RRGGBB เช่น #0e5a55 ค่าเดิมยังอยู่ โปรดเลือกสีใหม่")
    stored = {name: (store_file(data), len(data)) for name, data in pictures.items()}
    with transaction.atomic():
        brand, _ = Brand.everywhere.select_for_update().get_or_create(province=province)
        brand.primary, brand.secondary = primary.lower(), secondary.lower()
        brand.address, brand.telephone = address.strip(), telephone.strip()
        for name, (sha256, size) in stored.items():
            media, _ = Media.everywhere.get_or_create(
                province=province, sha256=sha256, defaults={"content_type": "image/jpeg", "size": size}
            )
            setattr(brand, name, media)
        brand.save()
        audit.append(by=by, action="office.brand", row=brand, now=now)
    return brand


def decide_traffic_logs(
    *, province: Province, choice: str, grounds: str, person: Person, by: Actor, now: datetime
) -> TrafficLogDecision:
    """What the office decided about keeping traffic logs, and on what grounds. A later decision replaces it."""
    check_may(by, Deed.CHANGE_SETTINGS)
    if choice not in set(TrafficLogDecision.Choice) or not grounds.strip():
        raise Invalid("การตัดสินใจต้องมีทางที่เลือกและเหตุผลหรือผู้ที่ถาม ค่าเดิมยังอยู่ โปรดใส่ให้ครบ")
    with transaction.atomic():
        row, _ = TrafficLogDecision.everywhere.update_or_create(
            province=province, defaults={"choice": choice, "grounds": grounds.strip()[:300], "by": person, "at": now}
        )
        audit.append(by=by, action="office.traffic_logs", row=row, now=now)
    return row


def _brand(province: Province) -> Brand:
    return Brand.everywhere.get_or_create(province=province)[0]
