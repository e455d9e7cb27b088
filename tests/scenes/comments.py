from saisaat.domain.feedback import CommentKind
from saisaat.domain.roles import Deed
from saisaat.records.models import Delivery
from tests.factories import make_comment
from tests.scenes import Address, Scene, form

ADDRESSES = [
    Address("comments"),
    Address("comments", query="show=open"),
    Address("comments", query="kind=criticism&unsure=1"),
    Address("comments-templates", Deed.ANSWER_COMMENT),
    form("comments-templates", Deed.ANSWER_COMMENT, answers=(422,)),
    form("comments-confirm", Deed.ANSWER_COMMENT, answers=(302,)),
    form("comment-owner", Deed.ANSWER_COMMENT, "comment", answers=(422,)),
    form("comment-end", Deed.ANSWER_COMMENT, "comment", answers=(422,)),
    form("comment-hide", Deed.ANSWER_COMMENT, "comment", answers=(422,)),
    form("comment-show", Deed.ANSWER_COMMENT, "comment", answers=(302,)),
    Address("comment", args=("comment",)),
    Address("comment", args=("unplaced",)),
    form("confirm", Deed.ANSWER_COMMENT, "comment", answers=(422,)),
    form("answer", Deed.ANSWER_COMMENT, "comment", answers=(422,)),
]


def furnish(scene: Scene) -> None:
    """A criticism nobody judged, a complaint, thanks, and an answered question."""
    delivery = Delivery.of(scene.cast.province).get(pk=scene.ids["publication"])
    said = make_comment(delivery, "ตัวหนังสือเล็กไป ผู้สูงอายุอ่านไม่ออก", CommentKind.CRITICISM)
    make_comment(delivery, "หัวหน้าใช้รถหลวงไปธุระ", CommentKind.COMPLAINT, kind="complaint")
    make_comment(delivery, "ขอบคุณค่ะ", CommentKind.ACK)
    place = {"campaign": scene.cast.campaign, "group": scene.cast.network}
    unplaced = make_comment(None, "ควรส่งช่วงเช้า", CommentKind.SUGGESTION, province=scene.cast.province.pk, **place)
    scene.ids["unplaced"] = unplaced.pk
    scene.ids["comment"] = said.pk
