"""An office set up the way an office sets itself up: through the actions, up to armed deliveries."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from saisaat.actions import admit, appoint, compose, connect, deliver, propose, receive, review, schedule, sign
from saisaat.domain.approval import ItemKind
from saisaat.domain.campaign import SignatureRole
from saisaat.domain.delivery import State, Way
from saisaat.domain.messages import EventKind, InboundEvent
from saisaat.domain.roles import Actor, Role
from saisaat.domain.topics import Audience
from saisaat.records.models import Attempt, Campaign, Channel, Delivery, Group, Item, Person, Province
from tests.factories import NOW, VOUCHED, jpeg, make_delivery, make_entry

SYSTEM = Actor.system("tests")
WORKER = Actor.system("worker")
CREDENTIALS = {"access_token": "practice-token", "secret": "practice-secret"}
SECOND = timedelta(seconds=1)

PARTS: dict[str, frozenset[Role]] = {
    "owner": frozenset({Role.OWNER}),
    "proposer": frozenset({Role.PROPOSER}),
    "endorser": frozenset({Role.ENDORSER}),
    "approver": frozenset({Role.APPROVER}),
    "producer": frozenset({Role.PRODUCER}),
    "reviewer": frozenset({Role.REVIEWER}),
    "second_reviewer": frozenset({Role.REVIEWER, Role.PRODUCER}),
    "duty": frozenset({Role.DUTY}),
    "auditor": frozenset({Role.AUDITOR}),
}
_number = count(1)


def proposal(**changes: Any) -> dict[str, Any]:
    """What the reader makes of a small project of two weeks: two posters a week, one clip a month."""
    return {
        "title": "LINE ใสสะอาด (ทดสอบ)",
        "org": "สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง",
        "period": {"start": "2020-05-04", "end": "2020-05-17"},
        "quotas": [
            {"kind": "poster", "per": "week", "at_least": 2, "what": "ภาพนิ่ง อย่างน้อยสัปดาห์ละ ๒ เรื่อง"},
            {"kind": "clip", "per": "month", "at_least": 1, "what": "คลิป เดือนละ ๑ เรื่อง"},
        ],
        "kpis": [{"no": "1", "text": "ร้อยละ ๘๐ ของผู้เข้าร่วมรับทราบ", "percent": 80}],
        "signatures": [],
        "evidence": {"title": {"line": 1, "text": "x", "confidence": 1.0}},
        "warnings": [],
    } | changes


@dataclass(slots=True)
class Stage:
    """One office. `people` and `actor` go by the names of PARTS."""

    province: Province
    people: dict[str, Person]
    channel: Channel
    staff: Group
    network: Group
    campaign: Campaign

    def actor(self, part: str) -> Actor:
        return Actor(self.people[part].pk, PARTS[part])

    def draft(self, now: datetime = NOW) -> Item:
        """A clip nobody has reviewed."""
        number = next(_number)
        return compose.compose_clip(
            campaign=self.campaign,
            clip=compose.Clip(
                title=f"คลิปที่ {number}",
                text="เล่าเรื่องของขวัญ",
                url=f"https://example.org/{number}",
                owner="สำนักงาน",
                rights="จัดทำเอง",
                seconds=65,
            ),
            thumbnail=jpeg(colour=f"#{number:06x}"),
            author=self.people["producer"],
            by=self.actor("producer"),
            now=now,
        )

    def approved(self, now: datetime = NOW) -> Item:
        return self.approve(review.submit(item=self.draft(now), by=self.actor("producer"), now=now), now)

    def approve(self, item: Item, now: datetime = NOW) -> Item:
        reviewer = self.people["reviewer"]
        seen, by = item.sha256, self.actor("reviewer")
        review.approve(item=item, seen_sha256=seen, checklist=VOUCHED, reviewer=reviewer, by=by, now=now)
        item.refresh_from_db()
        return item

    def planned(self, item: Item | None = None, group: Group | None = None, at: datetime = NOW) -> Delivery:
        """A planned delivery of an entry of its own."""
        entry = make_entry(self.campaign, at=at, kind=ItemKind.CLIP)
        return make_delivery(entry, group or self.staff, item, State.PLANNED)

    def armed(self, group: Group | None = None, at: datetime = NOW) -> Delivery:
        """A delivery that waits for a way out since `at`."""
        delivery = self.planned(self.approved(), group, at)
        schedule.promote(now=at, by=WORKER)
        delivery.refresh_from_db()
        assert delivery.state == State.ARMED
        return delivery

    def claimed(self, delivery: Delivery, now: datetime = NOW, way: Way = Way.PIGGYBACK) -> Attempt:
        """An attempt that holds `delivery`; no call was made yet."""
        if way is Way.PUSH:
            attempt = deliver.claim_push(delivery=self.fresh(delivery), heads=3, now=now, worker="w", by=WORKER)
        else:
            opened = window(str(delivery.group_id), now)
            attempt = deliver.claim_reply(window=opened, way=way, now=now, worker="w", by=WORKER)
        assert attempt is not None
        found = Attempt.everywhere.get(pk=attempt)
        assert found.delivery_id == delivery.pk
        return found

    def called(self, delivery: Delivery, now: datetime = NOW, way: Way = Way.PIGGYBACK) -> Attempt:
        """An attempt whose call has begun and whose end is not known."""
        attempt = self.claimed(delivery, now, way)
        assert deliver.begin_call(attempt_id=attempt.pk, now=now, by=WORKER) is not None
        attempt.refresh_from_db()
        return attempt

    def fresh(self, delivery: Delivery) -> Delivery:
        rows = Delivery.everywhere.select_related("item", "group__channel", "entry__campaign")
        return rows.get(pk=delivery.pk)

    def state(self, delivery: Delivery) -> State:
        return State(Delivery.everywhere.get(pk=delivery.pk).state)

    def event(self, kind: EventKind = EventKind.MESSAGE, group: Group | None = None, **fields: Any) -> InboundEvent:
        """An event of the staff group, at NOW, with a reply token and an id of its own."""
        number = next(_number)
        told = {
            "id": f"event-{number}",
            "occurred_at": NOW,
            "group": (group or self.staff).channel_group,
            "user": "U" + "1" * 32,
            "reply_token": f"token-{number}",
        } | fields
        return InboundEvent(kind=kind, **told)

    def hear(self, *events: InboundEvent, now: datetime = NOW) -> receive.TakenIn:
        """Store the events and do what they mean."""
        taken = receive.take_in(channel=self.channel, events=events, now=now)
        receive.handle_waiting(now=now)
        return taken


def window(group: str, at: datetime = NOW, token: str | None = None) -> deliver.Window:
    return deliver.Window(group, token or f"token-{next(_number)}", at)


def make_office(prefix: str = "", kind: str = "line") -> Stage:
    """A province with people, a channel in two groups and a campaign that is proposed, not signed."""
    province = admit.found_province(code=f"s{next(_number)}", name="สำนักงานทดสอบ", letter_code="", by=SYSTEM, now=NOW)
    office = admit.add_office(province=province, kind="district", name="สำนักงานอำเภอ", by=SYSTEM, now=NOW)
    people = {}
    for part, roles in PARTS.items():
        people[part] = admit.add_person(
            office=office, name=f"ชื่อ {part}", position=part, staff_type="official", by=SYSTEM, now=NOW
        )
        admit.open_account(
            person=people[part], username=f"{prefix}{part}", password=None, roles=roles, by=SYSTEM, now=NOW
        )
    channel = connect.connect_channel(
        province=province,
        kind=kind,
        name="บัญชีทดสอบ",
        credentials=CREDENTIALS if kind == "line" else {},
        api_base="http://127.0.0.1" if kind == "line" else "",
        by=SYSTEM,
        now=NOW,
    )
    groups = [
        connect.add_group(
            channel=channel, channel_group=f"C{next(_number):032d}", name=name, audience=audience, by=SYSTEM, now=NOW
        )
        for name, audience in (("บุคลากร", Audience.STAFF), ("เครือข่าย", Audience.NETWORK))
    ]
    by = Actor(people["proposer"].pk, PARTS["proposer"])
    campaign = propose.import_proposal(province=province, proposal=proposal(), by=by, now=NOW)
    return Stage(province, people, channel, groups[0], groups[1], campaign)


def sign_all(stage: Stage) -> None:
    """Proposer, endorser, approver, in order."""
    for role in SignatureRole:
        sign.sign(
            campaign=stage.campaign,
            role=role,
            person=stage.people[role.value],
            seen_sha256=stage.campaign.content_sha256,
            by=stage.actor(role.value),
            now=NOW,
        )
    stage.campaign.refresh_from_db()


def make_stage(prefix: str = "", kind: str = "line") -> Stage:
    """The office with its campaign signed and its working group appointed."""
    stage = make_office(prefix, kind)
    sign_all(stage)
    places = [appoint.Appointment(stage.people["owner"], "ประธาน")]
    appoint.appoint(campaign=stage.campaign, appointments=places, by=stage.actor("owner"), now=NOW)
    return stage
