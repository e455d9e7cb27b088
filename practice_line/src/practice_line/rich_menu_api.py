"""LINE's rich menu endpoints."""

from starlette.responses import Response
from starlette.routing import Route

from practice_line.line_api import LineApi, LineCall
from practice_line.platform import Platform
from practice_line.webhooks import Courier


class RichMenuApi(LineApi):
    """Rich menus over HTTP."""

    def __init__(self, platform: Platform, courier: Courier) -> None:
        super().__init__(platform, courier)
        self._menus = platform.rich_menus

    def routes(self) -> list[Route]:
        menus, menu = self._menus, "/v2/bot/richmenu/{richMenuId}"
        default, user = "/v2/bot/user/all/richmenu", "/v2/bot/user/{userId}/richmenu"

        def link(call: LineCall) -> dict[str, object]:
            return menus.link(call.path("userId"), call.path("richMenuId"))

        return [
            self.route("POST", "/v2/bot/richmenu", self._create),
            self.route("POST", "/v2/bot/richmenu/validate", self._validate),
            # "list" before any menu's id, and "all" before any user's.
            self.route("GET", "/v2/bot/richmenu/list", lambda _: menus.list()),
            self.route("GET", menu, lambda call: menus.get(call.path("richMenuId"))),
            self.route("DELETE", menu, lambda call: menus.delete(call.path("richMenuId"))),
            self.route("GET", f"{menu}/content", self._image),
            self.route("POST", f"{menu}/content", self._set_image),
            self.route("POST", f"{default}/{{richMenuId}}", lambda call: menus.set_default(call.path("richMenuId"))),
            self.route("GET", default, lambda _: menus.default()),
            self.route("DELETE", default, lambda _: menus.cancel_default()),
            self.route("POST", f"{user}/{{richMenuId}}", link),
            self.route("GET", user, lambda call: menus.of_user(call.path("userId"))),
            self.route("DELETE", user, lambda call: menus.unlink(call.path("userId"))),
        ]

    async def _create(self, call: LineCall) -> dict[str, str]:
        return self._menus.create(await call.json())

    async def _validate(self, call: LineCall) -> dict[str, object]:
        return self._menus.validate(await call.json())

    def _image(self, call: LineCall) -> Response:
        data, kind = self._menus.image(call.path("richMenuId"))
        return Response(data, media_type=kind)

    async def _set_image(self, call: LineCall) -> dict[str, object]:
        kind = call.header("content-type") or ""
        return self._menus.set_image(call.path("richMenuId"), await call.bytes(), kind)
