/** Message text as nodes: links made pressable, mentions marked, everything else plain text. */
import { make, safeLink } from './dom.js';
import { word } from './words.js';

const LINK = /https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+/g;
const TRAILING = /[.,;:!?)\]']+$/;
const PLACE = /\{(\w+)\}/g;

/** The text with its web addresses as links that open beside the room. */
export function linked(text) {
  const whole = document.createDocumentFragment();
  let done = 0;
  for (const match of text.matchAll(LINK)) {
    const address = match[0].replace(TRAILING, '');
    const href = safeLink(address);
    if (!href) continue;
    whole.append(text.slice(done, match.index));
    whole.append(make('a', { href, target: '_blank', rel: 'noopener noreferrer', text: address }));
    done = match.index + address.length;
  }
  whole.append(text.slice(done));
  return whole;
}

function substituted(place, substitution, nameOf) {
  if (substitution?.type === 'mention') {
    const who = substitution.mentionee ?? {};
    return make('span', { class: 'mention', text: `@${who.type === 'all' ? 'All' : nameOf(who.userId)}` });
  }
  if (substitution?.type === 'emoji') return '🙂';
  return place;
}

/** A textV2 message: `{name}` places filled from `substitution`; doubled braces are single ones. */
export function textV2(raw, nameOf) {
  const whole = document.createDocumentFragment();
  for (const piece of String(raw.text ?? '').split(/(\{\{|\}\}|\{\w+\})/)) {
    if (piece === '{{' || piece === '}}') whole.append(piece[0]);
    else if (piece.match(PLACE)) whole.append(substituted(piece, raw.substitution?.[piece.slice(1, -1)], nameOf));
    else whole.append(linked(piece));
  }
  return whole;
}

/** One line that stands for any message: in a quote, in the info panel, for a screen reader. */
export function summary(message) {
  const raw = message.raw ?? {};
  const text = message.text ?? raw.text ?? raw.altText;
  if (text) return text.length > 120 ? `${text.slice(0, 120)}…` : text;
  if (message.type === 'sticker') return `[${word('sticker')}]`;
  if (message.type === 'image') return `[${word('picture')}]`;
  return `[${message.type}]`;
}
