"""LINE Login v2.1 over HTTP. Paths, shapes and errors are LINE's; its two hosts are one address here."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from practice_line.errors import LoginError, access_token_refused
from practice_line.line_api import form_route, read_form
from practice_line.login import ISSUER, SCOPES, Wish
from practice_line.login_page import BOT_PROMPTS, draw_page, draw_refusal
from practice_line.platform import Platform
from practice_line.rows import LoginChannel
from practice_line.token_api import assertion_in
from practice_line.web import BodyTooLargeError
from practice_line.webhooks import Courier

Form = dict[str, str]
Call = Callable[[Request, Form], Any]

AUTHORIZE = "/oauth2/v2.1/authorize"
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'"
WRONG_CLIENT = "Invalid client_id value. Check if it is registered in a LINE developers site."
WRONG_REDIRECT = "Invalid redirect_uri value. Check if it is registered in a LINE developers site."


class BadWishError(Exception):
    """The app asked for something it cannot have; the person goes back to it with `error` in the address."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.error = error


class LoginApi:
    """The login endpoints. Whatever a call changed is committed before its answer leaves."""

    def __init__(self, platform: Platform, courier: Courier) -> None:
        self._platform = platform
        self._courier = courier
        self._login = platform.login

    def routes(self) -> list[Route]:
        base = "/oauth2/v2.1"
        return [
            Route(AUTHORIZE, self._authorize, methods=["GET", "POST"]),
            self._route("POST", f"{base}/token", self._token),
            self._route("POST", f"{base}/revoke", self._revoke),
            self._route("GET", f"{base}/verify", self._verify_access_token),
            self._route("POST", f"{base}/verify", self._verify_id_token),
            self._route("GET", f"{base}/userinfo", lambda r, _: self._login.user_info(_bearer(r))),
            self._route("POST", f"{base}/userinfo", lambda r, _: self._login.user_info(_bearer(r))),
            self._route("GET", "/v2/profile", lambda r, _: self._login.profile(_bearer(r))),
            self._route("GET", "/friendship/v1/status", lambda r, _: self._login.friendship(_bearer(r))),
            self._route("GET", f"{base}/certs", lambda _, __: self._login.public_keys()),
            self._route("GET", "/.well-known/openid-configuration", lambda r, _: discovery(_address(r))),
        ]

    def _route(self, method: str, path: str, call: Call) -> Route:
        return form_route(self._platform, method, path, call)

    async def _authorize(self, request: Request) -> Response:
        """The page on which one picks whom to be (GET), and what was picked (POST, with the same parameters)."""
        try:
            asked = dict(request.query_params) if request.method == "GET" else await read_form(request)
        except BodyTooLargeError:
            return HTMLResponse(draw_refusal("Request entity too large"), 413)
        channel = self._login.channel(asked.get("client_id", ""))
        if channel is None:
            return HTMLResponse(draw_refusal(WRONG_CLIENT), 400)
        if not self._platform.login.leads_back(channel, asked.get("redirect_uri", "")):
            return HTMLResponse(draw_refusal(WRONG_REDIRECT), 400)
        try:
            wish = read_wish(asked)
            if request.method == "GET":
                return self._ask(request, asked, channel, wish)
            return self._decided(asked, channel, wish)
        except BadWishError as error:
            told = {"error": error.error, "error_description": str(error), "state": asked.get("state", "")}
            return _back(asked["redirect_uri"], told)

    def _ask(self, request: Request, asked: Form, channel: LoginChannel, wish: Wish, status: int = 200) -> Response:
        if asked.get("prompt") == "none":
            raise BadWishError("LOGIN_REQUIRED", "User does not logged in.")
        people = [(person.id, person.name) for person in self._platform.state.people]
        page = draw_page(channel.name, wish.scopes, people, asked, str(request.url.path))
        # A form's answer may lead back to the app only where the policy names the app too.
        policy = f"{POLICY}; form-action 'self' {_origin(wish.redirect_uri)}"
        return HTMLResponse(page, status, {"Content-Security-Policy": policy, "Cache-Control": "no-store"})

    def _decided(self, asked: Form, channel: LoginChannel, wish: Wish) -> Response:
        if asked.get("decision") != "allow":
            raise BadWishError("ACCESS_DENIED", "The resource owner denied the request.")
        user_id = asked.get("user_id", "")
        if self._platform.state.people.get(user_id) is None:
            return HTMLResponse(draw_refusal("There is no such person in this practice world."), 400)
        told = {"code": self._login.permit(wish, user_id), "state": wish.state}
        if asked.get("bot_prompt") in BOT_PROMPTS:
            told["friendship_status_changed"] = self._befriended(asked, user_id)
        self._platform.commit()
        self._courier.start()
        return _back(wish.redirect_uri, told)

    def _befriended(self, asked: Form, user_id: str) -> str:
        """Whether the person became a friend on this page, in the words of the address."""
        if asked.get("add_friend") != "1" or self._platform.sending.is_friend(user_id):
            return "false"
        self._platform.friends.follow(user_id)
        return "true"

    def _token(self, _: Request, form: Form) -> dict[str, Any]:
        kind = form.get("grant_type")
        if kind == "client_credentials":
            return self._platform.channel_tokens.issue_v21(assertion_in(form))
        client_id, secret = _need(form, "client_id"), form.get("client_secret", "")
        if kind == "authorization_code":
            code, redirect = _need(form, "code"), _need(form, "redirect_uri")
            return self._login.exchange(client_id, secret, code, redirect, form.get("code_verifier", ""))
        if kind == "refresh_token":
            return self._login.refresh(client_id, secret, _need(form, "refresh_token"))
        raise LoginError("unsupported_grant_type", "unsupported grant_type")

    def _revoke(self, _: Request, form: Form) -> None:
        client_id, secret, token = _need(form, "client_id"), form.get("client_secret", ""), _need(form, "access_token")
        if not self._platform.channel_tokens.revoke_v21(client_id, secret, token):
            self._login.revoke(client_id, secret, token)

    def _verify_access_token(self, request: Request, _: Form) -> dict[str, Any]:
        token = request.query_params.get("access_token", "")
        return self._platform.channel_tokens.check_jws(token) or self._login.check_access(token)

    def _verify_id_token(self, _: Request, form: Form) -> dict[str, Any]:
        id_token, client_id = _need(form, "id_token"), _need(form, "client_id")
        return self._login.check_id_token(id_token, client_id, form.get("nonce"), form.get("user_id"))


