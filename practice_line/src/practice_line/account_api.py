"""Two endpoints about a person's ties: an app lets go of what it was permitted, and LINE's page that links accounts."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from practice_line.errors import LineError
from practice_line.line_api import LineApi, LineCall
from practice_line.login_page import draw_refusal, draw_word


class AccountApi(LineApi):
    """Deauthorize (LINE Login's reference) and account linking (the Messaging API's guide)."""

    def routes(self) -> list[Route]:
        return [
            self.route("POST", "/user/v1/deauthorize", self._deauthorize, login=True),
            # On LINE this page is at access.line.me and knows who looks at it; here the token says it.
            Route("/dialog/bot/accountLink", self._link, methods=["GET"]),
        ]

    async def _deauthorize(self, call: LineCall) -> Response:
        access = (await call.json()).get("userAccessToken")
        if not isinstance(access, str) or not self._platform.login.deauthorize(call.channel_id, access):
            raise LineError(400, "invalid token")
        return Response(status_code=204)

    async def _link(self, request: Request) -> Response:
        query = request.query_params
        try:
            self._platform.friends.link(query.get("linkToken", ""), query.get("nonce", ""))
        except LineError as refusal:
            return HTMLResponse(draw_refusal(str(refusal)), refusal.status)
        self._platform.commit()
        self._courier.start()
        return HTMLResponse(draw_word("เชื่อมบัญชีแล้ว กลับไปที่แชตได้"))
