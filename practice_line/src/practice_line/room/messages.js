/** Draws one message of the transcript as a row of the chat. */
import { fullDay, timeOfDay } from './dates.js';
import { face, icon, make, safePicture, stickerTile } from './dom.js';
import { actionButton, drawFlex } from './flex.js';
import { linked, summary, textV2 } from './text.js';
import { word } from './words.js';

// The kinds of message that the platform lets anyone reply to.
const QUOTABLE = new Set(['text', 'textV2', 'sticker', 'image', 'video', 'template', 'flex']);

/** "reply · free" or "push · 104 messages". The first message of a push carries the cost of the call; the rest say "push". */
export function costWords(message) {
  if (message.way !== 'push') return `${word('wayReply')} · ${word('free')}`;
  return message.cost > 0 ? `${word('wayPush')} · ${word('counted', { count: message.cost })}` : word('wayPush');
}

function drawImageMessage(message, context) {
  const raw = message.raw ?? {};
  const name = context.nameOf(message.from);
  const small = safePicture(raw.previewImageUrl ?? raw.originalContentUrl);
  if (!small) return make('p', { class: 'bubble', text: `[${word('picture')}]` });
  const alt = word('pictureFrom', { name });
  const picture = make('img', { src: small, alt, loading: 'lazy', referrerpolicy: 'no-referrer' });
  const button = make('button', { class: 'picture', type: 'button', 'aria-label': word('enlarge', { name }) }, picture);
  picture.addEventListener('error', () => button.replaceWith(make('p', { class: 'bubble', text: word('pictureBroken') })));
  button.addEventListener('click', () => context.enlarge(safePicture(raw.originalContentUrl) ?? small, alt));
  return button;
}

function drawSticker(message) {
  const raw = message.raw ?? {};
  const label = word('stickerOf', { number: raw.stickerId ?? '?' });
  return make('div', { class: 'sticker', role: 'img', 'aria-label': label, text: stickerTile(raw.stickerId) });
}

function templateCard(card, context) {
  const node = make('div', { class: 'template' });
  const src = safePicture(card.thumbnailImageUrl ?? card.imageUrl);
  if (src) node.append(make('img', { src, alt: '', loading: 'lazy', referrerpolicy: 'no-referrer' }));
  if (card.title) node.append(make('p', { class: 'template-title', text: card.title }));
  if (card.text) node.append(make('p', { text: card.text }));
  const actions = card.actions ?? (card.action ? [card.action] : []);
  const buttons = make('div', { class: 'template-buttons' });
  for (const action of actions) buttons.append(actionButton(action, 'flex-button link small', context.act));
  node.append(buttons);
  return node;
}

function drawTemplate(message, context) {
  const template = message.raw?.template ?? {};
  if (!Array.isArray(template.columns)) return templateCard(template, context);
  const row = make('div', { class: 'flex-carousel', tabindex: '0', role: 'group', 'aria-label': word('cards') });
  for (const column of template.columns) row.append(templateCard(column, context));
  return row;
}

function drawUnknown(message) {
  const box = make('div', { class: 'bubble raw' }, make('p', { text: word('unknown', { type: message.type }) }));
  box.append(make('pre', { tabindex: '0', text: JSON.stringify(message.raw ?? message, null, 2) }));
  return box;
}

const DRAWERS = {
  text: (message) => make('p', { class: 'bubble' }, linked(message.text ?? message.raw?.text ?? '')),
  textV2: (message, context) => make('p', { class: 'bubble' }, textV2(message.raw ?? {}, context.nameOf)),
  sticker: drawSticker,
  image: drawImageMessage,
  flex: (message, context) => drawFlex(message.raw ?? {}, context),
  template: drawTemplate,
};

/** The content alone. A message that cannot be drawn is shown as its data, and never breaks the room. */
function drawContent(message, room) {
  const context = { ...room, act: (action) => room.act(message, action) };
  try {
    return (Object.hasOwn(DRAWERS, message.type) ? DRAWERS[message.type] : drawUnknown)(message, context);
  } catch (error) {
    console.error(error);
    return drawUnknown(message);
  }
}

function drawQuoted(message, room) {
  const quotedId = message.raw?.quotedMessageId;
  if (!quotedId) return null;
  const quoted = room.messageOf(quotedId);
  const node = make('blockquote', { class: 'quoted' });
  if (!quoted || quoted.unsent) node.append(make('p', { text: word('quotedGone') }));
  else node.append(make('b', { text: room.nameOf(quoted.from) }), make('p', { text: summary(quoted) }));
  return node;
}

function drawMeta(message, room, mine, isBot) {
  const meta = make('div', { class: 'meta' });
  const quoteLabel = word('quote', { name: room.nameOf(message.from) });
  const tools = make('span', { class: 'tools' });
  if (QUOTABLE.has(message.type)) tools.append(toolButton('quote', quoteLabel, () => room.quote(message)));
  if (mine) tools.append(toolButton('unsend', word('unsend'), () => room.unsend(message)));
  meta.append(tools);
  if (isBot) meta.append(make('span', { class: `badge${message.way === 'push' ? ' paid' : ''}`, text: costWords(message) }));
  meta.append(make('time', { datetime: String(message.at), text: timeOfDay(message.at) }));
  return meta;
}

function toolButton(name, label, act) {
  return make('button', { class: 'tool', type: 'button', 'aria-label': label, title: label, on: { click: act } }, icon(name));
}

/** A line across the chat: a day, something taken back. */
export function noteRow(text, className = 'note') {
  return make('div', { class: className }, make('span', { text }));
}

export function dayRow(at) {
  return noteRow(fullDay(at), 'day');
}

/**
 * One row. `room` answers what the row must know and do: me, nameOf(id), messageOf(id), act(message, action),
 * quote(message), unsend(message), enlarge(address, alt).
 */
export function drawRow(message, room) {
  const name = room.nameOf(message.from);
  if (message.unsent) return noteRow(word('unsent', { name }));
  const isBot = message.from === 'bot';
  const mine = message.from === room.me;
  const row = make('article', {
    class: `row ${mine ? 'mine' : 'theirs'}${isBot ? ' bot' : ''} kind-${/^\w+$/.test(message.type) ? message.type : 'other'}`,
    'aria-label': `${name} ${timeOfDay(message.at)}`,
    data: { id: message.id },
  });
  const stack = make('div', { class: 'stack' });
  const sender = make('p', { class: 'sender', text: name });
  if (isBot) sender.append(make('span', { class: 'tag', text: word('official') }));
  if (!mine) row.append(face(message.from, name));
  if (!mine) stack.append(sender);
  const line = make('div', { class: 'line' });
  const content = make('div', { class: 'content' });
  const quoted = drawQuoted(message, room);
  if (quoted) content.append(quoted);
  content.append(drawContent(message, room));
  line.append(content, drawMeta(message, room, mine, isBot));
  stack.append(line);
  row.append(stack);
  return row;
}
