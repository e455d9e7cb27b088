/**
 * LINE's SDK for Node makes its calls to practice-line and keeps a bot of its own, and prints as JSON what it got.
 *
 *   node sdk_calls.mjs ADDRESS USER_ID GROUP_ID CHANNEL_ID
 *
 * The bot listens on a free port, behind the SDK's own signature check, and echoes texts by their reply token.
 */
import http from 'node:http';
import { HTTPFetchError, channelAccessToken, insight, liff, messagingApi, middleware } from '@line/bot-sdk';

const [address, user, group, channelId] = process.argv.slice(2);
const TOKEN = 'practice-token';
const SECRET = 'practice-secret';
const RETRY_KEY = '123e4567-e89b-12d3-a456-426614174000';

const configuration = { channelAccessToken: TOKEN, baseURL: address };
const api = new messagingApi.MessagingApiClient(configuration);
const blob = new messagingApi.MessagingApiBlobClient(configuration);
const statistics = new insight.InsightClient(configuration);
const tokens = new channelAccessToken.ChannelAccessTokenClient({ baseURL: address });
const hello = [{ type: 'text', text: 'สวัสดี' }];
const told = { events: [], refused: 0 };

/** The SDK's middleware is Express's; this is as much of Express as it uses. */
const checked = middleware({ channelSecret: SECRET });
function receive(request, response, done) {
  checked(request, response, async (error) => {
    if (error) {
      told.refused += 1;
      response.writeHead(401).end();
    } else {
      response.writeHead(200).end();
      for (const event of request.body.events) await take(event, done);
    }
  });
}

async function take(event, done) {
  told.events.push(event.type);
  if (event.type !== 'message' || event.message.type !== 'text') return;
  told.reply = await api.replyMessage({ replyToken: event.replyToken, messages: [{ type: 'text', text: `ได้ยิน ${event.message.text}` }] });
  done();
}

