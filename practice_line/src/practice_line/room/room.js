/** The practice room: one group chat, seen and spoken in as any of its members. The address keeps #group=…&as=… . */
import { api, listen } from './api.js';
import { Chat } from './chat.js';
import { Composer, toast } from './composer.js';
import { fromLocalInput, fullDay, localInput, timeOfDay } from './dates.js';
import { dressFace, face, make, safeLink } from './dom.js';
import { drawBot, drawClock, drawLastCall, drawMembers, drawQuota } from './info.js';
import { applyWords, switchLanguage, word } from './words.js';

const byId = (id) => document.getElementById(id);
const HOUR = 3600 * 1000;

const state = {
  groups: [],
  names: new Map(), // of everybody who ever spoke or is a member: userId -> name
  bot: {},
  quota: { limit: null, used: 0 },
  clock: { now: new Date().toISOString(), running: true, readAt: Date.now() },
  messages: [],
  groupId: null,
  me: null,
  live: 'polling',
};

const group = () => state.groups.find((each) => each.groupId === state.groupId) ?? null;
const botName = () => state.bot.name || word('botFallback');
const nameOf = (id) => (id === 'bot' ? botName() : state.names.get(id) ?? word('unknownPerson'));
const practiceNow = () => Date.parse(state.clock.now) + (state.clock.running === false ? 0 : Date.now() - state.clock.readAt);

/** Does something on the server; on failure says why and what was kept. Gives true when it was done. */
async function attempt(work) {
  try {
    await work();
  } catch (error) {
    toast(word('failed', { reason: error.status === 0 ? word('unreachable') : error.message }), { alarm: true });
    return false;
  }
  if (state.live !== 'live') refresh(); // else the stream tells
  return true;
}

const press = (message, data) => attempt(() => api.press(state.groupId, state.me, message.id, data));

/** What pressing each kind of button does. A web address opens by its own link; the press is reported to the platform. */
const ACTIONS = {
  async uri(message, action) {
    if (safeLink(action.uri)) await press(message, action.uri);
    else toast(word('cannotOpen', { uri: action.uri ?? '' }), { alarm: true });
  },
  async postback(message, action) {
    if (await press(message, action.data)) toast(word('pressedToast'));
  },
  async message(message, action) {
    await press(message, action.text);
  },
  async clipboard(message, action) {
    await navigator.clipboard?.writeText(action.clipboardText);
    if (await press(message, action.clipboardText)) toast(word('copied'));
  },
};

async function act(message, action) {
  if (Object.hasOwn(ACTIONS, action.type ?? '')) await ACTIONS[action.type](message, action);
  else toast(word('noButton', { type: action.type ?? '?' }), { alarm: true });
}

function enlarge(address, alt) {
  byId('viewer-picture').src = address;
  byId('viewer-picture').alt = alt;
  byId('viewer').showModal();
}

const room = {
  get me() {
    return state.me;
  },
  nameOf,
  messageOf: (id) => state.messages.find((message) => message.id === id),
  act,
  enlarge,
  quote: (message) => composer.quote(message),
  unsend: (message) => attempt(() => api.unsend(message.id)),
};

const chat = new Chat(room, { log: byId('log'), scroll: byId('scroll'), earlier: byId('earlier'), toEnd: byId('to-end') });
const composer = new Composer({
  send: (text, quotedId) => attempt(() => api.say(state.groupId, state.me, text, quotedId)),
  stick: (packageId, stickerId) => attempt(() => api.sticker(state.groupId, state.me, packageId, stickerId)),
  speak: (userId) => choose(state.groupId, userId),
  nameOf,
});

function readAddress() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  state.groupId = wanted.get('group') ?? state.groupId;
  state.me = wanted.get('as') ?? state.me;
}

/** Keeps the chosen group and speaker among those that exist. */
function settle() {
  if (!group()) state.groupId = state.groups[0]?.groupId ?? null;
  const members = group()?.members ?? [];
  if (!members.some((member) => member.userId === state.me)) state.me = members[0]?.userId ?? null;
}

function choose(groupId, userId) {
  if (groupId !== state.groupId) composer.quote(null);
  state.groupId = groupId;
  state.me = userId;
  settle();
  history.replaceState(null, '', `#${new URLSearchParams({ group: state.groupId ?? '', as: state.me ?? '' })}`);
  state.messages = [];
  chat.reset();
  byId('log').replaceChildren();
  draw();
  refresh();
}

let reading = false;
let again = false;
const meanwhile = []; // messages the stream told of while the transcript was being read: the transcript may be older

async function read() {
  const [groups, people, clock, bot, quota] = await Promise.all([api.groups(), api.people(), api.clock(), api.bot(), api.quota()]);
  state.groups = groups.groups;
  for (const person of [...people.people, ...state.groups.flatMap((each) => each.members)]) state.names.set(person.userId, person.name);
  Object.assign(state, { bot, quota, clock: { ...clock, readAt: Date.now() } });
  settle();
  const groupId = state.groupId;
  meanwhile.length = 0;
  const { messages } = groupId ? await api.transcript(groupId) : { messages: [] };
  if (groupId !== state.groupId) return; // another group was chosen meanwhile: a further reading is on its way
  state.messages = messages;
  for (const message of meanwhile) remember(message);
}

