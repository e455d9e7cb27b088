"""The phone pages inside LINE's app, by LINE's word alone: who is counted as what, once."""

import time
from datetime import timedelta

import jwt
import pytest
from django.test import Client
from django.utils.html import escape

from saisaat.domain.approval import ItemKind
from saisaat.records.models import (
    Acknowledgement,
    Channel,
    ClipCount,
    ClipWatch,
    Delivery,
    QuizCount,
    Reaction,
    View,
)
from saisaat.records.sealing import keyed_hash
from tests.cast import Cast, make_cast
from tests.factories import NOW, make_delivery, make_entry
from tests.scenes.phone import QUIZ
from tests.web.line_stage import LIFF_ID, ME, OTHER, address, opened, taps, token

pytestmark = pytest.mark.usefixtures("line")


def test_opening_the_page_itself_counts_nothing_yet(reader: Client, cast: Cast, liff: str) -> None:
    path = liff + address(cast.delivery())
    page = reader.get(path).content.decode()
    assert f'data-seen="{path}/seen"' in page and f'content="{LIFF_ID}"' in page
    assert (taps(), View.everywhere.count()) == (0, 0)


def test_a_reader_line_vouches_for_is_one_view_a_publication_and_group(reader: Client, cast: Cast, liff: str) -> None:
    first, second = cast.delivery(), cast.delivery(group=cast.network)
    for path in (liff + address(first), liff + address(first), liff + address(second)):
        assert opened(reader, path, token())["known"] is True
    opened(reader, liff + address(first), token(OTHER))
    views = View.everywhere.order_by("pk").values_list("delivery", "who")
    mine = keyed_hash(ME)
    assert list(views) == [(first.pk, mine), (second.pk, mine), (first.pk, keyed_hash(OTHER))]
    assert taps() == 0 and set(View.everywhere.values_list("hour", flat=True)) == {NOW}


WRONG = {
    "none": None,
    "empty": "",
    "no token": "a.b.c",
    "another app's": token(aud="1600000009"),
    "another issuer's": token(iss="https://elsewhere.example"),
    "old": token(exp=int(time.time()) - 120),
    "unsigned": jwt.encode({"sub": ME}, None, algorithm="none"),
}


@pytest.mark.parametrize("said", WRONG.values(), ids=list(WRONG))
def test_nobody_vouched_for_is_a_tap_and_never_a_view(reader: Client, cast: Cast, liff: str, said: str | None) -> None:
    assert opened(reader, liff + address(cast.delivery()), said)["known"] is False
    assert (taps(), View.everywhere.count()) == (1, 0)


def test_what_the_page_says_about_its_reader_is_not_believed(reader: Client, cast: Cast, liff: str) -> None:
    path = liff + address(cast.delivery())
    reader.post(f"{path}/seen", {"who": keyed_hash(ME), "user": ME, "sub": ME})
    assert not View.everywhere.exists()


def test_another_offices_app_does_not_open_it(reader: Client, cast: Cast, liff: str) -> None:
    other = make_cast("other-")
    Channel.everywhere.filter(pk=other.channel.pk).update(liff_id="1234567890-Other123")
    path = f"/liff/{other.channel.pk}{address(cast.delivery())}"
    assert reader.get(path).status_code == 404 and reader.post(f"{path}/seen").status_code == 404
    Channel.everywhere.filter(pk=cast.channel.pk).update(liff_id="")
    assert reader.get(liff + address(cast.delivery())).status_code == 404


def test_the_script_of_line_is_allowed_there_and_nowhere_else(reader: Client, cast: Cast, liff: str) -> None:
    path = address(cast.delivery())
    inside, outside = reader.get(liff + path), reader.get(path)
    sdk = "https://static.line-scdn.net/liff/edge/versions/2.31.2/sdk.js"
    assert f'src="{sdk}"' in inside.content.decode() and "line-scdn" not in outside.content.decode()
    policy = inside["Content-Security-Policy"]
    assert "script-src 'self' https://static.line-scdn.net " in policy and "https://api.line.me" in policy
    assert "frame-ancestors 'none'" in policy and inside["X-Frame-Options"] == "DENY"
    assert "line" not in outside["Content-Security-Policy"] and "unsafe" not in policy


def test_the_practice_room_gives_its_own_script_and_may_frame_the_page(reader: Client, cast: Cast, liff: str) -> None:
    room = "http://127.0.0.1:9"
    Channel.everywhere.filter(pk=cast.channel.pk).update(api_base=room)
    answer = reader.get(liff + address(cast.delivery()))
    assert f'src="{room}/liff/edge/versions/2.31.2/sdk.js"' in answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert f"frame-ancestors {room}" in policy and "line-scdn" not in policy and "X-Frame-Options" not in answer


@pytest.mark.parametrize(
    ("state", "leads_to"),
    [("/i/abc/def", "/i/abc/def"), ("/me", "/me"), ("", "/me"), ("//elsewhere.example", "/me")],
)
def test_the_endpoint_has_a_way_on_without_line(reader: Client, liff: str, state: str, leads_to: str) -> None:
    page = reader.get(liff, {"liff.state": state}).content.decode()
    plain = leads_to if leads_to.startswith("/i/") else liff + leads_to
    assert f'id="plain" href="{plain}"' in page


