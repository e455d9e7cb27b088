/** A bot on @line/bot-sdk that says after everybody what they say. Run it beside `practice-line serve`. */
const http = require('node:http');
const { messagingApi, validateSignature } = require('@line/bot-sdk');

const client = new messagingApi.MessagingApiClient({ channelAccessToken: 'practice-token', baseURL: 'http://127.0.0.1:8787' });

const server = http.createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString();
  const known = validateSignature(body, 'practice-secret', request.headers['x-line-signature']);
  response.writeHead(known ? 200 : 401).end();
  if (!known) return;
  for (const { type, replyToken, message } of JSON.parse(body).events) {
    if (type === 'message' && message.type === 'text') {
      await client.replyMessage({ replyToken, messages: [{ type: 'text', text: message.text }] });
    }
  }
});
server.listen(5000, '127.0.0.1');
