"""The trail on the screen: each step in words, where it leads, and what comes next for whoever looks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saisaat.actions.sign import DEEDS
from saisaat.domain.campaign import Status
from saisaat.domain.roles import Deed
from saisaat.queries.trail import Lack, Stage, Step, trail, unfinished
from saisaat.records.models import Campaign
from saisaat.web.access import Visit
from saisaat.web.campaign import words
from saisaat.web.words import SIGNATURE_ROLES

_NEXT = {
    Stage.PROPOSE: _("อ่านทบทวนโครงการ เติมวันเริ่มและวันสิ้นสุด"),
    Stage.SIGN: _("ส่งโครงการให้ลงนาม"),
    Stage.APPOINT: _("แต่งตั้งคณะทำงาน"),
    Stage.PLAN: _("จัดแผนปฏิบัติการ"),
    Stage.CREATE: _("สร้างสื่อให้ทันกำหนด"),
    Stage.REVIEW: _("ตรวจทานสื่อ"),
    Stage.PUBLISH: _("เผยแพร่ในกลุ่ม LINE"),
    Stage.CLOSE: _("ปิดงานรายการที่เผยแพร่แล้ว"),
}
_WHY = {
    Stage.PROPOSE: _("แผนทั้งหมดนับจากระยะเวลาโครงการ จึงต้องมีก่อนลงนาม"),
    Stage.SIGN: _("ลงนามตามลำดับ ผู้เสนอ ผู้ให้ความเห็นชอบ ผู้อนุมัติ แต่ละคนอ่านหน้าเดียวแล้วลงนามได้จากโทรศัพท์"),
    Stage.APPOINT: _("เลือกคนจากทะเบียนบุคคล กำหนดบทบาทและหน้าที่ แล้วออกคำสั่ง"),
    Stage.PLAN: _("ระบบจัดรายการให้ครบจำนวนตามโครงการ แล้วปรับเองได้"),
    Stage.CREATE: _("เลือกเรื่องจากคลังความรู้ เห็นภาพทันที แล้วส่งตรวจ"),
    Stage.REVIEW: _("ผู้ตรวจต้องไม่ใช่ผู้จัดทำ สื่อที่อนุมัติแล้วจึงเผยแพร่ได้"),
    Stage.PUBLISH: _("เมื่อถึงกำหนด ระบบรอโอกาสส่งฟรี หรือเวรเผยแพร่กดส่งได้"),
    Stage.CLOSE: _("บันทึกยอดผู้ชมหรือเหตุที่ไม่มี และความเห็นที่ได้รับ"),
}
_LACKS = {
    Lack.PERIOD: _("เอกสารยังไม่มีวันเริ่มและวันสิ้นสุดที่ชัดเจน"),
    Lack.SIGNER: _("ยังไม่มีบัญชีของผู้ลงนามคนถัดไป โปรดเพิ่มบุคคลและให้สิทธิ์ก่อน"),
    Lack.DECLINED: _("มีผู้ไม่เห็นชอบ โปรดอ่านเหตุผล แก้ไขโครงการ แล้วเริ่มลงนามใหม่"),
    Lack.GROUPS: _("ยังไม่มีกลุ่ม LINE โปรดเชื่อมช่องทางและเชิญบัญชีทางการเข้ากลุ่มก่อน"),
    Lack.REVIEWER: _("ยังไม่มีบัญชีของผู้ตรวจสื่อ โปรดเพิ่มบุคคลและให้สิทธิ์ก่อน"),
}
_CURES = {Lack.SIGNER: "access", Lack.REVIEWER: "access", Lack.GROUPS: "settings"}
_DEEDS = {
    Stage.PROPOSE: Deed.IMPORT_PROPOSAL,
    Stage.APPOINT: Deed.APPOINT,
    Stage.PLAN: Deed.PLAN,
    Stage.CREATE: Deed.COMPOSE,
    Stage.REVIEW: Deed.REVIEW,
    Stage.CLOSE: Deed.RESOLVE,
}
_DOERS = {
    Stage.PROPOSE: _("ผู้รับผิดชอบโครงการ"),
    Stage.APPOINT: _("ผู้รับผิดชอบโครงการ"),
    Stage.PLAN: _("ผู้รับผิดชอบโครงการหรือผู้จัดทำสื่อ"),
    Stage.CREATE: _("ผู้จัดทำสื่อ"),
    Stage.REVIEW: _("ผู้ตรวจสื่อ"),
    Stage.PUBLISH: _("เวรเผยแพร่"),
    Stage.CLOSE: _("เวรเผยแพร่หรือผู้รับผิดชอบโครงการ"),
}
_AREAS = {
    Stage.PLAN: "plan",
    Stage.CREATE: "studio",
    Stage.REVIEW: "reviews",
    Stage.PUBLISH: "publications",
    Stage.CLOSE: "publications",
}
_OF_CAMPAIGN = {Stage.PROPOSE: "campaign-read", Stage.SIGN: "campaign-sign", Stage.APPOINT: "campaign-group"}


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step with its words. `where` is "" while there is nothing to open yet."""

    step: Step
    label: Any
    where: str


