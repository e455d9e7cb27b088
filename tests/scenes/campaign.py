from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from saisaat.actions.appoint import Appointment, OrderHead, appoint, issue_order
from saisaat.actions.propose import Source, correct, import_proposal
from saisaat.actions.sign import decline, sign
from saisaat.domain.campaign import SignatureRole
from saisaat.domain.proposal import read
from saisaat.domain.roles import Deed
from saisaat.records.models import Campaign
from tests.cast import Cast
from tests.factories import NOW
from tests.scenes import Address, Scene, form

_SECTIONS = ("heading", "objectives", "quotas", "period", "kpis", "signatures")

ADDRESSES = [
    Address("campaign", most=24),
    Address("campaign-show", args=("draft",), most=24),
    Address("campaign-show", query="page=2", args=("campaign",), most=24),
    Address("campaign-new", Deed.IMPORT_PROPOSAL),
    form("campaign-new", Deed.IMPORT_PROPOSAL),
    Address("campaign-read", args=("draft",)),
    Address("campaign-read", args=("campaign",), query="of=running"),
    *(Address("campaign-section", Deed.IMPORT_PROPOSAL, ("draft", f"section-{name}")) for name in _SECTIONS),
    form("campaign-section", Deed.IMPORT_PROPOSAL, "draft", "section-heading"),
    form("campaign-settle", Deed.IMPORT_PROPOSAL, "draft", answers=(302,)),
    Address("campaign-source", args=("draft",)),
    Address("campaign-source", args=("campaign",), query="of=running"),
    Address("campaign-sign", args=("proposed",)),
    Address("campaign-sign", args=("declined",), query="of=declined"),
    form("campaign-sign-proposer", Deed.SIGN_PROPOSAL, "proposed", answers=(422,)),
    form("campaign-sign-endorser", Deed.ENDORSE_PROPOSAL, "proposed", answers=(422,)),
    form("campaign-sign-approver", Deed.APPROVE_PROPOSAL, "proposed", answers=(422,)),
    Address("campaign-version", args=("proposed", "version")),
    Address("campaign-paper", args=("proposed", "pdf"), answers=(200, 202), look=False),
    Address("campaign-paper", args=("draft", "docx"), answers=(200, 202), look=False),
    Address("campaign-paper", args=("proposed", "json"), look=False),
    Address("campaign-order-paper", args=("campaign", "order", "pdf"), answers=(200, 202), look=False),
    Address("campaign-group", args=("campaign",)),
    Address("campaign-group", args=("draft",), query="of=draft"),
    form("campaign-group-save", Deed.APPOINT, "campaign", answers=(422,)),
    form("campaign-order", Deed.APPOINT, "campaign", answers=(422,)),
    form("campaign-start", Deed.RUN_CAMPAIGN, "campaign", answers=(422,)),
    form("campaign-end", Deed.RUN_CAMPAIGN, "draft", answers=(422,)),
    form("campaign-discard", Deed.IMPORT_PROPOSAL, "proposed", answers=(422,)),
]


def furnish(scene: Scene) -> None:
    """A draft with questions, one that was edited after a signature, one that was declined, a group with its order."""
    cast = scene.cast
    scene.ids |= {kind: kind for kind in ("pdf", "docx", "json")}
    scene.ids |= {"campaign": cast.campaign.pk} | {f"section-{name}": name for name in _SECTIONS}
    scene.ids["draft"] = _read(cast, "เลขที่โครงการ ๑๒/๒๕๗๐", "เลขที่โครงการ ๒๕๗๐", NOW - timedelta(days=3)).pk
    proposed = _read(cast, "", "", NOW - timedelta(days=2))
    _sign(cast, proposed, SignatureRole.PROPOSER)
    correct(campaign=proposed, changes={"place": "กลุ่ม LINE สองกลุ่ม"}, by=cast.actor("owner"), now=NOW)
    scene.ids |= {"proposed": proposed.pk, "version": proposed.content_sha256}
    _sign(cast, proposed, SignatureRole.PROPOSER)
    declined = _read(cast, "", "", NOW - timedelta(days=1))
    _sign(cast, declined, SignatureRole.PROPOSER)
    decline(reason="ระยะเวลาสั้นไป", **_word(cast, declined, SignatureRole.ENDORSER))
    scene.ids["declined"] = declined.pk
    told: dict[str, Any] = {"by": cast.actor("owner"), "now": NOW}
    places = [Appointment(cast.people[part], role, "ทำตามแผน") for part, role in _GROUP]
    appoint(campaign=cast.campaign, appointments=places, **told)
    head = OrderHead("๑๕/๒๕๖๓", NOW.date(), "", "พัฒนาการจังหวัด")
    order = issue_order(campaign=cast.campaign, head=head, person=cast.people["owner"], **told)
    scene.ids["order"] = order.pk
    appoint(campaign=cast.campaign, appointments=places[:2], **told)


_GROUP = (("owner", "ประธานคณะทำงาน"), ("reviewer", "คณะทำงาน (ตรวจสื่อ)"), ("producer", "คณะทำงานและเลขานุการ"))


def _read(cast: Cast, old: str, new: str, now: datetime) -> Campaign:
    """A campaign read from our own sample, with one thing in it put differently."""
    text = files("saisaat.data").joinpath("demo-proposal.txt").read_text(encoding="utf-8").replace(old, new, 1)
    source = Source(text, "โครงการ.txt")
    return import_proposal(
        province=cast.province,
        proposal=read(text).to_json(),
        source=source,
        by=cast.actor("owner"),
        now=now,
    )


def _word(cast: Cast, campaign: Campaign, role: SignatureRole) -> dict[str, Any]:
    campaign.refresh_from_db()
    part = role.value
    return {
        "campaign": campaign,
        "role": role,
        "person": cast.people[part],
        "seen_sha256": campaign.content_sha256,
        "by": cast.actor(part),
        "now": NOW,
    }


def _sign(cast: Cast, campaign: Campaign, role: SignatureRole) -> None:
    sign(**_word(cast, campaign, role))