function remember(message) {
  if (message.groupId !== state.groupId) return;
  const index = state.messages.findLastIndex((known) => known.id === message.id);
  if (index >= 0) state.messages[index] = message;
  else state.messages.push(message);
}

/** Takes in one event of the stream. */
async function news(kind, data) {
  if (kind === 'message' && (data.from === 'bot' || state.names.has(data.from))) {
    if (reading) meanwhile.push(data);
    remember(data);
    if (data.from === 'bot') state.quota = await api.quota().catch(() => state.quota);
    drawAll();
  } else if (kind === 'clock' && data.now) {
    state.clock = { ...data, readAt: Date.now() };
    draw();
  } else if (kind !== 'clock') {
    refresh();
  }
}

/** Reads everything once more and draws it. Calls that come while one is running end in a single further one. */
async function refresh() {
  again = true;
  if (reading) return;
  reading = true;
  while (again) {
    again = false;
    try {
      await read();
      drawAll();
      drawLive(state.live);
    } catch (error) {
      console.error(error);
      drawLive('offline');
    }
  }
  reading = false;
}

function drawGroups() {
  const buttons = state.groups.map((each) => {
    const current = each.groupId === state.groupId;
    const size = word('groupSize', { count: each.members.length });
    const titles = make('span', { class: 'group-words' }, make('b', { text: each.name }), make('small', { text: size }));
    const button = make('button', { type: 'button', class: 'group-button', 'aria-current': current ? 'true' : undefined },
      face(each.groupId, each.name), titles);
    button.addEventListener('click', () => choose(each.groupId, state.me));
    return make('li', {}, button);
  });
  const mark = JSON.stringify([state.groups.map((each) => [each.groupId, each.name, each.members.length]), state.groupId, word('title')]);
  if (byId('groups').dataset.mark === mark) return; // an unchanged list keeps the keyboard's place
  byId('groups').dataset.mark = mark;
  byId('groups').replaceChildren(...buttons);
}

function drawHead() {
  const now = group();
  byId('group-name').textContent = now?.name ?? word('noGroups');
  byId('group-size').textContent = now ? word('groupSize', { count: now.members.length }) : '';
  dressFace(byId('group-face'), now?.groupId ?? '', now?.name ?? '?');
  byId('language').textContent = word('switchLanguage');
  byId('language').setAttribute('aria-label', `${word('switchLanguage')}: ${word('switchLanguageLabel')}`);
  byId('language').lang = document.documentElement.lang === 'th' ? 'en' : 'th';
}

let speakersMark = '';

function draw() {
  const members = group()?.members ?? [];
  drawGroups();
  drawHead();
  const mark = JSON.stringify([members, state.me, word('title')]);
  if (mark !== speakersMark) {
    composer.drawSpeakers(members, state.me);
    drawMembers(members, state.me);
    speakersMark = mark;
  }
  drawClock(practiceNow());
  if (document.activeElement !== byId('clock-input')) byId('clock-input').value ||= localInput(practiceNow());
  drawQuota(state.quota);
  drawBot(state.bot, botName(), group()?.botIn ?? false);
  drawLastCall(state.messages);
}

function drawAll() {
  draw();
  chat.show(state.messages);
}

function drawLive(how) {
  const node = byId('live');
  const text = word(how);
  if (node.textContent !== text) node.textContent = text;
  node.dataset.how = how;
}

async function moveClock(at) {
  if (at === null) {
    toast(word('notNow'), { alarm: true });
    return;
  }
  byId('clock-input').value = '';
  if (await attempt(() => api.setClock(at, state.clock.running))) toast(word('clockMoved', { when: `${fullDay(at)} ${timeOfDay(at)}` }));
}

function showInfo(open) {
  byId('info').classList.toggle('open', open);
  byId('open-info').setAttribute('aria-expanded', String(open));
  if (open) byId('info').focus();
  else byId('open-info').focus();
}

function wire() {
  byId('language').addEventListener('click', () => {
    switchLanguage();
    composer.drawStickers();
    chat.drawn = [];
    drawAll();
    drawLive(state.live);
  });
  byId('open-info').addEventListener('click', () => showInfo(!byId('info').classList.contains('open')));
  byId('close-info').addEventListener('click', () => showInfo(false));
  byId('info').addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && byId('info').classList.contains('open')) showInfo(false);
  });
  byId('viewer-close').addEventListener('click', () => byId('viewer').close());
  byId('viewer').addEventListener('click', (event) => {
    if (event.target === byId('viewer')) byId('viewer').close();
  });
  byId('plus-hour').addEventListener('click', () => moveClock(new Date(practiceNow() + HOUR).toISOString()));
  byId('plus-day').addEventListener('click', () => moveClock(new Date(practiceNow() + 24 * HOUR).toISOString()));
  byId('clock-form').addEventListener('submit', (event) => {
    event.preventDefault();
    moveClock(fromLocalInput(byId('clock-input').value));
  });
  window.addEventListener('hashchange', () => {
    readAddress();
    choose(state.groupId, state.me);
  });
  setInterval(() => drawClock(practiceNow()), 1000);
}

applyWords();
composer.drawStickers();
readAddress();
wire();
refresh();
listen({
  reread: refresh,
  news,
  state: (how) => {
    state.live = how;
    drawLive(how);
  },
});
