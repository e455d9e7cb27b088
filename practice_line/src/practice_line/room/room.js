/** The practice room: several phones side by side, each with its person and chat. The address keeps #as=…&chat=…&as=… . */
import { api, isGroup } from './api.js';
import { CrowdCard } from './crowd.js';
import { fromLocalInput, fullDay, localInput, timeOfDay } from './dates.js';
import { toast } from './dialogs.js';
import { make } from './dom.js';
import { drawClock, drawPanel } from './info.js';
import { Phone } from './phone.js';
import { refit } from './pressable.js';
import { applyWords, currentLanguage, switchLanguage, word } from './words.js';
import { World } from './world.js';

const byId = (id) => document.getElementById(id);
const HOUR = 3600 * 1000;
const OWN_CHAT = 'bot'; // how the address names the 1:1 chat with the account
const LETTERS = { small: 0.9, normal: 1, large: 1.2, larger: 1.45 };
const KEPT_LETTERS = 'practice-room-letters';
const PANEL_FITS_PX = 1100;

const world = new World(() => drawSoon());
const crowd = new CrowdCard(byId('crowd'), byId('crowd-choice'));
const phones = [];
let front = null; // the phone used last: the panel speaks of it, and a narrow screen shows it alone

const page = {
  moved() {
    keepAddress();
    drawSoon();
  },
  numberOf(phone) {
    return phones.indexOf(phone) + 1;
  },
  close(phone) {
    if (phones.length === 1) return;
    phones.splice(phones.indexOf(phone), 1);
    phone.node.remove();
    bringToFront(phones[0]);
    front.node.querySelector('select').focus();
    page.moved();
  },
};

function addPhone(place) {
  const phone = new Phone(world, place, page);
  phone.node.addEventListener('focusin', () => bringToFront(phone));
  phone.node.addEventListener('pointerdown', () => bringToFront(phone));
  phones.push(phone);
  byId('phones').append(phone.node);
  return phone;
}

function bringToFront(phone) {
  if (front === phone) return;
  front = phone;
  drawSoon();
}

/** The places that the address names; `group` is the older word for `chat`. */
function placesInAddress() {
  const places = [];
  let chatId = null;
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    if (name === 'as') places.push({ me: value, chatId });
    if (name === 'as') chatId = null;
    if (name === 'chat' || name === 'group') {
      if (places.length && !places.at(-1).chatId) places.at(-1).chatId = value;
      else chatId = value;
    }
  }
  return places.map(({ me, chatId: chat }) => ({ me, chatId: chat === OWN_CHAT ? me : chat }));
}

function keepAddress() {
  const parts = phones.flatMap(({ me, chatId }) => [['as', me ?? ''], ...(chatId ? [['chat', isGroup(chatId) ? chatId : OWN_CHAT]] : [])]);
  history.replaceState(null, '', `#${new URLSearchParams(parts)}`);
}

/** The next phone is that of a person who has none yet, in the chat that is in front. */
function nextPlace() {
  const taken = phones.map((phone) => phone.me);
  const chatId = front?.inGroup ? front.chatId : null;
  const near = world.group(chatId)?.members ?? world.people;
  const person = near.find((each) => !taken.includes(each.userId)) ?? world.people.find((each) => !taken.includes(each.userId)) ?? near[0];
  return { me: person?.userId ?? null, chatId: person && chatId && world.placesOf(person.userId).includes(chatId) ? chatId : null };
}

/** The first visit: the first member of the first group, in that group. */
function firstPlace() {
  const group = world.groups[0];
  const me = group?.members[0]?.userId ?? world.people[0]?.userId ?? null;
  return { me, chatId: group?.members.length ? group.groupId : null };
}

let waiting = false;

function drawSoon() {
  if (waiting) return;
  waiting = true;
  queueMicrotask(() => {
    waiting = false;
    draw();
  });
}

function draw() {
  drawLive();
  if (!world.known) return;
  if (!phones.length) {
    const places = placesInAddress();
    for (const place of places.length ? places : [firstPlace()]) addPhone(place);
    front = phones[0];
  }
  for (const phone of phones) {
    phone.node.classList.toggle('front', phone === front);
    phone.log.setAttribute('aria-live', phone === front ? 'polite' : 'off'); // one chat is read aloud once
    phone.node.classList.toggle('only', phones.length === 1);
    phone.draw();
  }
  byId('phones').dataset.count = String(Math.min(phones.length, 9));
  drawTabs();
  drawClock(world.now());
  if (document.activeElement !== byId('clock-input')) byId('clock-input').value ||= localInput(world.now());
  drawPanel(world, front);
  crowd.draw(front);
}

