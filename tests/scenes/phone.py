from saisaat.actions.link_request import ask
from saisaat.domain.approval import ItemStatus
from saisaat.domain.roles import Deed
from saisaat.records.links import group_link
from saisaat.records.models import Channel
from tests.factories import NOW, make_attempt, make_delivery, make_entry
from tests.scenes import Address, Scene, form

ITEM, LIFF = ("asking_slug", "asking_link"), ("liff_channel", "asking_slug", "asking_link")
ME = ("liff_channel",)
SEEN, REFUSED = (200,), (401,)
QUIZ = {
    "question": "รับของขวัญจากผู้มาติดต่อราชการได้ไม่เกินเท่าใด",
    "choices": ["500 บาท", "3,000 บาท", "ไม่จำกัด"],
    "answer": 1,
    "why": "ประกาศคณะกรรมการ ป.ป.ช. กำหนดไว้ไม่เกินสามพันบาทต่อคนต่อโอกาส",
}

ADDRESSES = [
    Address("item", None, ITEM),
    Address("item", None, ITEM, query="done=ack"),
    Address("item", None, ITEM, query="intent=criticise"),
    Address("item", None, ITEM, query="choice=0"),
    form("item-press", None, *ITEM, answers=(422,)),
    form("item-quiz", None, *ITEM, answers=(422,)),
    Address("item-clip", None, ("clip_slug", "clip_link"), answers=(302,), look=False),
    form("item-clip", None, "clip_slug", "clip_link", answers=(422,)),
    # Inside LINE's app: the browser of these tests has no LINE, so it does not look at them.
    Address("liff", None, ME, look=False),
    Address("liff-item", None, LIFF, look=False),
    form("liff-item-press", None, *LIFF, answers=(422,)),
    form("liff-item-comment", None, *LIFF, answers=(422,)),
    form("liff-item-quiz", None, *LIFF, answers=(422,)),
    form("liff-item-clip", None, *LIFF, answers=(422,)),
    form("liff-item-seen", None, *LIFF, answers=SEEN),
    Address("liff-me", None, ME, look=False),
    *(form(f"liff-me-{deed}", None, *ME, answers=REFUSED) for deed in ("state", "link", "ask", "unlink", "erase")),
    Address("people-line", Deed.MANAGE_PEOPLE),
    form("people-line-codes", Deed.MANAGE_PEOPLE, answers=(404,)),
    form("people-line-grant", Deed.MANAGE_PEOPLE, "link_request", answers=(422,)),
    # Sent by each role in turn: the first who may decides, the next ones are told so.
    form("people-line-refuse", Deed.MANAGE_PEOPLE, "link_request", answers=(302, 422)),
    form("person-unlink", Deed.MANAGE_PEOPLE, "colleague", answers=(302,)),
    Address("studio-quiz", Deed.COMPOSE, ("quiz_draft",)),
    form("studio-quiz", Deed.COMPOSE, "quiz_draft", answers=(422,)),
]


def furnish(scene: Scene) -> None:
    """A LIFF app, a published item with a question, a draft for one, and somebody who asks to be registered."""
    cast = scene.cast
    Channel.everywhere.filter(pk=cast.channel.pk).update(liff_id="1234567890-AbCd1234")
    item = cast.item(title="ถามตอบเรื่องของขวัญ", quiz=QUIZ)
    make_attempt(make_delivery(make_entry(cast.campaign), cast.network, item))
    asked = ask(office=cast.office, name="ผู้ขอผูกบัญชี", line_user="U" + "a" * 32, now=NOW)
    scene.ids |= {
        "asking_slug": item.slug,
        "asking_link": group_link(item.slug, cast.network.code),
        "liff_channel": str(cast.channel.pk),
        "link_request": asked.pk,
        "quiz_draft": cast.item(title="ร่างที่จะมีคำถาม", status=ItemStatus.DRAFT).pk,
    }
