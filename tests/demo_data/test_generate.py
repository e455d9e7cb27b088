"""The invented rows: plausible enough for every page, sealed where they must be, and never on top of real ones."""

from collections import Counter
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from saisaat.config import filling
from saisaat.demo_data.generate import Scale, check_empty, generate
from saisaat.demo_data.place import PLAYERS
from saisaat.demo_data.words import SAID
from saisaat.domain.campaign import Status
from saisaat.domain.delivery import State
from saisaat.domain.errors import Invalid
from saisaat.domain.feedback import CommentKind
from saisaat.records import audit, models
from saisaat.records.sealing import unseal
from tests import factories
from tests.factories import NOW

SMALL = Scale(provinces=2, drawn=0)
ENDS = {State.CLOSED, State.SENT, State.MISSED, State.FAILED, State.CANCELLED, State.UNCERTAIN, State.PLANNED}
PAGES = ("home", "season", "plan", "entries", "publications", "comments", "people", "reviews", "studio-items", "costs")

pytestmark = pytest.mark.django_db


def fill(seed: int = 1, scale: Scale = SMALL, seasons: int = 2) -> Counter[str]:
    return generate(scale=scale, seasons=seasons, seed=seed, password="!", now=NOW, tell=lambda _words: None)


@pytest.fixture
def counts(db: None) -> Counter[str]:
    return fill()


def test_what_it_says_it_wrote_is_there(counts: Counter[str]) -> None:
    for kind, count in counts.items():
        assert getattr(models, kind).everywhere.count() == count, kind
    assert models.Province.everywhere.count() == 2
    assert counts["Delivery"] == 2 * counts["PlanEntry"]


def test_deliveries_and_comments_of_every_kind_occur(counts: Counter[str]) -> None:
    assert set(models.Delivery.everywhere.values_list("state", flat=True)) == ENDS
    assert set(models.Comment.everywhere.values_list("guess", flat=True)) == set(CommentKind)
    assert {kind for kind, _, _ in SAID} == set(CommentKind)


def test_one_season_runs_one_ended_and_the_next_is_a_draft(counts: Counter[str]) -> None:
    for province in models.Province.everywhere.all():
        statuses = models.Campaign.of(province).order_by("period_start").values_list("status", flat=True)
        assert list(statuses) == [Status.ENDED, Status.RUNNING, Status.DRAFT]


def test_the_audit_chain_is_whole_and_can_be_carried_on(counts: Counter[str]) -> None:
    for province in models.Province.everywhere.all():
        assert audit.verify(province.pk) > 300


def test_names_and_comments_are_really_sealed(counts: Counter[str]) -> None:
    said = {sentence for _, _, sentences in SAID for sentence in sentences}
    comment = models.Comment.everywhere.select_related("key").first()
    assert comment is not None
    assert unseal(comment.key, comment.text_sealed) in said
    person = models.Person.everywhere.select_related("key").first()
    assert person is not None
    assert person.known_name
    with connection.cursor() as cursor:
        cursor.execute("SELECT text_sealed FROM records_comment")
        stored = b"".join(bytes(value) for (value,) in cursor.fetchall())
    assert not any(sentence.encode() in stored for sentence in said)


def test_people_are_posts_not_names(counts: Counter[str]) -> None:
    for person in models.Person.everywhere.select_related("key"):
        assert person.position.split(" (")[0] in person.known_name


def test_a_demonstrations_office_has_sixteen_offices_and_104_staff(db: None) -> None:
    counts = fill(scale=Scale(provinces=1, drawn=0), seasons=1)
    assert (counts["Office"], counts["Posting"]) == (16, 104)
    assert set(models.Account.everywhere.values_list("username", flat=True)) == set(PLAYERS)


def test_the_same_seed_gives_the_same_rows(db: None) -> None:
    def ids() -> list[Any]:
        fill(seed=7, scale=Scale(provinces=1, drawn=0), seasons=1)
        return list(models.Delivery.everywhere.order_by("pk").values_list("pk", "state", "sent_at"))

    with transaction.atomic():
        first = ids()
        transaction.set_rollback(True)
    assert ids() == first


def test_it_refuses_a_database_that_holds_anything(db: None) -> None:
    check_empty()
    factories.make_province()
    with pytest.raises(Invalid, match="ข้อมูลเดิมยังอยู่ครบ"):
        fill()
    assert models.Province.everywhere.count() == 1


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_on_it(counts: Counter[str], page: str, freeze_at_now: None) -> None:
    browser = Client()
    browser.force_login(models.Account.everywhere.get(username="owner-p01"))
    assert browser.get(reverse(page)).status_code == 200


@pytest.fixture
def freeze_at_now() -> Any:
    from saisaat.records import clock

    clock.freeze(NOW)
    yield
    clock.freeze(None)


def test_the_command_reports_its_rows_and_how_to_sign_in(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(filling.SCALES, "office", Scale(provinces=1, drawn=0))
    assert filling.fill(scale="office", seed=1, seasons=1) == 0
    told = capsys.readouterr()
    assert f"{models.Acknowledgement.everywhere.count():,}  Acknowledgement" in told.out
    assert "owner, producer" in told.err
    password = told.err.rsplit("รหัสผ่าน ", 1)[1].strip()
    assert Client().login(username="owner", password=password)
