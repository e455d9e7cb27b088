"""One of everything a page can show, and every address of the product with who may open it.

Each area has a module here: `furnish(scene)` puts its rows on the stage and their ids into the scene, `ADDRESSES`
lists its addresses. The grid of roles, the counts of queries, the accessibility checks and the browser walk one list.
"""

from dataclasses import dataclass, field
from importlib import import_module
from urllib.parse import quote

from django.urls import reverse

from saisaat.domain.roles import MAY, Deed
from tests.cast import ROLES, Cast

AREAS = (
    "account",
    "home",
    "campaign",
    "people",
    "season",
    "plan",
    "studio",
    "clips",
    "review",
    "publications",
    "comments",
    "settings",
    "public",
    "phone",
)


@dataclass(frozen=True, slots=True)
class Address:
    """A page or a form's goal.

    `name` is the address's name in the urlconf, `args` names of ids in the scene. `deed` is what it asks for; None:
    open to anybody. `query` is what stands after the "?". `most` is the most queries a GET may take. `answers` are the
    statuses for somebody who may (a POST is sent empty: 302 or 422). `look`: the browser opens it too; False for files
    and partials.
    """

    name: str
    deed: Deed | None = Deed.SEE
    args: tuple[str, ...] = ()
    query: str = ""
    method: str = "GET"
    most: int = 22
    answers: tuple[int, ...] = (200,)
    look: bool = True

    def __str__(self) -> str:
        return f"{self.method} {self.name}{'?' + self.query if self.query else ''}"

    def path(self, scene: "Scene") -> str:
        path = reverse(self.name, args=[scene.ids[name] for name in self.args])
        return f"{path}?{quote(self.query, safe='=&')}" if self.query else path

    def allows(self, part: str) -> bool:
        return self.deed is None or bool(set(ROLES[part][1]) & MAY[self.deed])


def form(name: str, deed: Deed | None, *args: str, answers: tuple[int, ...] = (302, 422)) -> Address:
    """The goal of a form."""
    return Address(name, deed, args, method="POST", answers=answers, look=False)


@dataclass(slots=True)
class Scene:
    """The cast, and the ids of what the areas put on the stage, by name."""

    cast: Cast
    ids: dict[str, str] = field(default_factory=dict)


def furnish(cast: Cast) -> Scene:
    """Everything on the stage. The areas are furnished in order; a later one may use the ids of an earlier one."""
    scene = Scene(cast)
    for area in AREAS:
        import_module(f"tests.scenes.{area}").furnish(scene)
    return scene


def addresses() -> list[Address]:
    return [address for area in AREAS for address in import_module(f"tests.scenes.{area}").ADDRESSES]
