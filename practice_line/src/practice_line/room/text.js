/** Message text as nodes: links made pressable, mentions marked, LINE's emoji drawn, everything else plain text. */
import { make, safeLink } from './dom.js';
import { emojiPicture } from './stickers.js';
import { word } from './words.js';

const LINK = /(?:https?:\/\/|line:\/\/)[\w\-.~:/?#[\]@!$&'()*+,;=%]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const TRAILING = /[.,;:!?)\]']+$/;

/** The text with its addresses as links. `follow(address)` opens one; a bare mail address becomes mailto:. */
function linked(text, follow) {
  const whole = document.createDocumentFragment();
  let done = 0;
  for (const match of text.matchAll(LINK)) {
    const address = match[0].replace(TRAILING, '');
    const href = safeLink(address.includes('://') ? address : `mailto:${address}`);
    if (!href) continue;
    whole.append(text.slice(done, match.index));
    whole.append(link(href, address, follow));
    done = match.index + address.length;
  }
  whole.append(text.slice(done));
  return whole;
}

function link(href, text, follow) {
  const node = make('a', { href, target: '_blank', rel: 'noopener noreferrer', text });
  node.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    follow(href);
  });
  return node;
}

const mention = (name) => make('span', { class: 'mention', text: `@${name}` });

/** The pieces of a text that are no letters: where each stands, how long it is, and what is drawn for it. */
function pieces(raw) {
  const emojis = (raw.emojis ?? []).map((emoji) => ({
    at: emoji.index,
    long: emoji.length ?? 1,
    draw: () => emojiPicture(emoji.productId, emoji.emojiId),
  }));
  const mentions = (raw.mention?.mentionees ?? []).map(({ index, length }) => ({
    at: index,
    long: length,
    draw: (text) => make('span', { class: 'mention', text }),
  }));
  return [...emojis, ...mentions].filter((piece) => Number.isInteger(piece.at) && piece.long > 0).sort((one, other) => one.at - other.at);
}

/** A text message: the `$` places of a bot's text hold LINE's emoji. Places count UTF-16 units, as JavaScript does. */
export function text(raw, follow) {
  const whole = document.createDocumentFragment();
  const words = String(raw.text ?? '');
  let done = 0;
  for (const piece of pieces(raw)) {
    if (piece.at < done || piece.at + piece.long > words.length) continue;
    whole.append(linked(words.slice(done, piece.at), follow), piece.draw(words.slice(piece.at, piece.at + piece.long)));
    done = piece.at + piece.long;
  }
  whole.append(linked(words.slice(done), follow));
  return whole;
}

function substituted(place, substitution, nameOf) {
  if (substitution?.type === 'mention') {
    const who = substitution.mentionee ?? {};
    return mention(who.type === 'all' ? 'All' : nameOf(who.userId));
  }
  if (substitution?.type === 'emoji') return emojiPicture(substitution.productId, substitution.emojiId);
  return place;
}

/** A textV2 message: `{name}` places filled from `substitution`; doubled braces are single ones. */
export function textV2(raw, nameOf, follow) {
  const whole = document.createDocumentFragment();
  for (const piece of String(raw.text ?? '').split(/(\{\{|\}\}|\{\w+\})/)) {
    if (piece === '{{' || piece === '}}') whole.append(piece[0]);
    else if (/^\{\w+\}$/.test(piece)) whole.append(substituted(piece, raw.substitution?.[piece.slice(1, -1)], nameOf));
    else whole.append(linked(piece, follow));
  }
  return whole;
}

const NAMED = { sticker: 'sticker', image: 'picture', video: 'video', audio: 'audio', location: 'location', file: 'file' };

/** One line that stands for any message: in a quote, in a list of chats, for a screen reader. */
export function summary(message, nameOf) {
  if (message.unsent) return word('unsent', { name: nameOf(message.from) });
  const raw = message.raw ?? {};
  if (message.type === 'textV2') return cut(textV2(raw, nameOf, () => {}).textContent);
  const words = message.text ?? raw.text ?? raw.altText ?? raw.title ?? raw.fileName;
  if (words) return cut(words);
  return Object.hasOwn(NAMED, message.type) ? word(NAMED[message.type]) : message.type;
}

function cut(words) {
  return words.length > 120 ? `${words.slice(0, 120)}…` : words;
}
