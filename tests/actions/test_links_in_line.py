"""Where links of a group lead: into the app of LINE where the account has one, else to the ordinary pages."""

import pytest
from django.test import override_settings

from saisaat.actions import connect, deliver
from saisaat.domain.approval import check_sent_form, item_sha256
from saisaat.domain.delivery import State, Way
from saisaat.domain.errors import Invalid
from saisaat.records.models import Attempt, AuditEvent, Channel, Item
from tests.actions.stage import SYSTEM, WORKER, Stage, window
from tests.factories import NOW

LIFF_ID = "1234567890-AbCd1234"


@override_settings(BASE_URL="https://office.example")
@pytest.mark.parametrize(
    ("liff_id", "page"), [("", "https://office.example"), (LIFF_ID, f"https://liff.line.me/{LIFF_ID}")]
)
def test_links_lead_where_the_account_says(stage: Stage, liff_id: str, page: str) -> None:
    connect.set_liff(channel=stage.channel, liff_id=liff_id, by=SYSTEM, now=NOW)
    delivery = stage.armed()
    attempt = stage.claimed(delivery)
    item = stage.fresh(delivery).item
    assert item is not None and f'"{page}/i/{item.slug}/{stage.staff.code}' in attempt.body
    assert f'"https://office.example/media/{item.preview.sha256}.jpg"' in attempt.body  # type: ignore[union-attr]


@override_settings(BASE_URL="https://office.example")
def test_what_was_approved_before_there_was_such_a_link_goes_out_as_it_was(stage: Stage) -> None:
    connect.set_liff(channel=stage.channel, liff_id=LIFF_ID, by=SYSTEM, now=NOW)
    delivery = stage.armed()
    item = stage.fresh(delivery).item
    assert item is not None
    before = item.canonical.replace("{page}", "{base}")
    sha256 = item_sha256([item.preview.sha256], before)  # type: ignore[union-attr]
    Item.everywhere.filter(pk=item.pk).update(status="draft", approved_sha256="")
    Item.everywhere.filter(pk=item.pk).update(canonical=before, sha256=sha256)
    Item.everywhere.filter(pk=item.pk).update(status="approved", approved_sha256=sha256)
    type(delivery).everywhere.filter(pk=delivery.pk).update(state=State.PLANNED, approved_sha256="")
    type(delivery).everywhere.filter(pk=delivery.pk).update(state=State.ARMED, approved_sha256=sha256)
    pk = deliver.claim_reply(window=window(stage.staff.pk), way=Way.DUTY, now=NOW, worker="a", by=WORKER)
    body = Attempt.everywhere.get(pk=pk).body
    assert f'"https://office.example/i/{item.slug}/{stage.staff.code}' in body and "liff.line.me" not in body
    values = {"base": "https://office.example", "page": "x", "group": "g", "delivery": "d"}
    check_sent_form(
        before.replace("{base}", values["base"]).replace("{group}", "g").replace("{delivery}", "d"), before, values
    )


def test_the_id_is_checked_and_every_change_written_down(stage: Stage) -> None:
    for typed in (LIFF_ID, LIFF_ID, ""):
        connect.set_liff(channel=stage.channel, liff_id=typed, by=SYSTEM, now=NOW)
    with pytest.raises(Invalid):
        connect.set_liff(channel=stage.channel, liff_id="1234", by=SYSTEM, now=NOW)
    assert Channel.everywhere.get(pk=stage.channel.pk).liff_id == ""
    assert AuditEvent.everywhere.filter(action="channel.liff").count() == 2
