"""How Flex cards are measured in a browser. Its fixtures `shared`, `lay` and `base` are made known by conftest."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from flex_samples import Part, column, flex
from playwright.sync_api import Browser, Locator, expect
from room_stage import DESK, Stage, Visitor, raised_stage

INNER = 260  # the width inside a mega bubble's body: 300 less 20 on both sides

Lay = Callable[[Part], Locator]


class Rect(NamedTuple):
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


RECTS = "nodes => nodes.map(n => n.getBoundingClientRect()).map(r => [r.x, r.y, r.width, r.height])"


def rects(parent: Locator, selector: str) -> list[Rect]:
    """The boxes of what is directly inside the body's box, or of a deeper selector."""
    return [Rect(*found) for found in parent.locator(selector).evaluate_all(RECTS)]


def children(card: Locator) -> list[Rect]:
    return rects(card, ".body > .flex-box > *")


def body_box(card: Locator) -> Rect:
    return rects(card, ".body > .flex-box")[0]


def styles(card: Locator, selector: str, name: str) -> list[Any]:
    return list(card.locator(selector).evaluate_all(f"nodes => nodes.map(n => getComputedStyle(n).{name})"))


def filled(width: str = "40px", height: str = "30px", **more: Any) -> Part:
    return column(width=width, height=height, backgroundColor="#00aaff", **more)


@pytest.fixture(scope="module")
def shared() -> Iterator[Stage]:
    with raised_stage() as shared:
        shared.practice("quota", "PUT", {"limit": None})
        yield shared


@pytest.fixture(scope="module")
def lay(browser: Browser, shared: Stage) -> Iterator[Lay]:
    """Sends a card to a phone and gives it as it is drawn there, its pictures loaded."""
    visitor = Visitor(browser, shared)
    page = visitor.open(size=DESK)

    def lay(card: Part) -> Locator:
        before = page.get_by_role("article").count()
        shared.bot.push(shared.group, flex(card, "การ์ด"))
        expect(page.get_by_role("article")).to_have_count(before + 1)
        drawn = page.get_by_role("article").last.locator(".flex-single, .flex-carousel")
        drawn.locator("img").evaluate_all("nodes => Promise.all(nodes.map(n => (n.loading = 'eager', n.decode())))")
        return drawn

    yield lay
    page.context.close()
    assert visitor.complaints == []


@pytest.fixture
def base(shared: Stage) -> str:
    """Where pictures are."""
    return shared.bot.url


def near(one: float, other: float, within: float = 1.0) -> bool:
    return abs(one - other) <= within
