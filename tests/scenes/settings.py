from datetime import date

from saisaat.domain.roles import Deed
from saisaat.records.models import DutyTurn, FeedbackPhrase
from tests.scenes import Address, Scene, form

ADDRESSES = [
    Address("settings", Deed.CHANGE_SETTINGS),
    Address("settings-channel", Deed.CONNECT_CHANNEL),
    form("settings-channel", Deed.CONNECT_CHANNEL, answers=(422,)),
    form("settings-channel-test", Deed.CONNECT_CHANNEL, answers=(200,)),
    form("settings-channel-practice", Deed.CONNECT_CHANNEL, answers=(404,)),
    Address("settings-channel-liff", Deed.CONNECT_CHANNEL),
    form("settings-channel-liff", Deed.CONNECT_CHANNEL),
    Address("settings-clock", Deed.CHANGE_SETTINGS, answers=(404,), look=False),
    form("settings-clock", Deed.CHANGE_SETTINGS, answers=(404,)),
    Address("settings-groups", Deed.CHANGE_SETTINGS),
    form("settings-groups-read", Deed.CHANGE_SETTINGS),
    Address("settings-group", Deed.CHANGE_SETTINGS, ("group",)),
    form("settings-group", Deed.CHANGE_SETTINGS, "group", answers=(422,)),
    Address("settings-duty", Deed.CHANGE_SETTINGS),
    form("settings-duty", Deed.CHANGE_SETTINGS, answers=(422,)),
    form("settings-duty-remove", Deed.CHANGE_SETTINGS, "turn", answers=(302, 404)),
    Address("settings-campaign", Deed.CHANGE_SETTINGS),
    form("settings-campaign", Deed.CHANGE_SETTINGS, answers=(422,)),
    Address("settings-office", Deed.CHANGE_SETTINGS),
    form("settings-office", Deed.CHANGE_SETTINGS, answers=(422,)),
    Address("settings-words", Deed.CHANGE_SETTINGS),
    Address("settings-words", Deed.CHANGE_SETTINGS, query="kind=praise&q=ดี&page=2"),
    form("settings-words", Deed.CHANGE_SETTINGS, answers=(422,)),
    form("settings-words-try", Deed.CHANGE_SETTINGS, answers=(422,)),
    form("settings-words-out", Deed.CHANGE_SETTINGS, answers=(404,)),
    form("settings-words-forget", Deed.CHANGE_SETTINGS, "phrase", answers=(302, 404)),
    form("settings-words-import", Deed.CHANGE_SETTINGS, answers=(422,)),
    Address("settings-words-file", Deed.CHANGE_SETTINGS, look=False),
    Address("settings-traffic", Deed.CHANGE_SETTINGS),
    form("settings-traffic", Deed.CHANGE_SETTINGS, answers=(422,)),
]


def furnish(scene: Scene) -> None:
    """A turn of duty and a phrase; the channel and the groups are the cast's."""
    cast = scene.cast
    turn = DutyTurn.everywhere.create(
        province=cast.province, person=cast.people["duty"], first=date(2020, 5, 11), last=date(2020, 5, 17)
    )
    phrase = FeedbackPhrase.everywhere.create(province=cast.province, kind="praise", phrase="ม่วนคัก", weight=3)
    scene.ids |= {"group": cast.staff.pk, "turn": str(turn.pk), "phrase": str(phrase.pk)}
