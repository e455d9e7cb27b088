"""Rows of what lies around the chats: quota and counts, rich menus, channel access tokens, LIFF apps, login."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Delivered:
    """Heads reached in one way on one day of UTC+9; `day` is "20260131", `way` reply, push, multicast, ..."""

    day: str
    way: str
    heads: int = 0


@dataclass(slots=True)
class Unit:
    """A name of an aggregation unit that was used in a month of UTC+9."""

    month: str
    name: str


@dataclass(slots=True)
class Engagement:
    """What people did with one counted message: addresses opened and the clip played, as address -> person -> times.

    A clip is kept under "played 0", "played 25" and so on.
    """

    message_id: str
    people: dict[str, dict[str, int]] = field(default_factory=dict)


@dataclass(slots=True)
class Narrowcast:
    """An accepted narrowcast. `error` is LINE's errorCode where it failed; `targets` are those it was sent to."""

    request_id: str
    accepted_ms: int
    targets: list[str]
    error: int = 0


@dataclass(slots=True)
class RichMenu:
    """`body` is the rich menu object as it was made; `image` in base64, "" until one is uploaded."""

    id: str
    body: dict[str, Any]
    image: str = ""
    image_type: str = ""


@dataclass(slots=True)
class LinkToken:
    """For account linking: who it was made for, and until when it lives, in the platform's time."""

    token: str
    user_id: str
    expires_ms: int
    used: bool = False


@dataclass(slots=True)
class AssertionKey:
    """The public key (a JWK) whose private half signs a channel's JWT assertions."""

    kid: str
    channel_id: str
    key: dict[str, Any]


@dataclass(slots=True)
class ChannelToken:
    """A channel access token that was issued. `kind` is "short" or "v2.1"; `key_id` is v2.1's own."""

    token: str
    channel_id: str
    kind: str
    expires_ms: int
    key_id: str = ""


@dataclass(slots=True)
class LiffApp:
    """A LIFF app on a login channel; `body` holds its settings in LINE's shape, without the id.

    `share_target_picker` is the console's switch for it.
    """

    liff_id: str
    client_id: str
    body: dict[str, Any]
    share_target_picker: bool = True


@dataclass(slots=True)
class LiffConsent:
    """What a person has let the LIFF apps of a login channel do."""

    client_id: str
    user_id: str
    scopes: list[str]


@dataclass(slots=True)
class LiffOpening:
    """A LIFF app open in somebody's LINE. `chat` is where it was opened from, "" outside of any.

    `scopes` is what the person granted, `access` and `id_token` are the tokens the app has got ("" without openid).
    """

    key: str
    liff_id: str
    user_id: str
    chat: str
    scopes: list[str]
    access: str
    id_token: str


@dataclass(slots=True)
class LoginChannel:
    """A LINE Login channel: an app that people may sign in to."""

    client_id: str
    name: str
    secret: str
    redirect_uris: list[str]


@dataclass(slots=True)
class LoginCode:
    """An authorization code. Times of login are real, in seconds since 1970."""

    code: str
    client_id: str
    user_id: str
    redirect_uri: str
    scopes: list[str]
    nonce: str
    challenge: str
    with_auth_time: bool
    made_at: int


@dataclass(slots=True)
class LoginToken:
    """An access token, for `seconds` from `made_at`, and its refresh token; `granted_at` is when the person agreed."""

    access: str
    refresh: str
    client_id: str
    user_id: str
    scopes: list[str]
    granted_at: int
    made_at: int
    seconds: int = 30 * 24 * 3600


@dataclass(slots=True)
class RetryKey:
    key: str
    at_ms: int
    request_id: str
    sent: list[dict[str, str]]


@dataclass(slots=True)
class Usage:
    """Heads counted in one month of the quota's zone; `month` is "2026-01"."""

    month: str
    used: int
