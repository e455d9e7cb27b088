/** Building the page. Data reaches it only as text nodes and checked attributes, never as markup. */

const SVG = 'http://www.w3.org/2000/svg';
// What a browser can open, and LINE's own scheme, which a bot may use and the room only explains.
const OPENABLE = new Set(['http:', 'https:', 'tel:', 'mailto:', 'line:']);

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
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** An element of a drawing with its attributes. */
export function draw(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** One of the page's own drawings, hidden from screen readers: the button around it carries the label. */
export function icon(name) {
  return draw('svg', { 'aria-hidden': 'true', class: 'icon', viewBox: '0 0 24 24' }, draw('use', { href: `#icon-${name}` }));
}

/** A round button that shows one drawing and says `label`. */
export function iconButton(name, label, act, features = {}) {
  return make('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, on: { click: act }, ...features }, icon(name));
}

let numbers = 0;

/** A fresh id for an element, so that several phones can stand on one page. */
export function freshId(word) {
  numbers += 1;
  return `${word}-${numbers}`;
}

/** The address if it may stand in a link, else null. Keeps javascript:, data: and file: out. */
export function safeLink(uri) {
  try {
    const url = new URL(uri);
    return OPENABLE.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** The address if it names a picture or a clip on the web or in this room, else null. */
export function safeMedia(uri) {
  const link = safeLink(uri);
  return link && /^https?:/.test(link) ? link : null;
}

/** A picture from elsewhere. `alt` '' for one that only decorates. Null where the address is not one of the web. */
export function remotePicture(uri, alt, features = {}) {
  const src = safeMedia(uri);
  return src && make('img', { src, alt, loading: 'lazy', referrerpolicy: 'no-referrer', draggable: 'false', ...features });
}

// Dark enough for white letters (contrast at least 4.5:1).
const FACE_COLOURS = ['#b3261e', '#8a4b08', '#4f6410', '#0b6e4f', '#00677d', '#1c4f9c', '#5b45b0', '#9a2b6f'];

/** The same number for the same text. */
export function hash(text) {
  let sum = 2166136261;
  for (const unit of text) sum = Math.imul(sum ^ unit.codePointAt(0), 16777619) >>> 0;
  return (sum ^ (sum >>> 15)) >>> 0;
}

/** A round face: the initial (Thai leading vowels skipped) on a colour that stays with the id. */
export function face(id, name, className = '') {
  const letters = [...name.replace(/^(นางสาว|นาย|นาง)\s*/, '')];
  const initial = letters.find((letter) => /[\p{L}\p{N}]/u.test(letter) && !/[เแโใไ]/.test(letter)) ?? '?';
  const node = make('span', { class: `face ${className}`, 'aria-hidden': 'true', text: initial });
  node.style.backgroundColor = FACE_COLOURS[hash(id) % FACE_COLOURS.length];
  return node;
}
