"""Friends of the account: adding and blocking it, and linking one's account to a service's."""

import re
from typing import Any

from practice_line.core import MINUTE_MS, Core
from practice_line.errors import LineError, RefusedError, invalid_parameter, not_found
from practice_line.rows import LinkToken
from practice_line.sending import USER_ID

LINK_TOKEN_MS = 10 * MINUTE_MS

# LINE takes a nonce of so many characters ("User account linking").
NONCE = re.compile(r".{10,255}")


class FriendSide:
    """Friendship between people and the account."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def follow(self, user_id: str) -> dict[str, Any]:
        """A person adds the account, or unblocks it; the bot gets follow. Raises RefusedError 409 for a friend."""
        person = self._core.person(user_id)
        if person.friend and not person.blocked:
            raise RefusedError(409, f"{person.name} is a friend already.")
        unblocked = person.blocked
        person.friend, person.blocked = True, False
        self._core.state.people.put(user_id, person)
        self._core.emit("follow", user_id, user_id, body={"follow": {"isUnblocked": unblocked}})
        self._core.tell("friend", {"userId": user_id, "friend": True})
        return {}

    def unfollow(self, user_id: str) -> dict[str, Any]:
        """A person blocks the account; the bot gets unfollow and can reach them no more."""
        person = self._core.person(user_id)
        if person.blocked:
            raise RefusedError(409, f"{person.name} has blocked the account already.")
        person.blocked = True
        self._core.state.people.put(user_id, person)
        self._core.emit("unfollow", user_id, user_id, token=False)
        self._core.tell("friend", {"userId": user_id, "friend": False})
        return {}

    def link_token(self, user_id: str) -> dict[str, str]:
        """For the bot: a token that links this person once, within ten minutes."""
        if not USER_ID.fullmatch(user_id):
            raise invalid_parameter("userId")
        if user_id not in self._core.state.people:
            raise not_found()
        now = self._core.now_ms()
        for old in [old.token for old in self._core.state.link_tokens if old.expires_ms < now]:
            self._core.state.link_tokens.drop(old)
        token = self._core.ids.token()
        self._core.state.link_tokens.put(token, LinkToken(token, user_id, now + LINK_TOKEN_MS))
        return {"linkToken": token}

    def link(self, token: str, nonce: str) -> None:
        """The person comes to LINE's linking page with the service's nonce; the bot gets accountLink.

        Raises LineError 400, and the bot hears nothing, where the token is used, too old or unknown, or the nonce none.
        """
        found = self._core.state.link_tokens.get(token)
        if found is None or found.used or self._core.now_ms() > found.expires_ms or not NONCE.fullmatch(nonce):
            raise LineError(400, "The link token or the nonce is invalid")
        found.used = True
        self._core.state.link_tokens.put(token, found)
        body = {"link": {"result": "ok", "nonce": nonce}}
        self._core.emit("accountLink", found.user_id, found.user_id, body=body)
