from saisaat.domain.delivery import Outcome, State
from saisaat.domain.roles import Deed
from tests.factories import NOW, make_attempt, make_delivery, make_entry
from tests.scenes import Address, Scene, form

ADDRESSES = [
    Address("publications"),
    Address("publication", args=("publication",)),
    Address("publication", args=("doubtful",)),
    Address("publications", query="kind=poster&state=sent"),
    Address("publication-readers", Deed.COUNT_READERS, ("publication",)),
    form("publication-readers", Deed.COUNT_READERS, "publication", answers=(422,)),
    Address("publication-close", Deed.CLOSE_OUT, ("publication",)),
    form("publication-close", Deed.CLOSE_OUT, "doubtful", answers=(422,)),
    Address("uncertain"),
    form("resolve", Deed.RESOLVE, "doubtful", answers=(422,)),
]


def furnish(scene: Scene) -> None:
    """A publication in both groups, one nobody is sure of, and one in every other state."""
    cast = scene.cast
    item = cast.item(title="ของขวัญแบบไหนรับได้ และแบบไหนต้องส่งคืนภายในสามสิบวัน")
    entry = make_entry(cast.campaign, NOW.replace(hour=2))
    for group in (cast.staff, cast.network):
        delivery = make_delivery(entry, group, item)
        make_attempt(delivery)
    doubt = cast.delivery(State.UNCERTAIN, cast.network)
    make_attempt(doubt, Outcome.NO_ANSWER, detail="ไม่มีคำตอบภายใน 10 วินาที")
    for state in (State.MISSED, State.ARMED, State.FAILED, State.PLANNED, State.CANCELLED, State.CLOSED):
        cast.delivery(state)
    scene.ids |= {"publication": delivery.pk, "doubtful": doubt.pk}
