"""The campaign's first page: the trail, what comes next for whom, starting, ending, dropping a draft."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from saisaat.domain.campaign import Status
from saisaat.domain.delivery import State
from saisaat.records.models import AuditEvent, Campaign, SealingKey
from tests.cast import Cast
from tests.factories import NOW, make_campaign, make_entry
from tests.web.campaign_stage import fresh, read_campaign, text_of

Enter = Callable[[str], Client]


def page(browser: Client, campaign: Campaign | None = None) -> str:
    path = reverse("campaign-show", args=[campaign.pk]) if campaign else "/campaign"
    return text_of(browser.get(path).content)


def test_an_office_without_a_campaign_is_shown_the_way(cast: Cast, enter: Enter) -> None:
    cast.campaign.delete()
    assert "นำข้อเสนอโครงการเข้ามา" in page(enter("owner")) and "ไปทำ" in page(enter("owner"))
    assert "รอ: ผู้รับผิดชอบโครงการ" in page(enter("viewer")) and "ไปทำ" not in page(enter("viewer"))


def test_each_sees_whether_the_next_step_is_theirs(cast: Cast, enter: Enter) -> None:
    campaign = read_campaign(cast)
    assert "ลงนามในฐานะผู้เสนอโครงการ" in page(enter("proposer"), campaign)
    assert "รอ: ผู้เสนอโครงการ" in page(enter("endorser"), campaign)
    assert "รอ: ผู้เสนอโครงการ" not in page(enter("proposer"), campaign)


def test_every_step_leads_on(cast: Cast, enter: Enter) -> None:
    html = enter("owner").get("/campaign").content.decode()
    for name in ("plan", "studio", "reviews", "publications"):
        assert f'<a href="{reverse(name)}">' in html
    for name in ("campaign-read", "campaign-sign", "campaign-group"):
        assert reverse(name, args=[cast.campaign.pk]) in html


def test_all_campaigns_are_listed_by_pages(cast: Cast, enter: Enter) -> None:
    for _ in range(12):
        make_campaign(cast.province, status=Status.ENDED)
    first = enter("viewer").get("/campaign").content.decode()
    second = enter("viewer").get("/campaign?page=2").content.decode()
    assert text_of(first.encode()).count("ปิดโครงการแล้ว") == 10
    assert text_of(second.encode()).count("ปิดโครงการแล้ว") == 2


def test_an_approved_campaign_with_a_plan_is_started(cast: Cast, enter: Enter) -> None:
    Campaign.of(cast.province).update(status=Status.APPROVED)
    path = reverse("campaign-start", args=[cast.campaign.pk])
    refused = enter("owner").post(path)
    assert refused.status_code == 422 and "ยังไม่มีแผนปฏิบัติการ" in text_of(refused.content)
    make_entry(cast.campaign)
    assert "เริ่มโครงการ" in page(enter("owner"))
    assert enter("owner").post(path).status_code == 302
    assert fresh(cast.campaign).status == Status.RUNNING
    assert AuditEvent.of(cast.province).filter(action="campaign.start").count() == 1


@pytest.mark.parametrize("state", [State.PLANNED, State.ARMED, State.UNCERTAIN, State.SENT])
def test_a_campaign_with_something_open_does_not_end(cast: Cast, enter: Enter, state: State) -> None:
    cast.delivery(state)
    assert "ทุกรายการจบแล้ว" not in page(enter("owner"))
    answer = enter("owner").post(reverse("campaign-end", args=[cast.campaign.pk]))
    assert answer.status_code == 422 and "ยังมี 1 รายการที่ยังไม่จบ" in text_of(answer.content)


def test_a_campaign_whose_work_is_done_ends_and_may_be_opened_again(cast: Cast, enter: Enter) -> None:
    cast.delivery(State.CLOSED)
    cast.delivery(State.MISSED)
    browser = enter("owner")
    assert "ทุกรายการจบแล้ว" in page(browser) and "ทุกรายการจบแล้ว" in page(enter("duty"))
    assert browser.post(reverse("campaign-end", args=[cast.campaign.pk])).status_code == 302
    assert fresh(cast.campaign).status == Status.ENDED
    assert "เปิดโครงการนี้อีกครั้ง" in page(browser)
    assert browser.post(reverse("campaign-start", args=[cast.campaign.pk])).status_code == 302
    assert fresh(cast.campaign).status == Status.RUNNING


def test_a_draft_nobody_signed_is_dropped_with_its_key(cast: Cast, enter: Enter) -> None:
    campaign = read_campaign(cast)
    assert "ลบฉบับร่างนี้" in page(enter("owner"), campaign)
    assert enter("owner").post(reverse("campaign-discard", args=[campaign.pk])).status_code == 302
    assert not Campaign.of(cast.province).filter(pk=campaign.pk).exists()
    key = SealingKey.of(cast.province).get(pk=campaign.key_id)
    assert key.wrapped is None and key.shredded_at == NOW
    running = enter("owner").post(reverse("campaign-discard", args=[cast.campaign.pk]))
    assert running.status_code == 422 and Campaign.of(cast.province).filter(pk=cast.campaign.pk).exists()
