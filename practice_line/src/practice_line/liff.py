"""LIFF, without HTTP: apps, what people agreed to, and the apps they have open. By LINE's LIFF v2 reference.

Whoever has an opening's key acts as the person who opened it: the room for its phones, or a script.
"""

import base64
import hashlib
from typing import Any

from practice_line.core import Core, is_group, pair_chat
from practice_line.errors import LineError, RefusedError
from practice_line.friends import FriendSide
from practice_line.liff_context import context
from practice_line.liff_links import channel_of, origin_of, primary_url
from practice_line.liff_messages import SENT, SHARED, check_liff_messages, heard
from practice_line.login import LoginSide
from practice_line.people import PeopleSide
from practice_line.rows import LiffApp, LiffConsent, LiffOpening

# What a person may leave out on the consent screen; the rest comes with the app or not at all.
OPTIONAL_SCOPES = frozenset({"email", "chat_message.write"})

# Openings nobody closed; the oldest make room.
MOST_OPENINGS = 500

NOT_GRANTED = "user doesn't grant required permissions yet"

Body = dict[str, Any]


class LiffSide:
    """The LIFF half of one platform. Methods return the control API's JSON or raise RefusedError (404, 403, 400)."""

    def __init__(self, core: Core, login: LoginSide, people: PeopleSide, friends: FriendSide) -> None:
        self._core = core
        self._state = core.state
        self._friends = friends
        self._login = login
        self._people = people

    def set_app(self, liff_id: str, body: Body, *, share_target_picker: bool = True) -> Body:
        """Make a LIFF app under an id of one's own, or change it. `body` is checked already, in LINE's shape."""
        client_id = channel_of(liff_id)
        if client_id is None:
            raise RefusedError(400, "A LIFF ID is the login channel's id, a hyphen and eight letters or digits.")
        self._login.known(client_id)
        self._state.liff_apps.put(liff_id, LiffApp(liff_id, client_id, body, share_target_picker))
        return self.describe(liff_id)

    def apps(self) -> Body:
        return {"apps": [self.describe(app.liff_id) for app in self._state.liff_apps]}

    def describe(self, liff_id: str) -> Body:
        app = self.app(liff_id)
        return {"liffId": liff_id, **app.body, "shareTargetPicker": app.share_target_picker}

    def app(self, liff_id: str) -> LiffApp:
        app = self._state.liff_apps.get(liff_id)
        if app is None:
            raise RefusedError(404, f"There is no LIFF app {liff_id}.")
        return app

    def open(
        self,
        liff_id: str,
        user_id: str,
        *,
        chat: str = "",
        extra: str = "",
        referrer: str = "",
        agreed: list[str] | None = None,
        add_friend: bool = False,
    ) -> Body:
        """A person taps a LIFF URL, in a chat or, with "", outside of any.

        `extra` is what followed the LIFF ID in the URL. Before the person has agreed to all that the app wants, the
        answer has only `ask`: the scopes for the consent screen, and whether it offers to add the account as a friend.
        `agreed` and `add_friend` are what was chosen there.
        """
        app = self.app(liff_id)
        person = self._state.people.get(user_id)
        if person is None:
            raise RefusedError(404, f"There is no person {user_id}.")
        if chat:
            self._people.place(chat, user_id)
        told: Body = {"app": self._shown(app), "user": {"userId": user_id, "name": person.name}}
        stranger = not person.friend or person.blocked
        asked = scopes_of(app)
        consent = self._state.liff_consents.get(_consent_key(app, user_id))
        if agreed is not None:
            consent = self._agree(app, user_id, agreed)
            if add_friend and stranger:
                self._friends.follow(user_id)
        if consent is None or not set(asked) - OPTIONAL_SCOPES <= set(consent.scopes):
            return told | {"ask": asked, "offersFriend": stranger and app.body.get("botPrompt", "none") != "none"}
        granted = [scope for scope in asked if scope in consent.scopes]
        opening = self._opening(app, user_id, chat, granted)
        return told | {"ask": [], "key": opening.key, "url": primary_url(endpoint_of(app), extra, referrer)}

    def start(self, key: str) -> Body:
        """What liff.init() learns in the LIFF browser: tokens, context, what was granted. The same while it is open."""
        opening = self._open_now(key)
        app = self.app(opening.liff_id)
        kind = "none" if not opening.chat else "group" if is_group(opening.chat) else "utou"
        told: Body = {
            "liffId": app.liff_id,
            "accessToken": opening.access,
            "context": context(app, kind, opening.user_id, token_hash(opening.access)),
            "granted": opening.scopes,
        }
        return told | ({"idToken": opening.id_token} if opening.id_token else {})

    def send(self, key: str, messages: Any) -> Body:
        """liff.sendMessages(): into the chat it was opened from, in the person's name."""
        opening = self._open_now(key)
        if not opening.chat or "chat_message.write" not in opening.scopes:
            raise RefusedError(403, NOT_GRANTED)
        try:
            self._people.place(opening.chat, opening.user_id)
        except RefusedError:
            raise RefusedError(403, NOT_GRANTED) from None
        for message in _checked(messages, SENT):
            self._people.send(opening.chat, opening.user_id, message, heard(message))
        return {}

    def targets(self, key: str, messages: Any, *, multiple: bool) -> Body:
        """Whom the share target picker offers, once the messages can be sent: friends and groups, or one friend."""
        opening = self._may_share(key)
        _checked(messages, SHARED)
        friends = [
            {"userId": person.id, "name": person.name} for person in self._state.people if person.id != opening.user_id
        ]
        groups = [
            {"groupId": group.id, "name": group.name, "members": len(group.members)}
            for group in self._state.groups
            if opening.user_id in group.members
        ]
        return {"friends": friends, "groups": groups if multiple else []}

    def share(self, key: str, messages: Any, to: list[str], *, multiple: bool) -> Body:
        """The person has chosen: each target gets the messages in their name. Nobody is told who the targets were."""
        opening = self._may_share(key)
        checked = _checked(messages, SHARED)
        offered = self.targets(key, messages, multiple=multiple)
        known = {friend["userId"] for friend in offered["friends"]} | {group["groupId"] for group in offered["groups"]}
        chosen = list(dict.fromkeys(to))
        if not chosen or not set(chosen) <= known or (not multiple and len(chosen) > 1):
            raise RefusedError(400, "The share target picker does not offer these targets.")
        for target in chosen:
            chat = target if is_group(target) else pair_chat(opening.user_id, target)
            for message in checked:
                self._people.send(chat, opening.user_id, message, heard(message))
        return {"status": "success"}

    def profile(self, key: str) -> Body:
        """liff.getProfile()."""
        return self._login.profile(self._granted(key, "profile").access)

    def friendship(self, key: str) -> Body:
        """liff.getFriendship(): with the one account there is."""
        person = self._state.people.get(self._granted(key, "profile").user_id)
        return {"friendFlag": person is not None and person.friend and not person.blocked}

    def close(self, key: str) -> Body:
        self._state.liff_openings.drop(key)
        return {}

    def sign_in(self, liff_id: str, code: str, redirect_uri: str, verifier: str) -> Body:
        """The end of liff.login() in an ordinary browser: tokens for a code that was asked for with PKCE."""
        app = self.app(liff_id)
        found = self._login.redeem(app.client_id, code, redirect_uri, verifier)
        if not found.challenge:
            raise RefusedError(400, "The code was not asked for with a code_challenge.")
        return self._login.liff_tokens(app.client_id, found.user_id, tuple(found.scopes))

    def outside(self, liff_id: str, access: str) -> Body:
        """What liff.init() learns in an ordinary browser; `access` is "" before the login, refused when dead."""
        app = self.app(liff_id)
        if not access:
            return {"context": context(app, "external"), "granted": [], "clientId": app.client_id}
        token = self._login.holder(access, app.client_id)
        if token is None:
            raise RefusedError(401, "The access token expired")
        told = context(app, "external", token.user_id, token_hash(access))
        return {"context": told, "granted": token.scopes, "clientId": app.client_id}

    def outside_friendship(self, liff_id: str, access: str) -> Body:
        token = self._login.holder(access, self.app(liff_id).client_id)
        if token is None or "profile" not in token.scopes:
            raise RefusedError(401 if token is None else 403, NOT_GRANTED)
        person = self._state.people.get(token.user_id)
        return {"friendFlag": person is not None and person.friend and not person.blocked}

    def _agree(self, app: LiffApp, user_id: str, agreed: list[str]) -> LiffConsent:
        asked = scopes_of(app)
        missing = [scope for scope in asked if scope not in OPTIONAL_SCOPES and scope not in agreed]
        if missing:
            raise RefusedError(400, f"The app does not open without {', '.join(missing)}.")
        found = self._state.liff_consents.get(_consent_key(app, user_id))
        scopes = [scope for scope in asked if scope in agreed]
        kept = [scope for scope in (found.scopes if found else []) if scope not in asked]
        consent = LiffConsent(app.client_id, user_id, [*kept, *scopes])
        self._state.liff_consents.put(_consent_key(app, user_id), consent)
        return consent

    def _opening(self, app: LiffApp, user_id: str, chat: str, granted: list[str]) -> LiffOpening:
        openings = self._state.liff_openings
        if len(openings) >= MOST_OPENINGS:
            openings.drop(next(iter(openings)).key)
        tokens = self._login.liff_tokens(app.client_id, user_id, tuple(granted))
        access, id_token = tokens["accessToken"], tokens.get("idToken", "")
        opening = LiffOpening(self._core.ids.digest()[:32], app.liff_id, user_id, chat, granted, access, id_token)
        openings.put(opening.key, opening)
        return opening

    def _open_now(self, key: str) -> LiffOpening:
        opening = self._state.liff_openings.get(key)
        if opening is None or opening.liff_id not in self._state.liff_apps:
            raise RefusedError(404, "This LIFF app is not open any more.")
        return opening

    def _granted(self, key: str, scope: str) -> LiffOpening:
        opening = self._open_now(key)
        if scope not in opening.scopes:
            raise RefusedError(403, NOT_GRANTED)
        return opening

    def _may_share(self, key: str) -> LiffOpening:
        opening = self._open_now(key)
        if not self.app(opening.liff_id).share_target_picker:
            raise RefusedError(403, "shareTargetPicker is not allowed in this LIFF app")
        return opening

    def _shown(self, app: LiffApp) -> Body:
        """What the LIFF browser's frame shows of an app before its page does."""
        name = app.body.get("description") or self._login.known(app.client_id).name
        view = app.body["view"]
        return {"liffId": app.liff_id, "name": name, "viewType": view["type"], "origin": origin_of(view["url"])}


def endpoint_of(app: LiffApp) -> str:
    return str(app.body["view"]["url"])


def scopes_of(app: LiffApp) -> list[str]:
    return list(app.body.get("scope") or [])


def token_hash(access: str) -> str:
    """LINE's accessTokenHash: the first half of the token's SHA-256, in base64url."""
    half = hashlib.sha256(access.encode()).digest()[:16]
    return base64.urlsafe_b64encode(half).rstrip(b"=").decode()


def _consent_key(app: LiffApp, user_id: str) -> str:
    return f"{app.client_id} {user_id}"


def _checked(messages: Any, kinds: frozenset[str]) -> list[Body]:
    try:
        return check_liff_messages(messages, kinds)
    except LineError as error:
        details = "; ".join(f"{found['property']}: {found['message']}" for found in error.body.get("details", []))
        raise RefusedError(400, f"{error} ({details})" if details else str(error)) from error