def test_a_press_counts_once_wherever_it_is_given(reader: Client, cast: Cast, liff: str) -> None:
    delivery = cast.delivery()
    Acknowledgement.everywhere.create(
        province=cast.province, delivery=delivery, who=keyed_hash(ME), at=NOW, event_id="in the group"
    )
    path = liff + address(delivery)
    assert opened(reader, path, token())["pressed"] == ["ack"]
    for _ in range(2):
        reader.post(f"{path}/press", {"kind": "ack", "id_token": token()})
        reader.post(f"{path}/press", {"kind": "like", "id_token": token()})
    assert (Acknowledgement.everywhere.count(), Reaction.everywhere.count()) == (1, 1)
    assert keyed_hash(ME) not in Reaction.everywhere.get().event_id


def test_a_nameless_press_counts_once_for_each_open_page(reader: Client, cast: Cast) -> None:
    path = address(cast.delivery())
    for word in ("one", "one", "two"):
        answer = reader.post(f"{path}/press", {"kind": "ack", "page": word})
        assert answer["Location"] == f"{path}?done=ack#do"
    rows = Acknowledgement.everywhere.all()
    assert [(row.who, row.at) for row in rows] == [("", NOW)] * 2
    assert "บันทึกว่ารับทราบแล้ว" in reader.get(f"{path}?done=ack").content.decode() and taps() == 0


def test_a_token_that_proves_nothing_is_refused_and_counted_nowhere(reader: Client, cast: Cast, liff: str) -> None:
    path, old = liff + address(cast.delivery()), token(exp=int(time.time()) - 120)
    answer = reader.post(f"{path}/press", {"kind": "ack", "id_token": old}, headers={"accept": "application/json"})
    assert answer.status_code == 401 and "โปรดปิดแล้วเปิดใหม่" in answer.json()["said"]
    clip = cast.item(ItemKind.CLIP, clip={"url": "/static/clips/gifts.mp4", "seconds": 75})
    shown = make_delivery(make_entry(cast.campaign, kind=ItemKind.CLIP), cast.staff, clip)
    assert reader.post(f"{liff}{address(shown)}/clip", {"mark": "25", "id_token": old}).status_code == 401
    for model in (Acknowledgement, ClipWatch, ClipCount):
        assert not model.everywhere.exists()


@pytest.mark.parametrize("kind", ["", "ACK", "comment"])
def test_a_button_there_is_not(reader: Client, cast: Cast, kind: str) -> None:
    assert reader.post(f"{address(cast.delivery())}/press", {"kind": kind}).status_code == 422


def test_forms_of_other_sites_do_nothing(cast: Cast, liff: str) -> None:
    strict, path = Client(enforce_csrf_checks=True), liff + address(cast.delivery())
    for goal in (f"{path}/seen", f"{path}/press", f"{path}/quiz", f"{path}/clip", f"{liff}/me/erase"):
        assert strict.post(goal, {"id_token": token()}).status_code == 403


def test_an_answer_is_a_figure_with_an_explanation(reader: Client, cast: Cast) -> None:
    delivery = make_delivery(make_entry(cast.campaign), cast.staff, cast.item(quiz=QUIZ))
    path = address(delivery)
    assert escape(QUIZ["question"]) in reader.get(path).content.decode() and taps() == 1
    for choice in ("0", "1", "1"):
        page = reader.post(f"{path}/quiz", {"choice": choice}, follow=True).content.decode()
        assert escape(QUIZ["why"]) in page
    assert [(row.choice, row.times) for row in QuizCount.everywhere.all()] == [(0, 1), (1, 2)]
    assert reader.post(f"{path}/quiz", {"choice": "9"}).status_code == 422 and taps() == 1
    told = reader.post(f"{path}/quiz", {"choice": "0"}, headers={"accept": "application/json"}).json()
    assert told == {"choice": 0, "answer": 1, "why": QUIZ["why"]}


def test_how_far_a_clip_was_played(reader: Client, cast: Cast, liff: str) -> None:
    clip = cast.item(ItemKind.CLIP, clip={"url": "https://video.example/w", "seconds": 75})
    path = address(make_delivery(make_entry(cast.campaign, kind=ItemKind.CLIP), cast.staff, clip))
    for mark in ("0", "50", "25"):
        assert reader.post(f"{liff}{path}/clip", {"mark": mark, "id_token": token()}).status_code == 204
        assert reader.post(f"{path}/clip", {"mark": mark}).status_code == 204
    assert reader.get(f"{path}/clip")["Location"] == "https://video.example/w"
    assert reader.post(f"{path}/clip", {"mark": "33"}).status_code == 422
    assert [row.reached for row in ClipWatch.everywhere.all()] == [50]
    assert {row.mark: row.times for row in ClipCount.everywhere.all()} == {0: 2, 25: 1, 50: 1}


def test_earlier_items_of_the_same_group_by_its_own_links(reader: Client, cast: Cast) -> None:
    shown = cast.delivery()
    for days in range(1, 9):
        at = NOW - timedelta(days=days)
        make_delivery(make_entry(cast.campaign, at), cast.staff, cast.item(title=f"เรื่องที่ {days}"))
    elsewhere = cast.delivery(group=cast.network)
    first, second = (reader.get(f"{address(shown)}?page={number}").content.decode() for number in (1, 2))
    older, oldest = (Delivery.everywhere.get(item__title=f"เรื่องที่ {days}") for days in (1, 8))
    assert address(older) in first and address(older) not in second
    assert address(oldest) in second and address(oldest) not in first
    assert address(elsewhere) not in first + second and address(shown) + '"' not in first
    assert taps() == 0, "turning the pages is no new opening"
    by_qr = reader.get(address(shown).rsplit("/", 1)[0]).content.decode()
    assert f"/i/{older.item.slug}" in by_qr and address(older) not in by_qr  # type: ignore[union-attr]
