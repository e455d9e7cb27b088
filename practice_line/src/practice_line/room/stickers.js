/** Own drawings that stand for LINE's stickers and emoji: a small creature, the same for the same package and number. */
import { draw, hash, make } from './dom.js';
import { word } from './words.js';

// Of the packages that LINE lets bots send, so that a bot may answer with the same sticker.
export const PICKER = [
  ['446', '1988'], ['446', '1989'], ['789', '10855'], ['1070', '17839'], ['6136', '10551376'], ['6325', '10979904'],
  ['6359', '11069848'], ['8515', '16581242'], ['8525', '16581290'], ['11537', '52002734'], ['11538', '51626494'], ['11539', '52114110'],
].map(([packageId, stickerId]) => ({ packageId, stickerId }));

const COATS = ['#ffd35c', '#ffb199', '#9ad9f2', '#b9e28c', '#d9c2f5', '#ffc2dc', '#e8d2ae', '#a8e0cf'];
const INK = '#3b2a20';
const EARS = [
  () => [draw('circle', { cx: 34, cy: 34, r: 13 }), draw('circle', { cx: 86, cy: 34, r: 13 })],
  () => [draw('path', { d: 'M24 50 28 16 52 36z' }), draw('path', { d: 'M96 50 92 16 68 36z' })],
  () => [draw('ellipse', { cx: 44, cy: 22, rx: 9, ry: 22 }), draw('ellipse', { cx: 76, cy: 22, rx: 9, ry: 22 })],
  () => [draw('path', { d: 'M60 30q-4-16 10-20 4 12-6 20z' })],
];
const EYES = [
  () => [dot(44, 62), dot(76, 62)],
  () => [line('M38 64q6-9 12 0'), line('M70 64q6-9 12 0')],
  () => [dot(44, 62), line('M70 63q6-7 12 0')],
  () => [line('M38 58q6 9 12 0'), line('M70 58q6 9 12 0')],
  () => [heart(44, 62, 0.5), heart(76, 62, 0.5)],
];
const MOUTHS = [
  () => line('M50 78q10 10 20 0'),
  () => draw('path', { d: 'M48 76h24q-2 16-12 16t-12-16z', fill: '#a8443e', stroke: INK, 'stroke-width': 3 }),
  () => draw('ellipse', { cx: 60, cy: 82, rx: 5, ry: 7, fill: '#a8443e', stroke: INK, 'stroke-width': 3 }),
  () => line('M50 82q5-7 10 0t10 0'),
];
const THINGS = [
  () => heart(98, 88, 1),
  () => draw('path', { d: 'm98 74 4 9 9 4-9 4-4 9-4-9-9-4 9-4z', fill: '#fff', stroke: '#e0a100', 'stroke-width': 3 }),
  () => draw('path', { d: 'M92 80h14L92 98h14', fill: 'none', stroke: '#5277b8', 'stroke-width': 4 }),
  () => draw('path', { d: 'M98 70v18m0 9v2', fill: 'none', stroke: '#d0423a', 'stroke-width': 7, 'stroke-linecap': 'round' }),
  () => flower(98, 88),
];

const dot = (cx, cy) => draw('circle', { cx, cy, r: 5, fill: INK });
const line = (d) => draw('path', { d, fill: 'none', stroke: INK, 'stroke-width': 4, 'stroke-linecap': 'round' });

function heart(x, y, size) {
  const at = `translate(${x} ${y}) scale(${size})`;
  return draw('path', { d: 'M0 12C-20-2-12-16 0-6c12-10 20 4 0 18z', fill: '#e5484d', transform: at });
}

function flower(x, y) {
  const petals = [0, 72, 144, 216, 288].map((turn) =>
    draw('circle', { cx: 0, cy: -8, r: 6, fill: '#ff8fb1', transform: `rotate(${turn})` }));
  return draw('g', { transform: `translate(${x} ${y})` }, ...petals, draw('circle', { r: 5, fill: '#ffd35c' }));
}

function creature(coatSeed, moodSeed) {
  const pick = (list, shift) => list[(moodSeed >>> shift) % list.length]();
  const coat = COATS[coatSeed % COATS.length];
  return draw('svg', { viewBox: '0 0 120 120', 'aria-hidden': 'true', class: 'creature' },
    draw('g', { fill: coat, stroke: INK, 'stroke-width': 4, 'stroke-linejoin': 'round' },
      ...EARS[(coatSeed >>> 4) % EARS.length](),
      draw('path', { d: 'M60 26c28 0 44 18 44 44s-18 42-44 42S16 96 16 70s16-44 44-44z' })),
    draw('ellipse', { cx: 32, cy: 78, rx: 7, ry: 4, fill: '#f07f7f', opacity: '.5' }),
    draw('ellipse', { cx: 88, cy: 78, rx: 7, ry: 4, fill: '#f07f7f', opacity: '.5' }),
    ...pick(EYES, 3), pick(MOUTHS, 7), pick(THINGS, 11));
}

/** A sticker as large as its frame. */
export function stickerPicture(packageId, stickerId) {
  return creature(hash(`package ${packageId}`), hash(`sticker ${packageId} ${stickerId}`));
}

export function stickerName(stickerId) {
  return word('stickerOf', { number: stickerId ?? '?' });
}

/** The place of one of LINE's emoji in a text: a creature as high as the letters, named by its numbers. */
export function emojiPicture(productId, emojiId) {
  const label = word('emojiOf', { product: String(productId ?? '?'), number: String(emojiId ?? '?') });
  const node = make('span', { class: 'emoji', role: 'img', 'aria-label': label, title: label });
  node.append(creature(hash(`product ${productId}`), hash(`emoji ${productId} ${emojiId}`)));
  return node;
}
