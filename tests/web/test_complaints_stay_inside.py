"""A complaint and its author's name are read by those who answer comments, where comments belong, by nobody else."""

from collections.abc import Callable

import pytest
from django.test import Client

from saisaat.actions.comment import Author, comment_by_name
from saisaat.domain.feedback import CommentKind
from saisaat.domain.roles import MAY, Deed
from saisaat.records.models import Comment, Delivery
from tests.cast import ROLES, Cast
from tests.factories import NOW
from tests.scenes import Address, Scene, addresses, furnish

Enter = Callable[[str], Client]
TEXT, NAME = "ขอร้องเรียนเรื่องเก็บเงินชาวบ้านรายละพันบาท", "ผู้ร้องเรียนคนนั้น"


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """Everything on the stage, and a complaint by name about the publication that is in front of its readers."""
    scene = furnish(cast)
    delivery = Delivery.of(cast.province).get(pk=scene.ids["publication"])
    author = Author(who="a" * 64, name=NAME)
    row = comment_by_name(delivery=delivery, text=TEXT, author=author, now=NOW)
    assert row.guess == CommentKind.COMPLAINT
    assert Comment.everywhere.get(pk=row.pk).origin == Comment.Origin.NAMED
    scene.ids["comment"] = row.pk
    return scene


def read_by(browser: Client, scene: Scene, listed: list[Address]) -> set[str]:
    """The addresses at which the text or the name stands."""
    found = set()
    for address in listed:
        answer = browser.get(address.path(scene))
        body = b"".join(answer) if answer.streaming else answer.content
        if TEXT.encode() in body or NAME.encode() in body:
            found.add(address.name)
    return found


def pages() -> list[Address]:
    return [address for address in addresses() if address.method == "GET"]


def test_no_public_page_shows_it(scene: Scene) -> None:
    public = [address for address in pages() if address.deed is None]
    assert len(public) >= 5
    assert read_by(Client(), scene, public) == set()


def test_only_those_who_answer_comments_read_it(scene: Scene, enter: Enter) -> None:
    shown = [page for page in pages() if page.name in {"comments", "comment", "publication", "home", "publications"}]
    for part, (_, roles) in ROLES.items():
        may = bool(set(roles) & MAY[Deed.ANSWER_COMMENT])
        assert (read_by(enter(part), scene, shown) != set()) == may, part


def test_nobody_reads_it_where_comments_do_not_belong(scene: Scene, enter: Enter) -> None:
    places = {"comments", "comment", "publication", "publication-live", "home"}
    assert read_by(enter("owner"), scene, pages()) <= places
