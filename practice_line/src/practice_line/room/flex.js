/** Draws a Flex message: bubbles of boxes, texts with spans, pictures, icons, separators, fillers and buttons. */
import { make, safeLink, safePicture } from './dom.js';
import { word } from './words.js';
import { FONT, IMAGE, SPACE, colour, dressBox, dressLetters, edge, length, place, ratio } from './flexstyle.js';

const SIZES = { nano: 120, micro: 160, deca: 220, hecto: 241, kilo: 260, mega: 300, giga: 386 };
const DEPTH_LIMIT = 30; // deeper nesting than any real card; keeps a broken one from exhausting the stack

/** Makes a box, a picture or a text do `action` when pressed; by keyboard too, unless a button is inside it already. */
function pressable(node, action, act) {
  if (!action) return node;
  const href = action.type === 'uri' ? safeLink(action.uri) : null;
  const press = (event) => {
    event.stopPropagation();
    event.preventDefault();
    if (href) window.open(href, '_blank', 'noopener,noreferrer');
    act(action);
  };
  node.classList.add('pressable');
  node.addEventListener('click', press);
  if (node.querySelector('button, a, [role=button], [role=link]')) return node;
  node.tabIndex = 0;
  node.setAttribute('role', href ? 'link' : 'button');
  node.setAttribute('aria-label', action.label || node.textContent || action.uri || action.type);
  node.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') press(event);
  });
  return node;
}

/** A button, or for a web address a real link, that reports its press to the room. */
export function actionButton(action, className, act) {
  const href = action?.type === 'uri' ? safeLink(action.uri) : null;
  const text = action?.label || action?.text || action?.type || '…';
  const on = { click: (event) => { event.stopPropagation(); act(action ?? {}); } };
  if (href) return make('a', { class: className, href, target: '_blank', rel: 'noopener noreferrer', text, on });
  return make('button', { class: className, type: 'button', text, on });
}

function drawText(part, context) {
  const spans = Array.isArray(part.contents) ? part.contents : [];
  const node = make('div', { class: `flex-text${part.wrap ? ' wrap' : ''}` });
  if (spans.length) for (const span of spans) node.append(drawSpan(span));
  else node.textContent = part.text ?? '';
  node.style.fontSize = FONT.md;
  dressLetters(node, part);
  if (['start', 'end', 'center'].includes(part.align)) node.style.textAlign = part.align;
  const extra = length(part.lineSpacing);
  if (extra.endsWith('px')) node.style.lineHeight = `calc(1.4em + ${extra})`;
  if (part.wrap && part.maxLines > 0) {
    node.classList.add('clamped');
    node.style.webkitLineClamp = String(part.maxLines);
  }
  return pressable(node, part.action, context.act);
}

function drawSpan(span) {
  const node = make('span', { text: span.text ?? '' });
  dressLetters(node, span);
  return node;
}

function drawImage(part, context) {
  const src = safePicture(part.url);
  const frame = make('div', { class: 'flex-image' });
  const picture = make('img', { src, alt: '', loading: 'lazy', referrerpolicy: 'no-referrer' });
  picture.style.aspectRatio = ratio(part.aspectRatio);
  picture.style.objectFit = part.aspectMode === 'cover' ? 'cover' : 'contain';
  picture.style.width = length(part.size, IMAGE) || IMAGE.md;
  picture.style.backgroundColor = colour(part.backgroundColor);
  picture.addEventListener('error', () => frame.classList.add('broken'));
  frame.style.justifyContent = edge(part.align) || 'center';
  frame.append(picture);
  return pressable(frame, part.action && { ...part.action, label: part.action.label || context.alt }, context.act);
}

function drawIcon(part) {
  const picture = make('img', { class: 'flex-icon', src: safePicture(part.url), alt: '', referrerpolicy: 'no-referrer' });
  picture.style.height = length(part.size, FONT) || FONT.md;
  picture.style.aspectRatio = ratio(part.aspectRatio);
  return picture;
}

function drawSeparator(part) {
  const node = make('div', { class: 'flex-separator', role: 'presentation' });
  node.style.backgroundColor = colour(part.color);
  return node;
}

// Labels that shrink rather than break, as their button asks with `adjustMode`; measured again when the room changes width.
const SMALLEST_LABEL = 0.6;
const fitting = new ResizeObserver((entries) => {
  for (const { target } of entries) fitLabel(target);
});

