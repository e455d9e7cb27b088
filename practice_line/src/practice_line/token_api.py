"""LINE's endpoints for channel access tokens. Those that LINE Login has too (`/oauth2/v2.1/...`) are in `login_api`."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from practice_line.errors import LoginError
from practice_line.line_api import form_route
from practice_line.platform import Platform
from practice_line.tokens import ASSERTION_TYPE

Form = dict[str, str]


class TokenApi:
    """Issue, verify and revoke, over HTTP."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._tokens = platform.channel_tokens

    def routes(self) -> list[Route]:
        platform, short = self._platform, "/v2/oauth"
        return [
            form_route(platform, "POST", f"{short}/accessToken", self._short),
            form_route(platform, "POST", f"{short}/verify", lambda _, form: self._tokens.check_opaque(token_in(form))),
            form_route(platform, "POST", f"{short}/revoke", lambda _, form: self._tokens.revoke_opaque(token_in(form))),
            form_route(platform, "POST", "/oauth2/v3/token", self._stateless),
            form_route(platform, "GET", "/oauth2/v2.1/tokens/kid", self._kids),
        ]

    def _short(self, _: Request, form: Form) -> dict[str, Any]:
        client_id = form.get("client_id", "")
        self._platform.rates.count("POST /v2/oauth/accessToken", client_id)
        need_credentials_grant(form)
        return self._tokens.issue_short(client_id, form.get("client_secret", ""))

    def _stateless(self, _: Request, form: Form) -> dict[str, Any]:
        need_credentials_grant(form)
        if "client_assertion" in form:
            channel_id = self._tokens.asserted_channel(assertion_in(form))
        else:
            channel_id = self._tokens.stateless_channel(form.get("client_id", ""), form.get("client_secret", ""))
        return self._tokens.issue_stateless(channel_id)

    def _kids(self, request: Request, _: Form) -> dict[str, Any]:
        return self._tokens.key_ids(assertion_in(request.query_params))


def token_in(form: Mapping[str, str]) -> str:
    return form.get("access_token", "")


def need_credentials_grant(form: Mapping[str, str]) -> None:
    if form.get("grant_type") != "client_credentials":
        raise LoginError("unsupported_grant_type", "unsupported grant_type")


def assertion_in(form: Mapping[str, str]) -> str:
    """The JWT assertion of a request."""
    if form.get("client_assertion_type") != ASSERTION_TYPE:
        raise LoginError("invalid_request", "Invalid client_assertion_type")
    return form.get("client_assertion", "")
