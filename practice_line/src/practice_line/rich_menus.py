"""Rich menus: the pictures with areas to tap below a 1:1 chat. By LINE's reference, "Rich menu"."""

import base64
from typing import Any

from practice_line.core import Core
from practice_line.errors import LineError, invalid_parameter, not_found
from practice_line.pictures import picture_size
from practice_line.rows import RichMenu
from practice_line.sending import USER_ID
from practice_line.validation.rich_menu import check_rich_menu, fits_rich_menu

MOST_MENUS = 1000
MOST_IMAGE_BYTES = 1024 * 1024
IMAGE_TYPES = frozenset({"image/jpeg", "image/png"})

Body = dict[str, Any]


class RichMenuSide:
    """The account's rich menus. Methods return the answer's JSON or raise LineError."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._menus = core.state.rich_menus
        self._settings = core.state.settings

    def create(self, body: Body) -> dict[str, str]:
        check_rich_menu(body)
        if len(self._menus) >= MOST_MENUS:
            # LINE gives the limit, not the text; the wording is ours.
            raise LineError(400, f"The maximum number of rich menus, {MOST_MENUS}, has been reached")
        menu = RichMenu(f"richmenu-{self._core.ids.digest()[:32]}", body)
        self._menus.put(menu.id, menu)
        return {"richMenuId": menu.id}

    def validate(self, body: Body) -> Body:
        check_rich_menu(body)
        return {}

    def get(self, menu_id: str) -> Body:
        menu = self._menu(menu_id)
        return {"richMenuId": menu.id, **menu.body}

    def list(self) -> Body:
        return {"richmenus": [self.get(menu.id) for menu in self._menus]}

    def delete(self, menu_id: str) -> Body:
        self._menu(menu_id)
        self._menus.drop(menu_id)
        linked = self._settings.rich_menu_of
        for user_id in [user_id for user_id, linked_id in linked.items() if linked_id == menu_id]:
            del linked[user_id]
        if self._settings.rich_menu == menu_id:
            self._settings.rich_menu = ""
        return self._changed()

    def set_image(self, menu_id: str, data: bytes, content_type: str) -> Body:
        menu = self._menu(menu_id)
        kind = content_type.split(";")[0].strip().lower()
        if kind not in IMAGE_TYPES:
            raise LineError(415, f"The content type, {content_type}, is not supported")
        if menu.image:
            raise LineError(400, "An image has already been uploaded to the richmenu")
        size = picture_size(data)
        if size is None or len(data) > MOST_IMAGE_BYTES or not fits_rich_menu(*size):
            raise LineError(400, "The image size is not allowed for richmenu")
        menu.image, menu.image_type = base64.b64encode(data).decode(), kind
        self._menus.put(menu.id, menu)
        return self._changed()

    def image(self, menu_id: str) -> tuple[bytes, str]:
        """The picture and its type."""
        menu = self._menu(menu_id)
        if not menu.image:
            raise not_found()
        return base64.b64decode(menu.image), menu.image_type

    def set_default(self, menu_id: str) -> Body:
        self._settings.rich_menu = self._with_image(menu_id).id
        return self._changed()

    def default(self) -> dict[str, str]:
        if not self._settings.rich_menu:
            raise LineError(404, "no default richmenu")
        return {"richMenuId": self._settings.rich_menu}

    def cancel_default(self) -> Body:
        self._settings.rich_menu = ""
        return self._changed()

    def link(self, user_id: str, menu_id: str) -> Body:
        """Link a menu to a friend; for anybody else LINE answers 200 and nothing happens."""
        _check_user(user_id)
        menu = self._with_image(menu_id)
        person = self._core.state.people.get(user_id)
        if person is not None and person.friend and not person.blocked:
            self._settings.rich_menu_of[user_id] = menu.id
        return self._changed()

    def unlink(self, user_id: str) -> Body:
        _check_user(user_id)
        self._settings.rich_menu_of.pop(user_id, None)
        return self._changed()

    def of_user(self, user_id: str) -> dict[str, str]:
        _check_user(user_id)
        menu_id = self._settings.rich_menu_of.get(user_id)
        if menu_id is None:
            raise LineError(404, "the user has no richmenu")
        return {"richMenuId": menu_id}

    def shown_to(self, user_id: str) -> RichMenu | None:
        """What this person sees below the 1:1 chat: their own menu before everybody's."""
        person = self._core.person(user_id)
        if person.blocked or not person.friend:
            return None
        return self._menus.get(self._settings.rich_menu_of.get(user_id) or self._settings.rich_menu)

    def _menu(self, menu_id: str) -> RichMenu:
        menu = self._menus.get(menu_id)
        if menu is None:
            raise not_found()
        return menu

    def _with_image(self, menu_id: str) -> RichMenu:
        menu = self._menu(menu_id)
        if not menu.image:
            raise LineError(400, "must upload richmenu image before applying it to user")
        return menu

    def _changed(self) -> Body:
        self._core.keep_settings()
        self._core.tell("richMenu", {})
        return {}


def _check_user(user_id: str) -> None:
    if not USER_ID.fullmatch(user_id):
        raise invalid_parameter("userId")