def read_wish(asked: Form) -> Wish:
    """What the authorize address asks for. Raises BadWishError in the words of LINE's error codes."""
    if asked.get("response_type") != "code":
        raise BadWishError("UNSUPPORTED_RESPONSE_TYPE", "response_type must be code.")
    if not asked.get("state"):
        raise BadWishError("INVALID_REQUEST", "state is required.")
    scopes = tuple(scope for scope in SCOPES if scope in asked.get("scope", "").split())
    if not {"profile", "openid"} & set(scopes) or ("email" in scopes and "openid" not in scopes):
        raise BadWishError("INVALID_SCOPE", "The requested scope is invalid, unknown, or malformed.")
    challenge, method = asked.get("code_challenge", ""), asked.get("code_challenge_method", "")
    if (challenge or method) and (method != "S256" or len(challenge) != 43):
        raise BadWishError("INVALID_REQUEST", "code_challenge needs code_challenge_method S256.")
    return Wish(
        client_id=asked["client_id"],
        redirect_uri=asked["redirect_uri"],
        state=asked["state"],
        scopes=scopes,
        nonce=asked.get("nonce", ""),
        challenge=challenge,
        with_auth_time="max_age" in asked,
    )


def discovery(address: str) -> dict[str, Any]:
    """LINE's OpenID provider configuration with this server's addresses; the issuer stays LINE's own."""
    base = f"{address}/oauth2/v2.1"
    return {
        "issuer": ISSUER,
        "authorization_endpoint": f"{base}/authorize",
        "token_endpoint": f"{base}/token",
        "revocation_endpoint": f"{base}/revoke",
        "userinfo_endpoint": f"{base}/userinfo",
        "scopes_supported": ["openid", "profile", "email"],
        "jwks_uri": f"{base}/certs",
        "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "code_challenge_methods_supported": ["S256"],
    }


def _need(form: Form, name: str) -> str:
    value = form.get(name)
    if not value:
        raise LoginError("invalid_request", f"{name} is required")
    return value


def _bearer(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind != "Bearer" or not token:
        raise access_token_refused(401)
    return token


def _back(redirect_uri: str, told: Form) -> Response:
    page, hash_, fragment = redirect_uri.partition("#")
    joint = "&" if urlsplit(page).query else "?"
    told = {name: value for name, value in told.items() if value}
    return RedirectResponse(f"{page}{joint}{urlencode(told)}{hash_}{fragment}", 302)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _address(request: Request) -> str:
    return str(request.base_url).rstrip("/")