let tabsMark = '';

function drawTabs() {
  const mark = JSON.stringify([phones.map((phone) => [phone.me, world.nameOf(phone.me)]), phones.indexOf(front), currentLanguage()]);
  if (mark === tabsMark) return;
  tabsMark = mark;
  byId('tabs').hidden = phones.length < 2;
  const held = byId('tabs').contains(document.activeElement);
  const tabs = phones.map((phone) =>
    make('button', { type: 'button', class: 'tab', 'aria-current': phone === front ? 'true' : false, text: world.nameOf(phone.me), on: { click: () => bringToFront(phone) } }));
  byId('tabs').replaceChildren(...tabs);
  if (held) tabs[phones.indexOf(front)]?.focus();
}

function drawLive() {
  const node = byId('live');
  const text = word(world.live);
  if (node.textContent !== text) node.textContent = text;
  node.dataset.how = world.live;
}

async function moveClock(at) {
  if (at === null) return toast(word('notNow'), { alarm: true });
  byId('clock-input').value = '';
  const moved = await front?.attempt(() => api.setClock(at, world.clock.running));
  return moved && toast(word('clockMoved', { when: `${fullDay(at)} ${timeOfDay(at)}` }));
}

function showPanel(open) {
  document.body.classList.toggle('with-panel', open);
  byId('open-panel').setAttribute('aria-expanded', String(open));
  byId('panel').hidden = !open;
}

function speak() {
  applyWords();
  byId('language').textContent = word('switchLanguage');
  byId('language').setAttribute('aria-label', `${word('switchLanguage')}: ${word('switchLanguageLabel')}`);
  byId('language').lang = currentLanguage() === 'th' ? 'en' : 'th';
  const chosen = byId('letters').value || kept(KEPT_LETTERS) || 'normal';
  byId('letters').replaceChildren(...Object.keys(LETTERS).map((size) => make('option', { value: size, text: word(`letters_${size}`) })));
  byId('letters').value = Object.hasOwn(LETTERS, chosen) ? chosen : 'normal';
  for (const phone of phones) phone.speak();
  tabsMark = '';
}

function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage may be switched off; the room then starts afresh every time
  }
}

function setLetters() {
  document.documentElement.style.setProperty('--letters', String(LETTERS[byId('letters').value]));
  try {
    localStorage.setItem(KEPT_LETTERS, byId('letters').value);
  } catch {
    // kept for this page only
  }
  refit();
  for (const phone of phones) phone.composer.fit();
}

function wire() {
  byId('language').addEventListener('click', () => {
    switchLanguage();
    speak();
    drawSoon();
  });
  byId('letters').addEventListener('change', setLetters);
  byId('add-phone').addEventListener('click', () => {
    bringToFront(addPhone(nextPlace()));
    page.moved();
    front.node.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  });
  byId('open-panel').addEventListener('click', () => {
    showPanel(byId('panel').hidden);
    if (!byId('panel').hidden) byId('panel').focus();
  });
  const closePanel = () => {
    showPanel(false);
    byId('open-panel').focus();
  };
  byId('close-panel').addEventListener('click', closePanel);
  byId('panel').addEventListener('keydown', (event) => event.key === 'Escape' && closePanel());
  byId('plus-hour').addEventListener('click', () => moveClock(new Date(world.now() + HOUR).toISOString()));
  byId('plus-day').addEventListener('click', () => moveClock(new Date(world.now() + 24 * HOUR).toISOString()));
  byId('clock-form').addEventListener('submit', (event) => {
    event.preventDefault();
    moveClock(fromLocalInput(byId('clock-input').value));
  });
  window.addEventListener('hashchange', () => {
    for (const phone of phones.splice(0)) phone.node.remove();
    drawSoon();
  });
  document.addEventListener('visibilitychange', drawSoon);
  setInterval(() => world.known && drawClock(world.now()), 1000);
}

speak();
setLetters();
showPanel(innerWidth >= PANEL_FITS_PX);
wire();
world.start();
