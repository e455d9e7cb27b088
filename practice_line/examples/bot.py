"""A bot on line-bot-sdk that says after everybody what they say. Run it beside `practice-line serve`."""

from http.server import BaseHTTPRequestHandler, HTTPServer

from linebot.v3 import WebhookHandler
from linebot.v3.messaging import ApiClient, Configuration, MessagingApi, ReplyMessageRequest, TextMessage
from linebot.v3.webhooks import MessageEvent, TextMessageContent

configuration = Configuration(host="http://127.0.0.1:8787", access_token="practice-token")
handler = WebhookHandler("practice-secret")
line = MessagingApi(ApiClient(configuration))


@handler.add(MessageEvent, message=TextMessageContent)
def say_it_again(event: MessageEvent) -> None:
    line.reply_message(
        ReplyMessageRequest(reply_token=event.reply_token, messages=[TextMessage(text=event.message.text)])
    )


class Callback(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        handler.handle(body, self.headers["x-line-signature"])
        self.send_response(200)
        self.end_headers()


HTTPServer(("127.0.0.1", 5000), Callback).serve_forever()
