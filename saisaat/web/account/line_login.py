"""LINE Login: allauth's OpenID Connect provider does the round trip, with state, nonce and PKCE.

What allauth would do next (make users, keep ids and tokens) never happens: the adapter hands LINE's answer, once its ID
token is verified, to `finish` of the view that asked. Named in the settings; LINE's addresses come from there too.
"""

import logging
import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from requests import RequestException

from saisaat.web.id_tokens import Claims, PublishedKeys, TokenRefused, Verifier

PROVIDER = "line"
State = dict[str, Any]
Finish = Callable[[HttpRequest, Claims, State], HttpResponse]
Failed = Callable[[HttpRequest, bool], HttpResponse]
"""Given the request and whether the person said no at LINE's."""

log = logging.getLogger("saisaat.line_login")


class LineNotReached(Exception):
    """LINE's login server gave no usable answer."""


def is_offered() -> bool:
    """Whether a LINE Login channel is configured."""
    return bool(settings.LINE_LOGIN["client_id"])


def callback_address() -> str:
    """Where LINE sends people back to: registered at LINE, so always on the office's public address."""
    return str(settings.BASE_URL) + reverse("line-back")


class LineOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """allauth's hooks: one provider, from the settings."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        login = settings.LINE_LOGIN
        if not login["client_id"] or provider not in {None, PROVIDER, OpenIDConnectProvider.id}:
            return []
        return [
            SocialApp(
                provider=OpenIDConnectProvider.id,
                provider_id=PROVIDER,
                name="LINE",
                client_id=login["client_id"],
                secret=login["client_secret"],
                settings={
                    "server_url": login["server"],
                    "oauth_pkce_enabled": True,
                    # The id is all we want to know: no name, no picture, no address.
                    "scope": ["openid"],
                    "fetch_userinfo": False,
                    "token_auth_method": "client_secret_post",
                },
            )
        ]

    def get_requests_session(self) -> Any:
        session = super().get_requests_session()
        # A practice LINE on this machine is not behind the office's proxy.
        session.trust_env = urlsplit(settings.LINE_LOGIN["server"]).hostname not in {"127.0.0.1", "localhost", "::1"}
        return session

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """Into our own page instead of allauth's. `failed` is laid on the request by `come_back`."""
        if exception is not None:
            log.warning("LINE Login failed: %s", type(exception).__name__)
        raise ImmediateHttpResponse(request.line_failed(request, error == AuthError.CANCELLED))  # type: ignore[attr-defined]


class LineAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth is untyped
    """One round trip. `state` is what went out with it."""

    login_cancelled_error = "ACCESS_DENIED"

    def __init__(self, request: HttpRequest, provider_id: str = PROVIDER) -> None:
        super().__init__(request, provider_id)
        self.state: State = {}
        self.finish: Finish | None = None

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return callback_address()

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> None:
        assert self.finish is not None
        verifier = Verifier(
            issuer=self.openid_config["issuer"],
            client_id=app.client_id,
            secret=app.secret,
            keys=PublishedKeys(self.openid_config["jwks_uri"]),
        )
        try:
            claims = verifier.verify(kwargs["response"].get("id_token", ""), nonce=str(self.state["nonce"]))
        except TokenRefused as refused:
            raise OAuth2Error(f"ID token refused: {refused}") from refused
        raise ImmediateHttpResponse(self.finish(request, claims, self.state))


class LineProvider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth is untyped
    oauth2_adapter_class = LineAdapter


class _Callback(OAuth2CallbackView):  # type: ignore[misc]  # allauth is untyped
    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[State | None, HttpResponse | None]:
        state, refused = super()._get_state(request, provider)
        self.adapter.state = state or {}
        return state, refused


def set_out(request: HttpRequest, *, purpose: str, next_url: str, fresh: bool = False) -> HttpResponse:
    """To LINE's page. `fresh`: LINE is to ask for the person again unless it did within five minutes.

    Raises LineNotReached.
    """
    nonce = secrets.token_urlsafe(16)
    wishes = {"nonce": nonce, "ui_locales": "th-TH"} | ({"max_age": "300"} if fresh else {})
    try:
        provider = get_adapter().get_provider(request, PROVIDER)
        away: HttpResponse = provider.redirect(
            request, process="login", next_url=next_url, auth_params=wishes, nonce=nonce, purpose=purpose
        )
    except (RequestException, ValueError, KeyError) as error:
        raise LineNotReached from error
    return away


def come_back(request: HttpRequest, finish: Finish, failed: Failed) -> HttpResponse:
    """From LINE's page: `finish` with the verified claims and the state that went out, or `failed`."""
    adapter = LineAdapter(request)
    adapter.finish = finish
    request.line_failed = failed  # type: ignore[attr-defined]  # for `LineOnly`
    try:
        answer: HttpResponse = _Callback.adapter_view(adapter)(request)
    except (ValueError, KeyError) as error:
        log.warning("LINE's answer could not be read: %s", type(error).__name__)
        return failed(request, False)
    return answer
