"""A channel's LIFF app: what a page needs to hold LINE's SDK, and who a reader is by LINE's word.

Nothing a page says about its reader is believed but an ID token that verifies here.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from saisaat.domain.liff import ISSUER, LINE_API, LINE_CDN, SDK_CALLS, SDK_PATH, login_channel
from saisaat.records.models import Channel
from saisaat.records.sealing import keyed_hash
from saisaat.web.id_tokens import PublishedKeys, TokenRefused, Verifier
from saisaat.web.middleware import allow

TOKEN = "id_token"  # noqa: S105 - the name of a field


@dataclass(frozen=True, slots=True)
class LineApp:
    """A LIFF app. `room` is the practice room's address, empty on the real LINE."""

    liff_id: str
    room: str

    @property
    def sdk(self) -> str:
        """LINE's own script, pinned by its version (docs/adr/0027)."""
        return f"{self.room or LINE_CDN}{SDK_PATH}"

    def admit(self, request: HttpRequest) -> None:
        """The page that answers `request` may load the SDK, the SDK may call home, the room may frame the page."""
        calls = [self.room] if self.room else list(SDK_CALLS)
        scripts = [self.room] if self.room else [LINE_CDN, "https://liffsdk.line-scdn.net"]
        allow(request, script_src=scripts, connect_src=calls)
        if self.room:
            allow(request, frame_ancestors=[self.room])

    def verifier(self) -> Verifier:
        return _verifier(self.liff_id, self.room or LINE_API, str(settings.DATA_DIR))


@dataclass(frozen=True, slots=True)
class Reader:
    """Who sent a form. `user` is the LINE user's id where LINE vouched for one, and `who` its keyed hash, else "".

    `refused`: an ID token came, and proves nothing (most often it is older than its hour).
    """

    user: str = ""
    who: str = ""
    refused: bool = False


def app_of(channel: Channel | None) -> LineApp | None:
    """The LIFF app of `channel`, where one is set."""
    return LineApp(channel.liff_id, channel.api_base.rstrip("/")) if channel is not None and channel.liff_id else None


def reader_of(request: HttpRequest, app: LineApp | None) -> Reader:
    """Whom LINE vouches for in this POST."""
    token = request.POST.get(TOKEN, "")
    if not token or app is None:
        return Reader(refused=bool(token))
    try:
        user = str(app.verifier().verify(token)["sub"])
    except TokenRefused:
        return Reader(refused=True)
    return Reader(user, keyed_hash(user))


@lru_cache(maxsize=256)
def _verifier(liff_id: str, api: str, folder: str) -> Verifier:
    """Kept, for its keys are: one reading of LINE's keys serves everybody for a day."""
    return Verifier(
        issuer=ISSUER,
        client_id=login_channel(liff_id),
        keys=PublishedKeys(f"{api}/oauth2/v2.1/certs", Path(folder) / "line-keys"),
        ask=f"{api}/oauth2/v2.1/verify",
    )
