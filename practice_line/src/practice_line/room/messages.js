/** Draws one message of a chat as a row: who, what, when, and who has read it. */
import { fullDay, timeOfDay } from './dates.js';
import { face, icon, make, remotePicture } from './dom.js';
import { drawFlex } from './flex.js';
import { drawAudio, drawFile, drawImage, drawImagemap, drawLocation, drawVideo } from './media.js';
import { stickerName, stickerPicture } from './stickers.js';
import { drawTemplate } from './templates.js';
import { summary, text, textV2 } from './text.js';
import { word } from './words.js';

// The kinds of message that the platform lets anyone reply to.
const QUOTABLE = new Set(['text', 'textV2', 'sticker', 'image', 'video', 'template', 'flex']);
// Kinds as wide as the chat: their time stands below them, not beside.
const WIDE = new Set(['flex', 'template', 'imagemap', 'video']);

/** "reply · free" or "push · 104 messages". The first message of a push carries the cost of the call; the rest say "push". */
export function costWords(message) {
  if (message.way === 'reply') return `${word('wayReply')} · ${word('free')}`;
  const way = word(message.way === 'push' ? 'wayPush' : 'wayOther');
  return message.cost > 0 ? `${way} · ${word('counted', { count: message.cost })}` : way;
}

function drawSticker(message) {
  const raw = message.raw ?? {};
  const node = make('div', { class: 'sticker', role: 'img', 'aria-label': stickerName(raw.stickerId), title: `${raw.packageId} / ${raw.stickerId}` });
  node.append(stickerPicture(raw.packageId, raw.stickerId));
  return node;
}

function drawUnknown(message) {
  const box = make('div', { class: 'bubble raw' }, make('p', { text: word('unknown', { type: message.type }) }));
  box.append(make('pre', { tabindex: '0', text: JSON.stringify(message.raw ?? message, null, 2) }));
  return box;
}

const DRAWERS = {
  text: (message, context) => make('p', { class: 'bubble' }, text({ ...message.raw, text: message.text ?? message.raw?.text }, context.follow)),
  textV2: (message, context) => make('p', { class: 'bubble' }, textV2(message.raw ?? {}, context.nameOf, context.follow)),
  sticker: drawSticker,
  image: drawImage,
  video: drawVideo,
  audio: drawAudio,
  file: drawFile,
  location: drawLocation,
  imagemap: drawImagemap,
  flex: (message, context) => drawFlex(message.raw ?? {}, context),
  template: (message, context) => drawTemplate(message.raw ?? {}, context) ?? drawUnknown(message),
};

/** The content alone. A message that cannot be drawn is shown as its data, and never breaks the room. */
function drawContent(message, phone) {
  const context = {
    nameOf: phone.nameOf,
    enlarge: phone.enlarge,
    watched: () => phone.watched(message),
    follow: (address) => phone.follow(address),
    act: (action) => phone.act(message, action),
  };
  try {
    return (Object.hasOwn(DRAWERS, message.type) ? DRAWERS[message.type] : drawUnknown)(message, context);
  } catch (error) {
    console.error(error);
    return drawUnknown(message);
  }
}

/** The quoted message in small; pressing it goes there. */
function drawQuoted(message, phone) {
  const quotedId = phone.quotedBy(message);
  if (!quotedId) return null;
  const quoted = phone.find(quotedId);
  if (!quoted || quoted.unsent) return make('p', { class: 'quoted gone', text: word('quotedGone') });
  const name = phone.senderOf(quoted).name;
  const words = make('span', { class: 'quoted-words' }, make('b', { text: name }), make('span', { text: summary(quoted, phone.nameOf) }));
  const picture = quoted.type === 'sticker' ? make('span', { class: 'quoted-picture' }, stickerPicture(quoted.raw?.packageId, quoted.raw?.stickerId)) : null;
  const go = () => phone.goTo(quotedId);
  return make('button', { class: 'quoted', type: 'button', 'aria-label': word('goToQuoted', { name }), on: { click: go } }, words, picture);
}

