/** Building the page. Data reaches it only as text nodes and checked attributes, never as markup. */

const SVG = 'http://www.w3.org/2000/svg';
const OPENABLE = new Set(['http:', 'https:', 'tel:', 'mailto:']);

/** A new element. `features`: class, text, on (listeners), data, and anything else as an attribute; false leaves it out. */
export function make(tag, features = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(features)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'class') node.className = value;
    else if (name === 'text') node.textContent = value;
    else if (name === 'on') for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (name === 'data') Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** One of the page's own drawings, hidden from screen readers: the button around it carries the label. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  const use = document.createElementNS(SVG, 'use');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** The address if a browser may open it, else null. Keeps javascript: and data: out of links. */
export function safeLink(uri) {
  try {
    const url = new URL(uri);
    return OPENABLE.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** The address if it names a picture on the web, else null. */
export function safePicture(uri) {
  const link = safeLink(uri);
  return link && /^https?:/.test(link) ? link : null;
}

// Dark enough for white letters (contrast at least 4.5:1).
const FACE_COLOURS = ['#b3261e', '#8a4b08', '#4f6410', '#0b6e4f', '#00677d', '#1c4f9c', '#5b45b0', '#9a2b6f'];

function hash(text) {
  let sum = 0;
  for (const unit of text) sum = (sum * 31 + unit.codePointAt(0)) >>> 0;
  return sum;
}

/** Dresses a round face: the initial (Thai leading vowels skipped) on a colour that stays with the id. */
export function dressFace(node, id, name) {
  const letters = [...name.replace(/^(นางสาว|นาย|นาง)\s*/, '')];
  node.textContent = letters.find((letter) => /[\p{L}\p{N}]/u.test(letter) && !/[เแโใไ]/.test(letter)) ?? '?';
  node.style.backgroundColor = FACE_COLOURS[hash(id) % FACE_COLOURS.length];
}

export function face(id, name) {
  const node = make('span', { class: 'face', 'aria-hidden': 'true' });
  dressFace(node, id, name);
  return node;
}

const STICKERS = ['👍', '🙏', '😊', '🌸', '🎉', '☀️', '💪', '❤️', '👏', '☕', '🌻', '😮'];

/** A neutral tile that stands for a sticker: the same for the same id. The picker offers the first eight. */
export function stickerTile(stickerId) {
  const number = Number(stickerId);
  const known = Number.isInteger(number) && number >= 1 && number <= STICKERS.length;
  return STICKERS[known ? number - 1 : hash(String(stickerId)) % STICKERS.length];
}

export const PICKER_SIZE = 8;
