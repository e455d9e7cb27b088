from datetime import UTC, datetime

from saisaat.actions import found, invite
from saisaat.domain.roles import Deed, Role
from tests.factories import make_account, make_person
from tests.scenes import Address, Scene, form

ADDRESSES = [
    Address("sign-in", None, answers=(200, 302)),
    form("sign-in", None, answers=(422, 429)),
    Address("sign-in-code", None, answers=(302,), look=False),
    form("sign-in-code", None, answers=(302,)),
    Address("line", None, answers=(404,), look=False),
    Address("line-back", None, answers=(404,), look=False),
    form("sign-out", None, answers=(302,)),
    Address("first-run", None, ("first_word",), answers=(410,)),
    form("first-run", None, "first_word", answers=(410,)),
    Address("invitation", None, ("invitation_word",)),
    form("invitation", None, "invitation_word", answers=(422,)),
    Address("welcome"),
    Address("account"),
    Address("account-password"),
    form("account-password", Deed.SEE, answers=(422,)),
    Address("account-totp"),
    form("account-totp", Deed.SEE, answers=(422,)),
    Address("account-totp-qr", answers=(200, 404), look=False),
    Address("account-codes", answers=(302,), look=False),
    Address("account-line", answers=(404,), look=False),
    form("account-line", Deed.SEE, answers=(404,)),
    form("account-sign-out", Deed.SEE, answers=(302,)),
    Address("access", Deed.MANAGE_ACCESS),
    Address("access-invite", Deed.MANAGE_ACCESS),
    form("access-invite", Deed.MANAGE_ACCESS, answers=(422,)),
    Address("access-link", Deed.MANAGE_ACCESS, answers=(302,), look=False),
    Address("access-account", Deed.MANAGE_ACCESS, ("account",)),
    form("access-grant", Deed.MANAGE_ACCESS, "account", answers=(422,)),
    form("access-revoke", Deed.MANAGE_ACCESS, "account", answers=(422,)),
    form("access-close", Deed.MANAGE_ACCESS, "account", answers=(302, 422)),
    form("access-again", Deed.MANAGE_ACCESS, "account", answers=(302,)),
    form("access-resend", Deed.MANAGE_ACCESS, "invitation", answers=(302, 404)),
    form("access-withdraw", Deed.MANAGE_ACCESS, "invitation", answers=(302, 404)),
]


def furnish(scene: Scene) -> None:
    """Somebody invited who has not come yet; a guest's account is the one looked at."""
    cast = scene.cast
    person = make_person(cast.office, "นักวิชาการพัฒนาชุมชน (เพิ่งย้ายมา)")
    make_person(cast.office, "พัฒนากร (ยังไม่มีบัญชี)")
    invitation, word = invite.invite(
        person=person, roles=[Role.PRODUCER], office=None, by=cast.actor("owner"), now=datetime.now(UTC)
    )
    guest = make_account(make_person(cast.office, "ผู้ช่วยงานชั่วคราว"), "guest", Role.VIEWER)
    scene.ids |= {"invitation": invitation.pk, "invitation_word": word, "account": guest.pk}
    scene.ids["first_word"] = found.new_first_link() or "none"
