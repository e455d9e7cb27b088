"""Rows for tests, written straight into the tables: the state a test needs, without the road that leads there.

Each function fills in what the test does not care about. The database's own constraints and triggers still hold.
"""

import hashlib
import io
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from PIL import Image

from saisaat.actions.compose import store_file
from saisaat.domain.approval import ItemKind, ItemStatus, canonical_message, item_sha256
from saisaat.domain.campaign import Status, canonical, content_sha256
from saisaat.domain.delivery import DELIVERED_STATES, Outcome, State, Way
from saisaat.domain.feedback import CommentKind
from saisaat.domain.reviewing import CHECKLIST, ticked
from saisaat.domain.roles import Role
from saisaat.domain.topics import Audience
from saisaat.records.models import (
    Account,
    Attempt,
    Campaign,
    Channel,
    Comment,
    Delivery,
    Group,
    Item,
    Media,
    Office,
    Person,
    PlanEntry,
    Province,
    Quota,
    RoleGrant,
    Topic,
)
from saisaat.records.sealing import class_key, new_key, seal

NOW = datetime(2020, 5, 13, 3, 0, tzinfo=UTC)
"""Wednesday 13 May 2020, 10:00 in Bangkok: the third week of the campaign below."""

PASSWORD = "a-password-of-tests"
VOUCHED = ticked(CHECKLIST)
"""A review's checklist with every point ticked."""
LIVE = frozenset({State.ARMED, State.SENDING, State.UNCERTAIN, *DELIVERED_STATES})
_number = count(1)


def make_province(name: str = "สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง") -> Province:
    return Province.everywhere.create(code=f"p{next(_number)}", name=name)


def make_office(province: Province, name: str = "สำนักงานจังหวัด", kind: str = Office.Kind.PROVINCIAL) -> Office:
    return Office.everywhere.create(province=province, kind=kind, name=name)


def make_person(office: Office, position: str = "นักวิชาการพัฒนาชุมชน", name: str = "") -> Person:
    key = new_key(office.province_id, "person", NOW)
    return Person.everywhere.create(
        province_id=office.province_id,
        office=office,
        staff_type=Person.StaffType.OFFICIAL,
        position=position,
        name_sealed=seal(key, name or position),
        key=key,
    )


def make_account(person: Person, username: str, *roles: Role, password: str | None = PASSWORD) -> Account:
    account = Account.everywhere.create_account(
        province=person.province, username=username, password=password, person=person
    )
    for role in roles:
        RoleGrant.everywhere.create(province_id=person.province_id, account=account, role=role)
    return account


def make_channel(province: Province) -> Channel:
    """A channel that prints what it sends."""
    key = new_key(province, "channel", NOW)
    return Channel.everywhere.create(
        province=province, kind="console", name="บัญชีทดสอบ", credentials_sealed=seal(key, "{}"), key=key
    )


def make_group(channel: Channel, name: str = "กลุ่มเจ้าหน้าที่", audience: Audience = Audience.STAFF) -> Group:
    number = next(_number)
    return Group.everywhere.create(
        province_id=channel.province_id,
        channel=channel,
        channel_group=f"C{number:032d}",
        name=name,
        audience=audience,
        position=number,
        joined_at=NOW - timedelta(days=60),
        members=104,
        members_read_at=NOW,
    )


def make_campaign(
    province: Province,
    start: date = date(2020, 4, 29),
    end: date = date(2020, 9, 30),
    status: Status = Status.RUNNING,
) -> Campaign:
    """Five months, three posters a week and a clip a month."""
    content = {"title": "LINE ใสสะอาด ข้าราชการไทยหัวใจสะอาด"}
    key = new_key(province, "campaign", NOW - timedelta(days=90))
    campaign = Campaign.everywhere.create(
        province=province,
        title=content["title"],
        office_name=province.name,
        status=status,
        period_start=start,
        period_end=end,
        content_sealed=seal(key, canonical(content).decode()),
        key=key,
        content_sha256=content_sha256(content),
        created_at=NOW - timedelta(days=90),
    )
    for kind, per, at_least in (("poster", "week", 3), ("clip", "month", 1)):
        Quota.everywhere.create(
            province=province, campaign=campaign, kind=kind, per=per, at_least=at_least, what=f"{kind} {per}"
        )
    return campaign


def make_topic(province: Province, headline: str = "ของขวัญแบบไหนรับได้") -> Topic:
    return Topic.everywhere.create(
        province=province,
        code=f"TEST{next(_number):03d}",
        topic="การรับทรัพย์สิน",
        headline=headline,
        body="รับจากผู้ที่ไม่ใช่ญาติได้ไม่เกิน 3,000 บาทต่อคนต่อโอกาส",
        law="ประกาศคณะกรรมการ ป.ป.ช.",
        section="ข้อ 5",
        verified="text",
        applies_to=["ทุกคน"],
        publishable=True,
        cite_check=False,
    )