/** What can be done with a message. */
function choices(message, phone, mine) {
  const text_ = message.text ?? message.raw?.text;
  return [
    QUOTABLE.has(message.type) && { name: 'quote', label: word('quote'), act: () => phone.composer.quote(message) },
    text_ && { name: 'copy', label: word('copy'), act: () => phone.copy(text_) },
    mine && message.type === 'text' && phone.inGroup && { name: 'edit', label: word('edit'), act: () => phone.composer.edit(message) },
    mine && { name: 'unsend', label: word('unsend'), act: () => phone.unsend(message) },
    mine && phone.inGroup && { name: 'eye', label: word('setReaders'), act: () => phone.askReaders(message) },
  ].filter(Boolean);
}

function drawMeta(message, phone, mine, isBot) {
  const meta = make('div', { class: 'meta' });
  const readers = mine ? phone.readersOf(message) : 0;
  if (readers) meta.append(make('span', { class: 'read', text: phone.inGroup ? word('readBy', { count: readers }) : word('read') }));
  if (message.edited) meta.append(make('span', { class: 'edited', text: word('edited') }));
  meta.append(make('time', { datetime: String(message.at), text: timeOfDay(message.at) }));
  if (isBot) meta.append(make('span', { class: `badge ${message.way === 'reply' ? '' : 'paid'}`, text: costWords(message) }));
  return meta;
}

function drawMore(message, phone, mine) {
  const label = word('more', { name: phone.senderOf(message).name });
  const more = make('button', { class: 'more', type: 'button', 'aria-label': label, 'aria-haspopup': 'menu', title: word('moreShort') }, icon('more'));
  more.addEventListener('click', () => phone.openMenu(more, choices(message, phone, mine), label));
  return more;
}

/** A line across the chat: a day, somebody who came or went, something taken back. */
function noteRow(words, className = 'note') {
  return make('div', { class: className }, make('span', { text: words }));
}

export function dayRow(at) {
  return noteRow(fullDay(at), 'day');
}

/** Who came or went; without a person it is the account. */
export function noticeRow(notice, phone) {
  return noteRow(word(`notice_${notice.kind}`, { name: phone.nameOf(notice.userId ?? 'bot') }));
}

function drawFace(sender) {
  const own = sender.icon && remotePicture(sender.icon, '', { class: 'face' });
  return own || face(sender.id, sender.name, sender.id === 'bot' ? 'bot' : '');
}

/** One row, as `phone` shows it. `continued`: the one above is of the same sender. */
export function drawRow(message, phone, continued) {
  const sender = phone.senderOf(message);
  if (message.unsent) return noteRow(word('unsent', { name: sender.name }));
  const isBot = message.from === 'bot';
  const mine = message.from === phone.me;
  const kind = /^\w+$/.test(message.type) ? message.type : 'other';
  const row = make('article', {
    class: `row ${mine ? 'mine' : 'theirs'} kind-${kind}${isBot ? ' bot' : ''}${continued ? ' continued' : ''}${WIDE.has(kind) ? ' wide' : ''}`,
    'aria-label': word('rowOf', { name: sender.name, time: timeOfDay(message.at) }),
    data: { id: message.id },
  });
  const drawn = drawContent(message, phone);
  const quoted = drawQuoted(message, phone);
  const inside = quoted && drawn.matches('p.bubble');
  if (inside) drawn.prepend(quoted);
  const content = make('div', { class: 'content' }, inside ? null : quoted, drawn);
  const aside = make('div', { class: 'aside' }, drawMore(message, phone, mine), drawMeta(message, phone, mine, isBot));
  const stack = make('div', { class: 'stack' }, make('div', { class: 'line' }, content, aside));
  if (!mine) {
    const name = make('p', { class: 'sender' }, make('span', { text: sender.name }), isBot && make('span', { class: 'tag', text: word('official') }));
    stack.prepend(name);
    row.append(drawFace(sender));
  }
  row.append(stack);
  row.addEventListener('contextmenu', (event) => {
    if (event.target.closest('a, img, input, video') || String(getSelection())) return; // the browser's own menu is of use there
    event.preventDefault();
    row.querySelector('.more').click();
  });
  return row;
}
