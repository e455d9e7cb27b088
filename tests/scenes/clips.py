from saisaat.domain.roles import Deed
from tests.scenes import Address, Scene, form

ADDRESSES = [
    Address("clips"),
    Address("clips", query="years=all"),
    Address("clip-new", Deed.COMPOSE),
    form("clip-new", Deed.COMPOSE, answers=(200, 422)),
    Address("clips-search", Deed.COMPOSE),
]


def furnish(scene: Scene) -> None:
    """The clip is the public pages'."""
