"""A read campaign for the tests of its pages, and what a browser would send."""

import re
from importlib.resources import files
from typing import Any

from saisaat.actions.propose import Source, import_proposal
from saisaat.domain.campaign import SignatureRole
from saisaat.domain.proposal import read
from saisaat.queries.proposal import find_campaign
from saisaat.records.models import Campaign
from saisaat.web.campaign.fields import typed
from saisaat.web.campaign.sections import SECTIONS, Editor
from tests.cast import Cast
from tests.factories import NOW, PASSWORD

DEMO = files("saisaat.data").joinpath("demo-proposal.txt").read_text(encoding="utf-8")


def read_campaign(cast: Cast, text: str = DEMO) -> Campaign:
    return import_proposal(
        province=cast.province,
        proposal=read(text).to_json(),
        source=Source(text, "a.txt"),
        by=cast.actor("owner"),
        now=NOW,
    )


def fresh(campaign: Campaign) -> Campaign:
    found = find_campaign(str(campaign.province_id), campaign.pk)
    assert found is not None
    return found


def sent(campaign: Campaign, section: str, **changes: Any) -> dict[str, Any]:
    """What a browser sends for a section in which only `changes` were typed (row inputs: `objectives-0-text`)."""
    editor = Editor(SECTIONS[section], fresh(campaign).content)
    told: dict[str, Any] = {"do": "save"}
    for form in [*([editor.form] if editor.form else []), *editor.rows]:
        told |= typed(form)
    named = {name.replace("__", "-"): value for name, value in changes.items()}
    return {name: value for name, value in (told | named).items() if value is not None}


def word(campaign: Campaign, **changes: Any) -> dict[str, Any]:
    """What a browser sends to sign `campaign` as it stands."""
    seen = fresh(campaign).content_sha256
    return {"seen": seen, "acting_for": "", "reason": "", "decision": "sign", "password": PASSWORD} | changes


def sign_path(campaign: Campaign, role: SignatureRole) -> str:
    return f"/campaign/{campaign.pk}/sign/{role}"


def text_of(html: bytes) -> str:
    """What a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.decode()).split())
