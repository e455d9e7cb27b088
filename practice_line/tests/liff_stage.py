"""A LIFF app for the tests: a small page on the SDK, and a server of its own that trusts nothing but signatures."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import jwt
from room_stage import Stage, request

CHANNEL = "1234567890"
LIFF_ID = f"{CHANNEL}-AbcdEfgh"
SCOPES = ["openid", "profile", "chat_message.write"]

PAGE = """<!doctype html>
<html lang="th">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>หน้าซ้อม LIFF</title>
<style>
body { margin: 0; padding: 20px; font: 17px/1.6 "Noto Sans Thai", sans-serif; }
button { display: block; width: 100%; min-height: 48px; margin: 10px 0; border: 1px solid; border-radius: 12px;
  background: none; color: inherit; font: inherit; }
output { display: block; overflow-wrap: anywhere; }
</style>
<script src="SDK_ADDRESS"></script>
</head>
<body>
<main>
<h1>หน้าซ้อม</h1>
<p>สวัสดี <b id="who">…</b></p>
<button id="send">ส่งข้อความเข้าแชต</button>
<button id="share">แชร์ให้เพื่อน</button>
<a id="other" href="https://liff.line.me/1234567890-SecondXx/next?from=first">อีกแอปหนึ่ง</a>
<output id="told">…</output>
</main>
<script src="SCRIPT_ADDRESS"></script>
</body>
</html>
"""

SCRIPT = """
const told = document.getElementById('told');
const tell = (value) => { told.textContent = JSON.stringify(value === undefined ? 'undefined' : value); };
const attempt = async (work) => {
  try { tell(await work()); } catch (error) { tell({ code: error.code, message: error.message }); }
};
const parcel = [{ type: 'flex', altText: 'การ์ด', contents: { type: 'bubble', body: { type: 'box', layout: 'vertical',
  contents: [{ type: 'text', text: 'อ่านเรื่องนี้' }] } } }, { type: 'text', text: 'ฝากอ่าน' }];
document.getElementById('send').onclick = () =>
  attempt(() => liff.sendMessages([{ type: 'text', text: '#โพสต์ 12' }, parcel[0]]));
document.getElementById('share').onclick = () => attempt(() => liff.shareTargetPicker(parcel));
const query = new URLSearchParams(location.search);
attempt(async () => {
  await liff.init({ liffId: 'LIFF_ID', withLoginOnExternalBrowser: query.get('login') !== 'no' });
  if (!liff.isLoggedIn()) return 'not logged in';
  const answer = await fetch('/verify', { method: 'POST', body: liff.getIDToken() });
  const person = await answer.json();
  document.getElementById('who').textContent = person.name;
  return { sub: person.sub, place: location.pathname + location.search + location.hash, in: liff.isInClient() };
});
"""


class LiffServer:
    """Serves the page at /app and below, and tells whose an ID token is after it has proved it by the public keys."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.proved: list[dict[str, Any]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = urlsplit(self.path).path
                if path == "/script.js":
                    self.respond(SCRIPT.replace("LIFF_ID", server.liff_id(self.headers)), "text/javascript")
                elif path.startswith("/app"):
                    self.respond(server.page(path), "text/html; charset=utf-8")
                else:
                    self.send_error(404)

            def do_POST(self) -> None:
                token = self.rfile.read(int(self.headers["content-length"])).decode()
                self.respond(json.dumps(server.prove(token), ensure_ascii=False), "application/json")

            def respond(self, body: str, kind: str) -> None:
                raw = body.encode()
                self.send_response(200)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(raw)))
                self.send_header("cache-control", "no-store")
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def page(self, path: str) -> str:
        """The second app lives at /app2; its script is told so."""
        script = "/script.js?second" if path.startswith("/app2") else "/script.js"
        address = f"{self.line}/liff/edge/versions/2.31.2/sdk.js"
        return PAGE.replace("SDK_ADDRESS", address).replace("SCRIPT_ADDRESS", script)

    def liff_id(self, headers: Any) -> str:
        return f"{CHANNEL}-SecondXx" if "/app2" in headers.get("referer", "") else LIFF_ID

    def prove(self, token: str) -> dict[str, Any]:
        keys = jwt.PyJWKSet.from_dict(request(f"{self.line}/oauth2/v2.1/certs"))
        key = keys[jwt.get_unverified_header(token)["kid"]]
        claims = jwt.decode(token, key, ["ES256"], audience=CHANNEL, issuer="https://access.line.me")
        self.proved.append(claims)
        return claims


@contextmanager
def raised_app(stage: Stage) -> Iterator[LiffServer]:
    """The app, known to the stage's practice-line as two LIFF apps: one tall at /app, one full at /app2."""
    app = LiffServer(stage.line)
    thread = threading.Thread(target=app.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    stage.practice(f"login-channels/{CHANNEL}", "PUT", {"name": "แอปซ้อม", "redirectUris": []})
    make_app(stage, app)
    second = {"view": {"type": "full", "url": f"{app.url}/app2"}, "description": "แอปที่สอง", "scope": SCOPES}
    stage.practice(f"liff-apps/{CHANNEL}-SecondXx", "PUT", second)
    try:
        yield app
    finally:
        app.server.shutdown()
        app.server.server_close()
        thread.join()


def make_app(stage: Stage, app: LiffServer, size: str = "tall", **settings: Any) -> None:
    view = {"type": size, "url": f"{app.url}/app/?office=1"}
    body = {"view": view, "description": "แอปซ้อม", "scope": SCOPES, **settings}
    stage.practice(f"liff-apps/{LIFF_ID}", "PUT", body)
