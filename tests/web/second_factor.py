"""A telephone for the tests: what its authenticator app shows."""

from allauth.mfa.totp.internal import auth

from saisaat.actions import protect
from saisaat.domain.roles import Actor
from saisaat.records.models import Account
from tests.factories import NOW

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def shown(secret: str = SECRET, steps: int = 0) -> str:
    """The code of this moment, or of `steps` half minutes later."""
    return str(auth.format_hotp_value(auth.hotp_value(secret, int(auth.time.time()) // 30 + steps)))


def with_totp(username: str) -> list[str]:
    """Let the account have `SECRET` on its telephone; this moment's code is still unused. Returns recovery codes."""
    account = Account.everywhere.get(username=username)
    by = Actor(account.person_id)
    return protect.turn_on_totp(account=account, secret=SECRET, code=shown(steps=-1), by=by, now=NOW)