@dataclass(frozen=True, slots=True)
class Next:
    """What to do next. `doer` is whose work it is, "" where it is the visitor's. `lack` hinders it, `cure` helps."""

    title: Any
    why: Any
    where: str
    doer: Any = ""
    lack: Any = ""
    cure: str = ""


@dataclass(frozen=True, slots=True)
class ShownTrail:
    """The trail as one visitor sees it. `next` is None when nothing is to be done today."""

    steps: tuple[ShownStep, ...]
    next: Next | None
    may_end: bool = False


def shown_trail(campaign: Campaign | None, visit: Visit, now: datetime) -> ShownTrail:
    """The eight steps of `campaign`, linked, and the next thing to do. For any page that wants to show the way."""
    steps = trail(campaign, now)
    current = next((step for step in steps if step.current), None)
    over = campaign is not None and campaign.status == Status.RUNNING and _planned(steps) and not unfinished(campaign)
    upcoming = None if current is None or over else _next(campaign, current, visit)
    return ShownTrail(
        tuple(ShownStep(step, words.STAGES[step.stage], _where(campaign, step.stage)) for step in steps),
        upcoming,
        over,
    )


def _planned(steps: tuple[Step, ...]) -> bool:
    return next(step.done for step in steps if step.stage is Stage.PLAN)


def _where(campaign: Campaign | None, stage: Stage) -> str:
    if stage in _AREAS:
        return reverse(_AREAS[stage]) if campaign is not None else ""
    if campaign is None:
        return reverse("campaign-new") if stage is Stage.PROPOSE else ""
    return reverse(_OF_CAMPAIGN[stage], args=[campaign.pk])


def _next(campaign: Campaign | None, step: Step, visit: Visit) -> Next:
    if campaign is None:
        return _begin(visit)
    title, doer = _NEXT[step.stage], _DOERS.get(step.stage, "")
    mine = visit.may(_DEEDS[step.stage]) if step.stage in _DEEDS else True
    if step.stage is Stage.SIGN:
        title, doer, mine = _to_sign(step, visit)
    elif step.stage is Stage.PUBLISH:
        mine = visit.may(Deed.POST)
    cure = _CURES.get(step.lack, "") if step.lack else ""
    return Next(
        title=title,
        why="" if step.lack is Lack.DECLINED else _WHY[step.stage],
        where=_where(campaign, step.stage),
        doer="" if mine else doer,
        lack=_LACKS[step.lack] if step.lack else "",
        cure=reverse(cure) if cure else "",
    )


def _begin(visit: Visit) -> Next:
    mine = visit.may(Deed.IMPORT_PROPOSAL)
    return Next(
        title=_("นำข้อเสนอโครงการเข้ามา"),
        why=_("วางข้อความหรือเลือกไฟล์ของปีก่อน ระบบอ่านให้ทีละช่อง หรือเริ่มจากแบบเปล่า"),
        where=reverse("campaign-new") if mine else "",
        doer="" if mine else _DOERS[Stage.PROPOSE],
    )


def _to_sign(step: Step, visit: Visit) -> tuple[Any, Any, bool]:
    """Whose turn it is to sign; when somebody declined, the proposer corrects."""
    if step.turn is None:
        return _("แก้ไขโครงการตามเหตุผลที่ไม่เห็นชอบ"), _DOERS[Stage.PROPOSE], visit.may(Deed.IMPORT_PROPOSAL)
    return words.SIGNING[step.turn], SIGNATURE_ROLES[step.turn], visit.may(DEEDS[step.turn])
