"""Signing on the page: in order, on what was read, after a fresh check; declining; what was signed stays verifiable."""

import hashlib
from collections.abc import Callable

import pytest
from django.test import Client

from saisaat.actions.propose import correct
from saisaat.domain.campaign import SIGNING_ORDER, SignatureRole, Status
from saisaat.queries.proposal import signing
from saisaat.records.models import Campaign, ContentVersion, Signature
from tests.cast import Cast
from tests.factories import NOW
from tests.web.campaign_stage import fresh, read_campaign, sign_path, text_of, word

Enter = Callable[[str], Client]
PROPOSER, ENDORSER, APPROVER = SignatureRole


def sign_until(campaign: Campaign, enter: Enter, last: SignatureRole) -> None:
    for role in SIGNING_ORDER[: SIGNING_ORDER.index(last) + 1]:
        assert enter(role.value).post(sign_path(campaign, role), word(campaign)).status_code == 302


def test_three_people_sign_in_order_and_the_campaign_is_approved(cast: Cast, enter: Enter) -> None:
    campaign, statuses = read_campaign(cast), []
    for role in SIGNING_ORDER:
        page = text_of(enter(role.value).get(f"/campaign/{campaign.pk}/sign").content)
        assert campaign.content_sha256[:4] in page and "ไปที่ช่องลงนาม" in page
        done = enter(role.value).post(
            sign_path(campaign, role), word(campaign, acting_for=" ผู้ว่าราชการจังหวัด "), follow=True
        )
        assert "ผูกกับเนื้อหาฉบับนี้" in text_of(done.content)
        statuses.append(fresh(campaign).status)
    assert statuses == [Status.PROPOSED, Status.PROPOSED, Status.APPROVED]
    rows = Signature.of(cast.province).filter(campaign=campaign)
    assert set(rows.values_list("content_sha256", "acting_for")) == {(campaign.content_sha256, "ผู้ว่าราชการจังหวัด")}


@pytest.mark.parametrize(
    ("role", "changes", "said"),
    [
        (PROPOSER, {"password": "wrong"}, "รหัสผ่านไม่ถูกต้อง"),
        (PROPOSER, {"password": ""}, "ยังไม่ได้กรอกรหัส"),
        (PROPOSER, {"seen": "0" * 64}, "อ่านฉบับล่าสุด"),
        (PROPOSER, {"seen": ""}, "ยังไม่ได้บันทึก"),
        (PROPOSER, {"acting_for": "ก" * 201}, "ยาวเกินไป"),
        (PROPOSER, {"decision": "decline"}, "เหตุผลที่ไม่เห็นชอบ"),
        (ENDORSER, {}, "ผู้เสนอโครงการยังไม่ได้ลงนาม"),
        (APPROVER, {}, "ยังไม่ได้ลงนาม"),
    ],
    ids=str,
)
def test_what_is_not_right_or_not_ones_turn_is_refused(
    cast: Cast, enter: Enter, role: SignatureRole, changes: dict[str, str], said: str
) -> None:
    campaign = read_campaign(cast)
    typed = {"acting_for": "ผู้ว่าราชการจังหวัด"} | changes
    answer = enter(role.value).post(sign_path(campaign, role), word(campaign, **typed))
    assert answer.status_code == 422 and said in text_of(answer.content)
    assert not Signature.of(cast.province).filter(campaign=campaign).exists()
    if role is PROPOSER and "acting_for" not in changes:
        assert "ผู้ว่าราชการจังหวัด" in answer.content.decode(), "what was typed is still there"
        assert "a-password-of-tests" not in answer.content.decode()


def test_without_a_period_nobody_can_sign_and_the_page_says_why(cast: Cast, enter: Enter) -> None:
    campaign = read_campaign(cast)
    correct(campaign=campaign, changes={"period": None}, by=cast.actor("owner"), now=NOW)
    page = text_of(enter("proposer").get(f"/campaign/{campaign.pk}/sign").content)
    assert "ยังไม่มีระยะเวลา" in page and "ไปที่ช่องลงนาม" not in page
    assert enter("proposer").post(sign_path(campaign, PROPOSER), word(campaign)).status_code == 422


def test_declining_stops_the_signing_and_shows_the_reason(cast: Cast, enter: Enter) -> None:
    campaign = read_campaign(cast)
    sign_until(campaign, enter, PROPOSER)
    no = word(campaign, decision="decline", reason="ตัวชี้วัดไม่ชัด")
    assert enter("endorser").post(sign_path(campaign, ENDORSER), no).status_code == 302
    page = text_of(enter("owner").get(f"/campaign/{campaign.pk}/sign").content)
    assert "ตัวชี้วัดไม่ชัด" in page and "รอการแก้ไข" in page
    refused = enter("endorser").post(sign_path(campaign, ENDORSER), word(campaign))
    assert refused.status_code == 422 and "มีผู้ไม่เห็นชอบ" in text_of(refused.content)
    correct(campaign=campaign, changes={"place": "ที่ใหม่"}, by=cast.actor("owner"), now=NOW)
    sign_until(campaign, enter, APPROVER)
    assert fresh(campaign).status == Status.APPROVED
    assert "ไม่เห็นชอบเพราะ: ตัวชี้วัดไม่ชัด" in text_of(enter("auditor").get(f"/campaign/{campaign.pk}/sign").content)


def test_what_was_signed_is_kept_as_it_was_when_the_document_changes(cast: Cast, enter: Enter) -> None:
    campaign = read_campaign(cast)
    sign_until(campaign, enter, PROPOSER)
    signed = campaign.content_sha256
    correct(campaign=campaign, changes={"title": "ชื่อใหม่"}, by=cast.actor("owner"), now=NOW)
    page = text_of(enter("auditor").get(f"/campaign/{campaign.pk}/versions/{signed}").content)
    assert "รู้ทัน รู้งาม" in page and "ตรงกับที่ลงนามทุกตัว" in page and "ไม่ใช่ฉบับปัจจุบัน" in page
    kept = ContentVersion.of(cast.province).get(campaign=campaign)
    kept.campaign = fresh(campaign)
    assert hashlib.sha256((kept.canonical() or "").encode()).hexdigest() == signed
    history = text_of(enter("auditor").get(f"/campaign/{campaign.pk}/sign").content)
    assert "เป็นโมฆะ" in history and "เนื้อหาโครงการถูกแก้ไขหลังลงนาม" in history
    assert signing(fresh(campaign)).turn is PROPOSER
    assert enter("auditor").get(f"/campaign/{campaign.pk}/versions/{'0' * 64}").status_code == 404


def test_a_version_that_was_tampered_with_is_told(cast: Cast, enter: Enter) -> None:
    campaign = read_campaign(cast)
    sign_until(campaign, enter, PROPOSER)
    correct(campaign=campaign, changes={"title": "ชื่อใหม่"}, by=cast.actor("owner"), now=NOW)
    ContentVersion.of(cast.province).update(content_sealed=bytes(fresh(campaign).content_sealed))
    page = text_of(enter("auditor").get(f"/campaign/{campaign.pk}/versions/{campaign.content_sha256}").content)
    assert "ไม่ตรงกับเลขที่ลงนาม" in page
