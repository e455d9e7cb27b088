from datetime import timedelta

from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.delivery import State
from saisaat.domain.plan_changes import Change
from saisaat.domain.roles import Deed
from saisaat.records.models import ExcusedWeek, PlanChange
from tests.factories import NOW, make_delivery, make_entry, make_topic
from tests.scenes import Address, Scene, form

ENTRY = "plan_entry"
MOVABLE = "plan_movable"
"""On Friday 19 June; Saturday is free for it, on Thursday and Sunday there are others."""
ADDRESSES = [
    Address("plan", most=24),
    Address("plan", query="month=2020-06", most=24),
    Address("entries"),
    Address("entries", query="state=planned&kind=poster"),
    Address("entries", query="month=2020-05"),
    Address("plan-ics", look=False),
    Address("plan-xlsx", look=False),
    Address("plan-pdf", look=False),
    Address("plan-check", most=24),
    Address("plan-history"),
    Address("plan-week", query="monday=2020-05-11"),
    Address("plan-week", query="monday=2020-05-18"),
    Address("plan-make", Deed.PLAN, most=28),
    form("plan-make", Deed.PLAN),
    Address("plan-fill", Deed.PLAN, most=32),
    form("plan-fill", Deed.PLAN),
    Address("plan-announce", most=24),
    form("plan-announce-write", Deed.COMPOSE),
    form("plan-announce-submit", Deed.COMPOSE),
    form("plan-announce-again", Deed.PLAN),
    Address("plan-add", Deed.PLAN, query="day=2020-05-20", most=24),
    form("plan-add", Deed.PLAN),
    Address("plan-entry", args=(ENTRY,), most=24),
    Address("plan-entry", args=(MOVABLE,), most=24),
    Address("plan-move", Deed.PLAN, (ENTRY,), most=24),
    Address("plan-move", Deed.PLAN, (ENTRY,), "date=2020-05-17&time=09:30", most=28),
    Address("plan-move", Deed.PLAN, (ENTRY,), "date=2020-05-30&time=21:30", most=28),
    Address("plan-move", Deed.PLAN, (ENTRY,), "date=2020-05-17&time=09:30&part=verdict", most=28, look=False),
    form("plan-move", Deed.PLAN, ENTRY),
    Address("plan-swap", Deed.PLAN, (ENTRY,), most=24),
    form("plan-swap", Deed.PLAN, ENTRY),
    Address("plan-edit", Deed.PLAN, (ENTRY,), most=24),
    form("plan-edit", Deed.PLAN, ENTRY),
    Address("plan-withdraw", Deed.PLAN, (ENTRY,), most=24),
    form("plan-withdraw", Deed.PLAN, ENTRY),
    form("plan-excuse", Deed.EXCUSE_WEEK),
    form("plan-unexcuse", Deed.EXCUSE_WEEK),
]


def furnish(scene: Scene) -> None:
    """Some weeks of a plan: planned and withdrawn entries, an excused week, a draft of the announcement, a history."""
    cast = scene.cast
    groups = (cast.staff, cast.network)
    topics = [
        make_topic(cast.province, headline) for headline in ("ของขวัญแบบไหนรับได้", "ใช้รถหลวงอย่างไรจึงถูก", "ประกาศราคากลาง")
    ]
    told = make_entry(cast.campaign, NOW + timedelta(hours=2), ItemKind.ANNOUNCEMENT, "แจ้งแผนปฏิบัติการให้กลุ่มทราบ")
    words = cast.item(ItemKind.ANNOUNCEMENT, title="แผนปฏิบัติการ", status=ItemStatus.DRAFT)
    for group in groups:
        make_delivery(told, group, words, State.PLANNED)
    entries = []
    for place, (days, which) in enumerate(((1, 0), (4, 1), (36, 2), (37, 1), (39, 0))):
        topic = topics[which]
        entry = make_entry(cast.campaign, NOW + timedelta(days=days), title=topic.headline)
        entry.owner = cast.people["producer"]
        entry.save()
        item = cast.item(topic=topic, style="aurora") if place % 2 else None
        for group in groups:
            make_delivery(entry, group, item, State.PLANNED, topic=topic, style="aurora")
        entries.append(entry)
    clip = make_entry(cast.campaign, NOW + timedelta(days=14, hours=11), ItemKind.CLIP, "คลิปประจำเดือนพฤษภาคม")
    make_delivery(clip, cast.staff, None, State.PLANNED)
    gone = make_entry(cast.campaign, NOW + timedelta(days=6), title="เรื่องที่ถอน")
    make_delivery(gone, cast.staff, None, State.CANCELLED)
    gone.withdrawn_at, gone.withdrawn_reason = NOW, "ซ้ำกับงานอื่น"
    gone.save()
    owner = cast.people["owner"]
    own = {"province": cast.province, "campaign": cast.campaign, "by": owner, "at": NOW}
    moved = {"entry": entries[0], "no": entries[0].no, "title": entries[0].title, "reason": "วันเดิมมีประชุม"}
    PlanChange.everywhere.create(**own, kind=Change.MADE, count=70)
    PlanChange.everywhere.create(**own, **moved, kind=Change.MOVED, before=NOW, after=entries[0].at)
    edited = {"owner": ["", owner.pk], "late_policy": ["campaign", "hours 5"], "deadline": [NOW.isoformat()] * 2}
    PlanChange.everywhere.create(**own, **moved, kind=Change.EDITED, fields=edited)
    PlanChange.everywhere.create(**own, kind=Change.EXCUSED, day="2020-05-18", reason="น้ำท่วม")
    ExcusedWeek.everywhere.create(
        province=cast.province, campaign=cast.campaign, monday="2020-05-18", reason="น้ำท่วมทั้งจังหวัด", by=owner
    )
    scene.ids |= {ENTRY: entries[0].pk, MOVABLE: entries[3].pk}