function fitLabel(node) {
  node.style.fontSize = '';
  const style = getComputedStyle(node);
  const room = node.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const range = document.createRange();
  range.selectNodeContents(node);
  const share = room / range.getBoundingClientRect().width;
  if (share < 1) node.style.fontSize = `${Math.floor(parseFloat(style.fontSize) * Math.max(share, SMALLEST_LABEL) * 10) / 10}px`;
}

function drawButton(part, context) {
  const style = ['primary', 'secondary'].includes(part.style) ? part.style : 'link';
  const node = actionButton(part.action, `flex-button ${style}${part.height === 'sm' ? ' small' : ''}`, context.act);
  if (style === 'link') node.style.color = colour(part.color);
  else node.style.backgroundColor = colour(part.color);
  if (part.adjustMode === 'shrink-to-fit') {
    node.classList.add('shrinks');
    fitting.observe(node);
  }
  const frame = make('div', { class: 'flex-button-frame' });
  frame.append(node);
  return frame;
}

function drawBox(box, context, depth = 0) {
  const layout = ['horizontal', 'baseline'].includes(box.layout) ? box.layout : 'vertical';
  const node = make('div', { class: `flex-box ${layout}` });
  dressBox(node, box);
  const spacing = length(box.spacing, SPACE) || '0';
  const parts = Array.isArray(box.contents) ? box.contents : [];
  parts.forEach((part, index) => {
    const child = drawPart(part, context, depth + 1);
    const share = defaultShare(part, layout);
    place(child, part, { layout, spacing, first: index === 0, share });
    if (part.type === 'box' && length(part.width)) child.style.flex = '0 0 auto';
    node.append(child);
  });
  return pressable(node, box.action, context.act);
}

function defaultShare(part, layout) {
  if (part.type === 'filler' || part.type === 'spacer') return 1;
  if (part.type === 'icon' || part.type === 'separator') return 0;
  return layout === 'vertical' ? 0 : 1;
}

function drawVideo(part, context, depth) {
  return part.altContent ? drawPart(part.altContent, context, depth + 1) : drawImage({ ...part, url: part.previewUrl }, context);
}

const DRAWERS = {
  box: drawBox,
  text: drawText,
  image: drawImage,
  icon: drawIcon,
  separator: drawSeparator,
  filler: () => make('div', { class: 'flex-filler' }),
  spacer: () => make('div', { class: 'flex-filler' }),
  button: drawButton,
  video: drawVideo,
};

function drawPart(part, context, depth = 0) {
  if (depth > DEPTH_LIMIT) throw new RangeError('a card nested too deeply to draw');
  if (Object.hasOwn(DRAWERS, part?.type ?? '')) return DRAWERS[part.type](part, context, depth);
  return make('div', { class: 'flex-unknown', text: word('unknown', { type: part?.type ?? '?' }) });
}

function drawBubble(bubble, context) {
  const node = make('div', { class: 'flex-bubble', dir: bubble.direction === 'rtl' ? 'rtl' : 'ltr' });
  const size = Object.hasOwn(SIZES, bubble.size ?? '') ? bubble.size : 'mega';
  node.style.width = `${SIZES[size]}px`;
  for (const name of ['header', 'hero', 'body', 'footer']) {
    if (!bubble[name]) continue;
    const block = make('div', { class: `flex-block ${name}` });
    const looks = bubble.styles?.[name] ?? {};
    block.style.backgroundColor = colour(looks.backgroundColor);
    if (looks.separator) {
      block.classList.add('separated');
      block.style.borderTopColor = colour(looks.separatorColor);
    }
    const inner = drawPart(bubble[name], context);
    block.append(inner);
    node.append(block);
  }
  return pressable(node, bubble.action, context.act);
}

/** The whole Flex message. `context`: {act(action), alt}. */
export function drawFlex(raw, context) {
  const contents = raw.contents ?? {};
  const inner = { ...context, alt: raw.altText ?? '' };
  if (contents.type !== 'carousel') return labelled(drawBubble(contents, inner), raw.altText);
  const row = make('div', { class: 'flex-carousel', tabindex: '0' });
  for (const bubble of contents.contents ?? []) row.append(drawBubble(bubble, inner));
  return labelled(row, raw.altText || word('cards'));
}

function labelled(node, alt) {
  if (node.hasAttribute('role')) return node;
  node.setAttribute('role', 'group');
  node.setAttribute('aria-label', alt ?? '');
  return node;
}
