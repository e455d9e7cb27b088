/** The room's only door to the server: the control API under _practice/, and its stream of changes. */

const POLL_EVERY_MS = 2000;
const STREAM_EVENTS = ['message', 'unsend', 'membership', 'bot', 'clock'];

/** The server refused, or was not there (`status` 0). The message is the server's own reason. */
export class RoomError extends Error {
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

export const api = {
  groups: () => call('GET', 'groups'),
  people: () => call('GET', 'people'),
  transcript: (groupId) => call('GET', `transcript?groupId=${part(groupId)}`),
  clock: () => call('GET', 'clock'),
  setClock: (now, running) => call('PUT', 'clock', { now, running }),
  bot: () => call('GET', 'bot'),
  quota: () => call('GET', 'quota'),
  say: (groupId, userId, text, quotedMessageId) =>
    call('POST', `groups/${part(groupId)}/say`, { userId, text, ...(quotedMessageId ? { quotedMessageId } : {}) }),
  sticker: (groupId, userId, packageId, stickerId) =>
    call('POST', `groups/${part(groupId)}/sticker`, { userId, packageId, stickerId }),
  press: (groupId, userId, messageId, data) => call('POST', `groups/${part(groupId)}/press`, { userId, messageId, data }),
  unsend: (messageId) => call('POST', `messages/${part(messageId)}/unsend`, {}),
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
