"""Papers to download: the project and the order in Word and PDF, the signed bytes, and a page while one is made."""

import hashlib
import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import docx
import pytest
from django.test import Client
from PIL import Image

from saisaat.actions.appoint import Appointment, OrderHead, appoint, issue_order
from saisaat.actions.configure import set_brand
from saisaat.actions.propose import correct
from saisaat.actions.sign import sign
from saisaat.domain.campaign import SignatureRole
from saisaat.domain.errors import Invalid
from saisaat.queries.papers import drafted_order, issued_order
from saisaat.queries.working_group import working_group
from saisaat.records.models import Campaign
from saisaat.web.campaign import papers
from tests.cast import Cast
from tests.factories import NOW
from tests.web.campaign_stage import fresh, read_campaign, text_of

Enter = Callable[[str], Client]


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test waits for its paper; none is left from another test."""
    monkeypatch.setattr(papers, "PATIENCE", 60.0)
    papers._making.clear()
    yield
    papers._making.clear()


def pictures(paper: bytes) -> list[str]:
    return [name for name in zipfile.ZipFile(io.BytesIO(paper)).namelist() if name.startswith("word/media/")]


def signed(cast: Cast) -> Campaign:
    campaign = read_campaign(cast)
    sign(
        campaign=campaign,
        role=SignatureRole.PROPOSER,
        person=cast.people["proposer"],
        seen_sha256=campaign.content_sha256,
        by=cast.actor("proposer"),
        now=NOW,
    )
    return fresh(campaign)


def words(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


def test_the_project_comes_in_word_and_pdf_with_its_signatures(cast: Cast, enter: Enter) -> None:
    campaign, browser = signed(cast), enter("viewer")
    word = browser.get(f"/campaign/{campaign.pk}/proposal.docx")
    assert "attachment" in word.headers["Content-Disposition"] and ".docx" in word.headers["Content-Disposition"]
    assert "ลงลายมือชื่ออิเล็กทรอนิกส์แล้ว" in words(word.content)
    pdf = browser.get(f"/campaign/{campaign.pk}/proposal.pdf")
    assert (pdf.headers["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")


def test_an_earlier_version_is_told_as_it_was_and_without_the_voided_signature(cast: Cast, enter: Enter) -> None:
    campaign = signed(cast)
    correct(campaign=campaign, changes={"title": "ชื่อใหม่"}, by=cast.actor("owner"), now=NOW)
    path, old = f"/campaign/{campaign.pk}/proposal", campaign.content_sha256
    now, before = (words(enter("auditor").get(f"{path}.docx{asked}").content) for asked in ("", f"?version={old}"))
    assert "ชื่อใหม่" in now and "รู้ทัน รู้งาม" not in now
    assert "รู้ทัน รู้งาม" in before and "อิเล็กทรอนิกส์แล้ว" not in before
    raw = enter("auditor").get(f"{path}.json?version={old}").content
    assert hashlib.sha256(raw).hexdigest() == old and json.loads(raw)["title"].startswith("รู้ทัน")


def test_an_order_and_its_amendment(cast: Cast, enter: Enter) -> None:
    told: dict[str, Any] = {"campaign": cast.campaign, "by": cast.actor("owner"), "now": NOW}
    places = [Appointment(cast.people[part], "คณะทำงาน", "ทำตามแผน") for part in ("owner", "duty")]
    appoint(appointments=places, **told)
    head = OrderHead("15/2563", NOW.date(), "", "พัฒนาการจังหวัด", "ผู้ว่าราชการจังหวัด")
    first = issue_order(head=head, person=cast.people["owner"], **told)
    appoint(appointments=places[:1], **told)
    group = working_group(fresh(cast.campaign))
    assert issued_order(cast.campaign, group.orders[0], group).preamble == ""
    draft = drafted_order(cast.campaign, group, 2020)
    assert "ที่ 15/2563 ลงวันที่ ๑๓ พฤษภาคม ๒๕๖๓" in draft.preamble and len(draft.members) == 1
    path = f"/campaign/{cast.campaign.pk}/order"
    issued = words(enter("auditor").get(f"{path}/{first.pk}.docx").content)
    assert "ที่ ๑๕/๒๕๖๓" in issued and "ผู้ว่าราชการจังหวัด" in issued
    assert "แก้ไขเพิ่มเติม" in words(enter("auditor").get(f"{path}/draft.docx").content)
    assert enter("auditor").get(f"{path}/{first.pk}.pdf").content[:5] == b"%PDF-"


def test_the_order_bears_the_emblem_the_office_gave(cast: Cast, enter: Enter) -> None:
    told: dict[str, Any] = {"campaign": cast.campaign, "by": cast.actor("owner"), "now": NOW}
    appoint(appointments=[Appointment(cast.people["owner"], "คณะทำงาน", "ทำตามแผน")], **told)
    path = f"/campaign/{cast.campaign.pk}/order/draft.docx"
    assert not pictures(enter("owner").get(path).content)
    emblem = io.BytesIO()
    Image.new("RGB", (300, 300), "navy").save(emblem, "JPEG")
    brand = {"primary": "", "secondary": "", "address": "", "telephone": "", "pictures": {"emblem": emblem.getvalue()}}
    set_brand(province=cast.province, **brand, by=cast.actor("admin"), now=NOW)  # type: ignore[arg-type]
    assert pictures(enter("owner").get(path).content)


@pytest.mark.parametrize("tail", ["proposal.exe", "order/draft.pdf", "order/nothing.pdf", "proposal.pdf?version=0"])
def test_what_there_is_not_is_not_found(cast: Cast, enter: Enter, tail: str) -> None:
    assert enter("owner").get(f"/campaign/{read_campaign(cast).pk}/{tail}").status_code == 404


def test_a_slow_paper_is_waited_for_on_a_page_and_made_once(
    cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, browser = signed(cast), enter("owner")
    gate, made = threading.Event(), []

    def slow(*_: object) -> bytes:
        gate.wait(30)
        made.append(1)
        return b"done"

    monkeypatch.setattr(papers, "proposal_docx", slow)
    monkeypatch.setattr(papers, "PATIENCE", 0.0)
    path = f"/campaign/{campaign.pk}/proposal.docx"
    waiting = [browser.get(path) for _ in range(2)]
    assert [(page.status_code, page.headers["Refresh"]) for page in waiting] == [(202, "2")] * 2
    assert "กำลังจัดทำเอกสาร" in text_of(waiting[0].content)
    gate.set()
    monkeypatch.setattr(papers, "PATIENCE", 60.0)
    assert browser.get(path).content == b"done" and made == [1]


def test_a_paper_that_cannot_be_made_says_why_and_is_tried_again(
    cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, browser = signed(cast), enter("owner")
    answers: list[bytes | Exception] = [Invalid("ยังไม่มีการตั้งค่า %(value)s", value="x"), b"done"]

    def once(*_: object) -> bytes:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(papers, "proposal_docx", once)
    path = f"/campaign/{campaign.pk}/proposal.docx"
    refused = browser.get(path)
    assert refused.status_code == 422 and "ยังจัดทำเอกสารไม่ได้" in text_of(refused.content)
    assert browser.get(path).content == b"done"
