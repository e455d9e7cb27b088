from saisaat.domain.roles import Deed
from tests.scenes import Address, Scene, form

ADDRESSES = [
    Address("home", most=24),
    Address("more"),
    Address("kept", answers=(302,), look=False),
    form("kept", Deed.SEE, answers=(302,)),
]


def furnish(scene: Scene) -> None:
    """Home shows what the other areas put on the stage."""
