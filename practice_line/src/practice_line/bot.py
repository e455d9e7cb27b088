"""What the bot may ask and do besides sending: the account, people, groups, what was sent to it, read marks."""

from typing import Any

from practice_line.core import Core, is_group
from practice_line.errors import (
    LineError,
    invalid_parameter,
    not_for_your_account,
    not_found,
    one_error,
)
from practice_line.paging import page, wanted
from practice_line.sending import CHAT_ID, USER_ID, SendingSide
from practice_line.state import Group, Media, Message, Person, Reading

# LINE's sizes of one page.
MEMBERS_A_PAGE = 100
FOLLOWERS_A_PAGE, MOST_FOLLOWERS_A_PAGE = 300, 1000

TRANSCODED = frozenset({"video", "audio"})
PREVIEWED = frozenset({"image", "video"})

Body = dict[str, Any]


class BotSide:
    """The bot's half of one platform but for sending. Methods return the answer's JSON or raise LineError."""

    def __init__(self, core: Core, sending: SendingSide) -> None:
        self._core = core
        self._sending = sending

    def info(self) -> dict[str, str]:
        settings = self._core.state.settings
        return {
            "userId": settings.bot_user_id,
            "basicId": "@000practice",
            "displayName": settings.bot_name,
            "chatMode": "chat" if self._core.rules.chat else "bot",
            "markAsReadMode": "manual" if self._core.rules.chat else "auto",
        }

    def profile(self, user_id: str) -> dict[str, str]:
        """Of a friend, or of somebody who has written without being one; never of somebody who blocks the account."""
        person = self._person(user_id)
        if person is None or person.blocked or not person.consented:
            raise not_found()
        if not person.friend and not self._has_written(user_id):
            raise not_found()
        return {"userId": person.id, "displayName": person.name, "language": "th"}

    def followers(self, limit: str | None, start: str | None) -> Body:
        """Friends by id, in pages; for verified accounts."""
        size = wanted(limit, FOLLOWERS_A_PAGE, MOST_FOLLOWERS_A_PAGE)
        if not self._core.rules.verified:
            raise not_for_your_account()
        ids = [user_id for user_id in self._sending.friends() if self._core.person(user_id).consented]
        return _paged("userIds", *page(ids, "followers", size, start, self._core.now_ms()))

    def group_summary(self, group_id: str) -> dict[str, str]:
        group = self._group(group_id)
        return {"groupId": group.id, "groupName": group.name}

    def member_count(self, group_id: str) -> dict[str, int]:
        """People in the group, the bot not among them."""
        return {"count": len(self._group(group_id).members)}

    def member(self, group_id: str, user_id: str) -> dict[str, str]:
        group, person = self._group(group_id), self._person(user_id)
        if person is None or user_id not in group.members or not person.consented:
            raise not_found()
        return {"userId": person.id, "displayName": person.name}

    def member_ids(self, group_id: str, start: str | None) -> Body:
        """Members by id, in pages; for verified accounts."""
        group = self._group(group_id)
        if not self._core.rules.verified:
            raise not_for_your_account()
        ids = [user_id for user_id in group.members if self._core.person(user_id).consented]
        return _paged("memberIds", *page(ids, group.id, MEMBERS_A_PAGE, start, self._core.now_ms()))

    def leave(self, group_id: str) -> Body:
        group = self._group(group_id)
        group.bot_in = False
        self._core.state.groups.put(group.id, group)
        self._core.emit("leave", group.id, token=False)
        self._core.note(group.id, "left")
        self._core.tell("bot", {"groupId": group.id, "in": False})
        return {}

    def webhook_endpoint(self) -> Body:
        settings = self._core.state.settings
        if not settings.webhook:
            raise LineError(404, "Webhook endpoint not found")
        return {"endpoint": settings.webhook, "active": settings.webhook_active}

    def set_webhook_endpoint(self, url: str) -> Body:
        """Set the address only; whether webhooks are used at all stays as the console (the control API) left it."""
        self._core.state.settings.webhook = url
        self._core.keep_settings()
        return {}

    def content(self, message_id: str) -> Media | None:
        """What a person sent; None while it is being prepared."""
        return self._ready(self._sent_media(message_id))

    def preview(self, message_id: str) -> Media | None:
        """The preview is the picture or clip itself: this stand-in draws no smaller one."""
        media = self._sent_media(message_id)
        if self._core.message(message_id).type not in PREVIEWED:
            raise LineError(400, "The content can not be previewed")
        return self._ready(media)

    def transcoding(self, message_id: str) -> dict[str, str]:
        media = self._sent_media(message_id)
        if self._core.message(message_id).type not in TRANSCODED:
            raise LineError(400, "Transcoding status doesn't support this type of content")
        return {"status": "succeeded" if self._ready(media) else "processing"}

    def mark_as_read(self, body: Body) -> Body:
        """That message and all before it in its chat are read by the account."""
        message = self._read_target(body.get("markAsReadToken"))
        key = f"{message.chat} bot"
        found = self._core.state.readings.get(key)
        if found is None or found.upto < message.seq:
            self._core.state.readings.put(key, Reading(message.chat, "bot", message.seq))
            self._core.tell("read", {"chatId": message.chat, "reader": "bot", "upto": message.id})
        return {}

    def show_loading(self, body: Body) -> Body:
        """The loading animation in a 1:1 chat; open chat pages hear of it, nothing else changes."""
        chat, seconds = body.get("chatId"), body.get("loadingSeconds", 20)
        if not isinstance(chat, str) or not USER_ID.fullmatch(chat):
            told = "Only user id is acceptable, please confirm if there are any group/room ids or illegal ids."
            raise one_error("chatId", told)
        if not isinstance(seconds, int) or isinstance(seconds, bool):
            raise one_error("loadingSeconds", "Invalid value")
        wrong = [] if 5 <= seconds <= 60 else ["Must be between 5 and 60"]
        wrong += [] if seconds % 5 == 0 else ["must be a multiple of five"]
        if wrong:
            details = [{"message": told, "property": "loadingSeconds"} for told in wrong]
            raise LineError(400, f"The request body has {len(wrong)} error(s)", details=details)
        if self._sending.is_friend(chat):
            self._core.tell("loading", {"userId": chat, "seconds": seconds})
        return {}

    def _read_target(self, token: object) -> Message:
        message_id = self._core.state.readable.get(token) if isinstance(token, str) else None
        if message_id is None:
            told = "Invalid markAsReadToken. Tokens must be used by the bot that received them via Webhook."
            raise LineError(400, told)
        return self._core.message(message_id)

    def _sent_media(self, message_id: str) -> Media:
        message = self._core.state.messages.get(message_id)
        if message is not None and message.unsent:
            raise LineError(410, "The content is gone")
        media = self._core.state.media.get(message_id)
        if media is None:
            raise LineError(404, "not found")
        return media

    def _ready(self, media: Media) -> Media | None:
        return media if self._core.now_ms() >= media.ready_ms else None

    def _person(self, user_id: str) -> Person | None:
        if not USER_ID.fullmatch(user_id):
            raise invalid_parameter("userId")
        return self._core.state.people.get(user_id)

    def _has_written(self, user_id: str) -> bool:
        return any(m.chat == user_id and m.sender == user_id for m in self._core.state.messages)

    def _group(self, group_id: str) -> Group:
        if not CHAT_ID.fullmatch(group_id) or not is_group(group_id):
            raise invalid_parameter("groupId")
        group = self._core.state.groups.get(group_id)
        if group is None or not group.bot_in:
            raise not_found()
        return group


def _paged(name: str, ids: list[str], following: str | None) -> Body:
    return {name: ids} | ({"next": following} if following is not None else {})