def jpeg(width: int = 64, height: int = 64, colour: str = "#0e5a55") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


def make_media(province: Any, data: bytes | None = None) -> Media:
    data = jpeg() if data is None else data
    row, _ = Media.everywhere.get_or_create(
        province_id=getattr(province, "pk", province),
        sha256=store_file(data),
        defaults={"content_type": "image/jpeg", "size": len(data)},
    )
    return row


def make_item(
    campaign: Campaign,
    author: Person,
    *,
    kind: ItemKind = ItemKind.POSTER,
    title: str = "ของขวัญแบบไหนรับได้",
    status: ItemStatus = ItemStatus.APPROVED,
    **fields: Any,
) -> Item:
    """An item with a small picture, approved unless told otherwise. An announcement has no picture."""
    picture = None if kind is ItemKind.ANNOUNCEMENT else make_media(campaign.province_id)
    canonical = canonical_message([{"type": "text", "text": title}])
    sha256 = item_sha256([picture.sha256] if picture else [], canonical)
    wanted = {
        "text": "รับจากผู้ที่ไม่ใช่ญาติได้ไม่เกิน 3,000 บาทต่อคนต่อโอกาส",
        "alt": f"ภาพความรู้: {title}",
        "citation": "ที่มา: ประกาศคณะกรรมการ ป.ป.ช. ข้อ 5",
    } | fields
    return Item.everywhere.create(
        province_id=campaign.province_id,
        campaign=campaign,
        kind=kind,
        title=title,
        picture=picture,
        preview=picture,
        canonical=canonical,
        sha256=sha256,
        status=status,
        approved_sha256=sha256 if status is ItemStatus.APPROVED else "",
        author=author,
        created_at=NOW - timedelta(days=40),
        **wanted,
    )


def make_entry(
    campaign: Campaign, at: datetime = NOW, kind: ItemKind = ItemKind.POSTER, title: str = "ของขวัญแบบไหนรับได้"
) -> PlanEntry:
    no = PlanEntry.of(campaign.province_id).filter(campaign=campaign).count() + 1
    return PlanEntry.everywhere.create(
        province_id=campaign.province_id,
        campaign=campaign,
        no=no,
        kind=kind,
        title=title,
        at=at,
        deadline=at + timedelta(hours=10),
    )


def make_delivery(
    entry: PlanEntry,
    group: Group,
    item: Item | None,
    state: State = State.SENT,
    way: Way = Way.PIGGYBACK,
    **fields: Any,
) -> Delivery:
    """A delivery in any state, with the times that state needs."""
    sent_at = entry.at + timedelta(minutes=2) if state in DELIVERED_STATES else None
    wanted = {
        "approved_sha256": item.approved_sha256 if item is not None and state in LIVE else "",
        "sent_at": sent_at,
        "way": way if sent_at else None,
        "closed_at": entry.at + timedelta(days=7) if state is State.CLOSED else None,
    } | fields
    return Delivery.everywhere.create(
        province_id=entry.province_id,
        entry=entry,
        group=group,
        item=item,
        state=state,
        due_at=entry.at,
        deadline=entry.deadline,
        **wanted,
    )


def make_attempt(delivery: Delivery, outcome: Outcome | None = Outcome.ACCEPTED, **fields: Any) -> Attempt:
    """An attempt by the delivery's way (a free reply without one); open where `outcome` is None."""
    body = "[]"
    started = delivery.due_at + timedelta(minutes=2)
    number = next(_number)
    wanted = {
        "no": Attempt.of(delivery.province_id).filter(delivery=delivery).count() + 1,
        "mark": f"mark{number}",
        "way": delivery.way or Way.PIGGYBACK,
        "token_sha256": hashlib.sha256(f"token {number}".encode()).hexdigest(),
        "token_at": started,
        "calls": 1,
        "finished_at": started + timedelta(seconds=1) if outcome else None,
    } | fields
    return Attempt.everywhere.create(
        province_id=delivery.province_id,
        delivery=delivery,
        body=body,
        body_sha256=hashlib.sha256(body.encode()).hexdigest(),
        canonical_sha256=delivery.approved_sha256,
        worker="tests",
        started_at=started,
        outcome=outcome,
        **wanted,
    )


def make_comment(
    delivery: Delivery | None,
    text: str = "ขอบคุณค่ะ",
    guess: CommentKind = CommentKind.ACK,
    province: str = "",
    **fields: Any,
) -> Comment:
    """A comment on the page of `delivery`; without one it tells no publication, and `campaign` is among `fields`."""
    province = str(delivery.province_id) if delivery is not None else province
    key = class_key(province, "comments tests", NOW)
    wanted = {"origin": Comment.Origin.PAGE, "day": NOW.date(), "confidence": 0.8} | fields
    return Comment.everywhere.create(
        province_id=province, delivery=delivery, text_sealed=seal(key, text), key=key, guess=guess, **wanted
    )
