/** The room's only door to the server: the control API under _practice/, and its stream of changes. */

const POLL_EVERY_MS = 2000;
const STREAM_EVENTS = ['message', 'unsend', 'membership', 'bot', 'read', 'friend', 'loading', 'richMenu', 'clock'];

/** The server refused, or was not there (`status` 0). The message is the server's own reason. */
class RoomError extends Error {
  constructor(status, reason) {
    super(reason);
    this.status = status;
  }
}

async function call(method, path, body) {
  const request = { method, headers: { accept: 'application/json' } };
  if (body !== undefined) {
    request.headers['content-type'] = 'application/json';
    request.body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(`_practice/${path}`, request);
  } catch {
    throw new RoomError(0, '');
  }
  const found = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new RoomError(answer.status, found.message ?? found.error ?? `${answer.status} ${answer.statusText}`);
  return found;
}

const part = encodeURIComponent;

/** A chat's id is a group's, or a person's for the 1:1 chat of that person with the account. */
export const isGroup = (chatId) => chatId.startsWith('C');

export const api = {
  groups: () => call('GET', 'groups'),
  people: () => call('GET', 'people'),
  clock: () => call('GET', 'clock'),
  setClock: (now, running) => call('PUT', 'clock', { now, running }),
  bot: () => call('GET', 'bot'),
  quota: () => call('GET', 'quota'),
  chatsOf: (userId) => call('GET', `people/${part(userId)}/chats`),
  chat: (chatId, before) => call('GET', `chats/${part(chatId)}${before ? `?before=${part(before)}` : ''}`),
  /** `what`: say, sticker, image, location, press. */
  act: (chatId, userId, what, body) =>
    isGroup(chatId)
      ? call('POST', `groups/${part(chatId)}/${what}`, { userId, ...body })
      : call('POST', `people/${part(chatId)}/${what}`, body),
  read: (chatId, userId, messageId) => call('POST', `chats/${part(chatId)}/read`, { userId, messageId }),
  setReaders: (messageId, count) => call('PUT', `messages/${part(messageId)}/readers`, { count }),
  play: (messageId, userId) => call('POST', `messages/${part(messageId)}/play`, { userId, percent: 100 }),
  /** The rich menu that a person sees, with its picture's address; null for none. */
  async richMenu(userId) {
    const { richMenu } = await call('GET', `people/${part(userId)}/rich-menu`);
    return richMenu && { ...richMenu, image: `_practice/rich-menus/${part(richMenu.richMenuId)}/image` };
  },
  pressRichMenu: (userId, area, params) => call('POST', `people/${part(userId)}/rich-menu`, { area, ...(params ? { params } : {}) }),
  crowd: (groupId) => call('GET', `groups/${part(groupId)}/crowd`),
  setCrowd: (groupId, character) => call('POST', `groups/${part(groupId)}/crowd`, { character }),
  unsend: (messageId) => call('POST', `messages/${part(messageId)}/unsend`, {}),
  edit: (messageId, text) => call('POST', `messages/${part(messageId)}/edit`, { text }),
  openLiff: (liffId, body) => call('POST', `liff-apps/${part(liffId)}/open`, body),
  /** A call of a LIFF app that is open; with a body it does something. */
  liff: (key, what = '', body) => call(body === undefined ? 'GET' : 'POST', `liff-openings/${part(key)}${what}`, body),
  closeLiff: (key) => call('DELETE', `liff-openings/${part(key)}`),
  contentOf: (messageId) => `_practice/messages/${part(messageId)}/content`,
};

/**
 * Tells what happens on the server. `reread()`: anything may have changed (the stream has just opened, or it is down and
 * two seconds have passed). `news(kind, data)`: one event of the stream. `state("live" | "polling")`: how it is learned
 * now. The browser reopens a lost stream itself.
 */
export function listen({ reread, news, state }) {
  let timer = null;
  const poll = (on) => {
    if (on && timer === null) timer = setInterval(reread, POLL_EVERY_MS);
    if (!on && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
    state(on ? 'polling' : 'live');
  };
  const stream = new EventSource('_practice/stream');
  stream.addEventListener('open', () => {
    poll(false);
    reread();
  });
  stream.addEventListener('error', () => poll(true));
  for (const kind of STREAM_EVENTS) stream.addEventListener(kind, (event) => news(kind, JSON.parse(event.data)));
}