async function control(method, path, body) {
  const answer = await fetch(`${address}/_practice/${path}`, { method, body: body && JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** The status and body of a call that is to fail. */
async function refusal(call) {
  try {
    await call();
  } catch (error) {
    if (error instanceof HTTPFetchError) return { status: error.status, body: JSON.parse(error.body), headers: Object.fromEntries(error.headers) };
    throw error;
  }
  throw new Error('it was not refused');
}

async function bytes(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString();
}

async function listen() {
  let heard;
  const answered = new Promise((resolve) => { heard = resolve; });
  const server = http.createServer((request, response) => receive(request, response, heard));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}/callback`;
  await api.setWebhookEndpoint({ endpoint: url });
  told.webhook = await api.getWebhookEndpoint();
  told.tried = await api.testWebhookEndpoint({});
  const forged = await fetch(url, { method: 'POST', body: '{"events":[]}', headers: { 'x-line-signature': 'AAAA' } });
  told.forged = forged.status;
  await control('POST', `groups/${group}/say`, { userId: user, text: 'ฮัลโหล' });
  await answered;
  return server;
}

async function send() {
  told.push = await api.pushMessage({ to: group, messages: hello }, RETRY_KEY);
  const again = await refusal(() => api.pushMessage({ to: group, messages: hello }, RETRY_KEY));
  told.again = { status: again.status, body: again.body, accepted: again.headers['x-line-accepted-request-id'] };
  told.pushes = (await api.pushMessageWithHttpInfo({ to: user, messages: hello })).httpResponse.status;
  told.multicast = await api.multicast({ to: [user], messages: hello, customAggregationUnits: ['news'] });
  told.broadcast = await api.broadcast({ messages: hello });
  const narrow = await api.narrowcastWithHttpInfo({ messages: hello });
  told.narrowcast = [narrow.httpResponse.status, (await api.getNarrowcastProgress(narrow.httpResponse.headers.get('x-line-request-id'))).phase];
  for (const way of ['Reply', 'Push', 'Multicast', 'Narrowcast', 'Broadcast']) await api[`validate${way}`]({ messages: hello });
  told.wrong = (await refusal(() => api.validatePush({ messages: [{ type: 'text', text: '' }] }))).body;
}

async function ask() {
  told.quota = await api.getMessageQuota();
  told.used = await api.getMessageQuotaConsumption();
  told.info = await api.getBotInfo();
  told.profile = await api.getProfile(user);
  told.summary = await api.getGroupSummary(group);
  told.count = await api.getGroupMemberCount(group);
  told.member = await api.getGroupMemberProfile(group, user);
  told.members = (await refusal(() => api.getGroupMembersIds(group))).status;
  told.followers = (await refusal(() => api.getFollowers())).status;
  told.sent = await api.getNumberOfSentPushMessages('20200101');
  told.units = [await api.getAggregationUnitUsage(), await api.getAggregationUnitNameList()];
  told.deliveries = await statistics.getNumberOfMessageDeliveries('20200101');
  told.unit = await statistics.getStatisticsPerUnit('news', '20200101', '20200131');
  told.linkToken = (await api.issueLinkToken(user)).linkToken.length > 0;
  await api.showLoadingAnimation({ chatId: user, loadingSeconds: 5 });
  const picture = await control('POST', `groups/${group}/image`, { userId: user, data: Buffer.from('picture').toString('base64') });
  told.content = await bytes(await blob.getMessageContent(picture.messageId));
  told.preview = await bytes(await blob.getMessageContentPreview(picture.messageId));
}

async function menus() {
  const area = { bounds: { x: 0, y: 0, width: 800, height: 300 }, action: { type: 'postback', data: 'menu' } };
  const made = await api.createRichMenu({ size: { width: 800, height: 300 }, selected: true, name: 'เมนู', chatBarText: 'เมนู', areas: [area] });
  const image = Buffer.from(process.env.MENU_IMAGE, 'base64');
  await blob.setRichMenuImage(made.richMenuId, new Blob([image], { type: 'image/png' }));
  await api.setDefaultRichMenu(made.richMenuId);
  await api.linkRichMenuIdToUser(user, made.richMenuId);
  told.menu = [(await api.getRichMenuList()).richmenus.length, (await api.getRichMenuIdOfUser(user)).richMenuId === made.richMenuId];
  await api.unlinkRichMenuIdFromUser(user);
  await api.deleteRichMenu(made.richMenuId);
}

async function access() {
  const short = await tokens.issueChannelToken('client_credentials', channelId, SECRET);
  told.short = [short.expires_in, (await tokens.verifyChannelToken(short.access_token)).client_id];
  await tokens.revokeChannelToken(short.access_token);
  const stateless = await tokens.issueStatelessChannelTokenByClientSecret(channelId, SECRET);
  const other = new messagingApi.MessagingApiClient({ channelAccessToken: stateless.access_token, baseURL: address });
  told.stateless = [stateless.expires_in, (await other.getBotInfo()).userId === told.info.userId];
  const app = await control('PUT', 'login-channels/1234567890', { redirectUris: [], clientSecret: '0123456789abcdef0123456789abcdef' });
  const login = await tokens.issueChannelToken('client_credentials', app.clientId, app.clientSecret);
  const liffs = new liff.LiffClient({ channelAccessToken: login.access_token, baseURL: address });
  const added = await liffs.addLIFFApp({ view: { type: 'full', url: 'https://example.com/' } });
  await liffs.updateLIFFApp(added.liffId, { view: { type: 'tall' } });
  told.liff = (await liffs.getAllLIFFApps()).apps.map((each) => each.view.type);
  await liffs.deleteLIFFApp(added.liffId);
}

const server = await listen();
await send();
await ask();
await menus();
await access();
await api.leaveGroup(group);
told.gone = (await refusal(() => api.getGroupSummary(group))).status;
server.close();
server.closeAllConnections();
console.log(JSON.stringify(told));
