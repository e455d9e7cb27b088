/** What can be pressed: buttons and links that report their action, and any other part that an action was given to. */
import { make, safeLink } from './dom.js';
import { word } from './words.js';

const FITTED = '[data-shrinks]';
const SMALLEST_LETTERS = 0.6; // of the wanted size; what is still too long is cut with an ellipsis

/** The words on an action's button; what it does, where it has none. */
export function labelOf(action) {
  return action?.label || action?.text || action?.displayText || action?.uri || action?.linkUri || word(`action_${action?.type ?? 'none'}`);
}

/** The web address behind an action, if pressing it is following a link. */
function hrefOf(action) {
  const uri = action?.type === 'uri' ? safeLink(action.uri ?? action.linkUri) : null;
  return uri && !uri.startsWith('line:') ? uri : null;
}

function pressed(action, act) {
  return (event) => {
    event.stopPropagation();
    // A new tab is left to the browser; else the room decides, because the address may be a LIFF app.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button === 1) return;
    event.preventDefault();
    act(action);
  };
}

/** A button, or for a web address a real link. */
export function actionButton(action, className, act, ...children) {
  const href = hrefOf(action);
  const body = children.length ? children : [make('span', { text: labelOf(action) })];
  const on = { click: pressed(action ?? {}, act) };
  if (href) return make('a', { class: className, href, target: '_blank', rel: 'noopener noreferrer', on }, ...body);
  return make('button', { class: className, type: 'button', on }, ...body);
}

/** Makes any part do `action` when pressed; by keyboard too, unless something inside it is reached by keyboard already. */
export function pressable(node, action, act, label) {
  if (!action) return node;
  const press = pressed(action, act);
  node.classList.add('pressable');
  node.addEventListener('click', press);
  if (node.querySelector('button, a, [tabindex], video')) return node;
  node.tabIndex = 0;
  node.setAttribute('role', hrefOf(action) ? 'link' : 'button');
  node.setAttribute('aria-label', label || action.label || node.textContent || labelOf(action));
  node.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') press(event);
  });
  return node;
}

const watched = new ResizeObserver((entries) => {
  for (const { target } of entries) fit(target);
});

function fit(node) {
  node.style.fontSize = node.dataset.shrinks;
  const letters = node.querySelector('p, span') ?? node;
  const share = letters.clientWidth / letters.scrollWidth;
  if (!(share < 1)) return;
  const wanted = parseFloat(getComputedStyle(node).fontSize);
  node.style.fontSize = `${Math.floor(wanted * Math.max(share, SMALLEST_LETTERS) * 10) / 10}px`;
}

/** Letters that shrink rather than be cut (`adjustMode`); measured again when the room changes width. */
export function shrinkToFit(node) {
  node.dataset.shrinks = node.style.fontSize;
  watched.observe(node);
}

/** Measures all such letters again: the letter size of the room has changed. */
export function refit() {
  for (const node of document.querySelectorAll(FITTED)) fit(node);
}
