/** Draws a Flex message: bubbles of boxes, texts with spans, pictures, icons, separators, fillers, buttons and a clip. */
import { make, remotePicture } from './dom.js';
import { IMAGE, SPACE, colour, dressBox, dressLetters, edge, length, place, ratio, sized } from './flexstyle.js';
import { videoPlayer } from './player.js';
import { actionButton, labelOf, pressable, shrinkToFit } from './pressable.js';
import { word } from './words.js';

const SIZES = ['nano', 'micro', 'deca', 'hecto', 'kilo', 'mega', 'giga'];
const BLOCKS = ['header', 'hero', 'body', 'footer'];
const DEPTH_LIMIT = 30; // deeper nesting than any real card; keeps a broken one from exhausting the stack

function drawText(part, context) {
  const letters = make('p');
  const spans = Array.isArray(part.contents) ? part.contents : [];
  for (const span of spans) letters.append(drawSpan(span, part.scaling));
  if (!spans.length) letters.textContent = part.text ?? '';
  const node = make('div', { class: 'flex-text' }, letters);
  dressLetters(node, { size: 'md', ...part, decoration: undefined }, part.scaling);
  // On the lines themselves, where a span cannot take it away again.
  dressLetters(letters, { decoration: part.decoration });
  if (['start', 'end', 'center'].includes(part.align)) node.style.textAlign = part.align;
  if (part.wrap) wrap(node, letters, part);
  else if (part.adjustMode === 'shrink-to-fit') shrinkToFit(node);
  return pressable(node, part.action, context.act);
}

function wrap(node, letters, part) {
  node.classList.add('wrap');
  const extra = /^\d+(\.\d+)?px$/.test(part.lineSpacing ?? '') ? part.lineSpacing : '';
  if (extra) {
    // Between the lines only: what the line height adds above the first and below the last is taken back.
    letters.style.lineHeight = `calc(1.4em + ${extra})`;
    letters.style.marginBlock = `calc(${extra} / -2)`;
  }
  if (part.maxLines > 0) {
    letters.classList.add('clamped');
    letters.style.webkitLineClamp = String(part.maxLines);
  }
}

function drawSpan(span, scaling) {
  const node = make('span', { text: span.text ?? '' });
  dressLetters(node, span, scaling);
  return node;
}

/** A moving PNG moves only where the card says so; else its first picture stands still. */
function stand(picture) {
  const still = make('canvas', { class: picture.className, 'aria-hidden': 'true', width: picture.naturalWidth, height: picture.naturalHeight });
  still.getContext('2d').drawImage(picture, 0, 0);
  still.style.cssText = picture.style.cssText;
  picture.replaceWith(still);
}

function drawImage(part, context) {
  const frame = make('div', { class: 'flex-image' });
  const picture = remotePicture(part.url, '') ?? make('span');
  picture.classList.add('flex-picture');
  picture.style.aspectRatio = ratio(part.aspectRatio);
  picture.style.objectFit = part.aspectMode === 'cover' ? 'cover' : 'contain';
  picture.style.width = length(part.size, IMAGE) || IMAGE.md;
  picture.style.backgroundColor = colour(part.backgroundColor);
  picture.addEventListener('error', () => frame.classList.add('broken'));
  if (!part.animated && /\.png($|\?)/i.test(part.url ?? '')) picture.addEventListener('load', () => stand(picture));
  frame.style.alignItems = edge(part.align) || 'center';
  frame.append(picture);
  return pressable(frame, part.action, context.act, part.action?.label || context.alt);
}

function drawIcon(part) {
  const frame = make('div', { class: 'flex-icon' });
  const picture = remotePicture(part.url, '') ?? make('span');
  frame.style.fontSize = sized(part.size ?? 'md', part.scaling);
  picture.style.aspectRatio = ratio(part.aspectRatio);
  frame.append(picture);
  return frame;
}

function drawSeparator(part) {
  const node = make('div', { class: 'flex-separator', role: 'presentation' });
  node.style.backgroundColor = colour(part.color);
  return node;
}

function drawButton(part, context) {
  const style = ['primary', 'secondary'].includes(part.style) ? part.style : 'link';
  const node = actionButton(part.action, `flex-button ${style}${part.height === 'sm' ? ' small' : ''}`, context.act);
  if (part.scaling) node.style.fontSize = sized('md', true);
  if (style === 'link') node.style.color = colour(part.color);
  else node.style.backgroundColor = colour(part.color);
  if (part.adjustMode === 'shrink-to-fit') shrinkToFit(node);
  return make('div', { class: 'flex-button-frame' }, node);
}

function drawBox(box, context, depth = 0) {
  const layout = ['horizontal', 'baseline'].includes(box.layout) ? box.layout : 'vertical';
  const node = make('div', { class: `flex-box ${layout}` });
  dressBox(node, box);
  const spacing = length(box.spacing, SPACE);
  const parts = Array.isArray(box.contents) ? box.contents : [];
  parts.forEach((part, index) => {
    const child = drawPart(part, context, depth + 1);
    place(child, part, { layout, spacing, first: index === 0 });
    node.append(child);
  });
  return pressable(node, box.action, context.act);
}

function drawVideo(part, context) {
  const player = videoPlayer({ url: part.url, poster: part.previewUrl, shape: ratio(part.aspectRatio), name: context.alt, ended: context.watched });
  const link = part.action?.type === 'uri' && actionButton(part.action, 'flex-video-link', context.act, make('span', { text: labelOf(part.action) }));
  return make('div', { class: 'flex-video' }, player, link);
}

const DRAWERS = {
  box: drawBox,
  text: drawText,
  image: drawImage,
  icon: drawIcon,
  separator: drawSeparator,
  filler: () => make('div', { class: 'flex-filler' }),
  button: drawButton,
  video: drawVideo,
};

function drawPart(part, context, depth = 0) {
  if (depth > DEPTH_LIMIT) throw new RangeError('a card nested too deeply to draw');
  if (Object.hasOwn(DRAWERS, part?.type ?? '')) return DRAWERS[part.type](part, context, depth);
  return make('div', { class: 'flex-unknown', text: word('unknown', { type: part?.type ?? '?' }) });
}

function drawBubble(bubble, context) {
  const size = SIZES.includes(bubble.size) ? bubble.size : 'mega';
  const node = make('div', { class: `flex-bubble ${size}`, dir: bubble.direction === 'rtl' ? 'rtl' : 'ltr' });
  if (bubble.footer) node.classList.add('has-footer');
  for (const name of BLOCKS) {
    if (!bubble[name]) continue;
    const block = make('div', { class: `flex-block ${name}` });
    const looks = bubble.styles?.[name] ?? {};
    block.style.backgroundColor = colour(looks.backgroundColor);
    if (looks.separator && node.children.length) block.append(drawSeparator({ color: looks.separatorColor }));
    block.append(drawPart(bubble[name], context));
    node.append(block);
  }
  return pressable(node, bubble.action, context.act);
}

/** The whole Flex message. `context`: {act(action)}. */
export function drawFlex(raw, context) {
  const contents = raw.contents ?? {};
  const inner = { ...context, alt: raw.altText ?? '' };
  if (contents.type !== 'carousel') return named(make('div', { class: 'flex-single' }, drawBubble(contents, inner)), raw.altText);
  const row = make('div', { class: 'strip flex-carousel', tabindex: '0' });
  for (const bubble of contents.contents ?? []) row.append(drawBubble(bubble, inner));
  return named(row, raw.altText || word('cards'));
}

function named(node, alt) {
  node.setAttribute('role', 'group');
  node.setAttribute('aria-label', alt ?? '');
  return node;
}
