/**
 * The Flex layout model's lengths, colours and places as CSS values. Anything unknown becomes '' and is not set.
 *
 * What a property means is in LINE's guide "Flex Message layout"; the pixels behind its keywords are not published there
 * and are those of LINE's own Flex simulator.
 */

export const SPACE = { none: '0px', xs: '2px', sm: '4px', md: '8px', lg: '12px', xl: '16px', xxl: '20px' };
const BORDER = { none: '0px', light: '0.5px', normal: '1px', medium: '2px', 'semi-bold': '3px', bold: '4px' };
const FONT = {
  xxs: '11px', xs: '13px', sm: '14px', md: '16px', lg: '19px', xl: '22px', xxl: '29px', '3xl': '35px', '4xl': '48px', '5xl': '74px',
};
export const IMAGE = {
  xxs: '40px', xs: '60px', sm: '80px', md: '100px', lg: '120px', xl: '140px', xxl: '160px', '3xl': '180px', '4xl': '200px',
  '5xl': '220px', full: '100%',
};
const EDGES = { start: 'flex-start', end: 'flex-end', center: 'center', top: 'flex-start', bottom: 'flex-end' };
const JUSTIFY = new Set(['center', 'flex-start', 'flex-end', 'space-between', 'space-around', 'space-evenly']);
const ALIGN = new Set(['center', 'flex-start', 'flex-end']);
const OFFSETS = { offsetTop: 'top', offsetBottom: 'bottom', offsetStart: 'insetInlineStart', offsetEnd: 'insetInlineEnd' };
const PADDINGS = {
  paddingTop: 'paddingTop', paddingBottom: 'paddingBottom', paddingStart: 'paddingInlineStart', paddingEnd: 'paddingInlineEnd',
};

/** A keyword of `names`, pixels or a percentage. */
export function length(value, names = {}) {
  if (typeof value !== 'string') return '';
  if (Object.hasOwn(names, value)) return names[value];
  return /^-?\d{1,5}(\.\d{1,3})?(px|%)$/.test(value) ? value : '';
}

/** #RRGGBB or #RRGGBBAA. */
export function colour(value) {
  return typeof value === 'string' && /^#[0-9a-f]{6}([0-9a-f]{2})?$/i.test(value) ? value : '';
}

/** "20:13" as "20 / 13". */
export function ratio(value) {
  const match = /^(\d{1,6}(?:\.\d+)?):(\d{1,6}(?:\.\d+)?)$/.exec(value ?? '1:1');
  return match && Number(match[1]) > 0 && Number(match[2]) > 0 ? `${match[1]} / ${match[2]}` : '1 / 1';
}

export function edge(value) {
  return EDGES[value] ?? '';
}

/** Letters and icons marked `scaling` follow the letter size of the room, as in LINE they follow the app's. */
export function sized(value, scaling) {
  const size = length(value, FONT);
  return size && scaling ? `calc(${size} * var(--letters))` : size;
}

function gradient(background) {
  const start = colour(background?.startColor);
  const end = colour(background?.endColor);
  const angle = /^\d{1,3}(\.\d+)?deg$/.test(background?.angle ?? '') ? background.angle : '180deg';
  if (background?.type !== 'linearGradient' || !start || !end) return '';
  const centre = colour(background.centerColor);
  const at = /^\d{1,3}(\.\d+)?%$/.test(background.centerPosition ?? '') ? background.centerPosition : '50%';
  return `linear-gradient(${angle}, ${start}${centre ? `, ${centre} ${at}` : ''}, ${end})`;
}

/** The share of the parent that a part asks for when it does not say: 1 in a row, 0 in a column. */
function defaultShare(part, layout) {
  if (part.type === 'icon' || part.type === 'separator') return 0;
  if (part.type === 'filler') return 1;
  return layout === 'vertical' ? 0 : 1;
}

/** A box with a size of its own takes no share of its parent, whatever its `flex`. */
function shareOf(part, layout) {
  const fixed = part.type === 'box' && (layout === 'vertical' ? length(part.height) : length(part.width) || length(part.height));
  if (fixed || part.type === 'icon' || part.type === 'separator') return 0;
  return Number.isInteger(part.flex) && part.flex >= 0 ? part.flex : defaultShare(part, layout);
}

/** Puts a part into a box: its share, the space before it, how it stands across, and how far it is moved. */
export function place(node, part, { layout, spacing, first }) {
  const style = node.style;
  const absolute = part.position === 'absolute';
  if (absolute) style.position = 'absolute';
  else {
    const share = shareOf(part, layout);
    style.flex = share === 0 ? '0 0 auto' : `${share} 0 ${layout === 'vertical' ? 'auto' : '0px'}`;
    const before = first || part.type === 'filler' ? '' : spacing;
    style[layout === 'vertical' ? 'marginTop' : 'marginInlineStart'] = length(part.margin, SPACE) || before;
  }
  if (edge(part.gravity) && layout !== 'baseline') style.justifyContent = edge(part.gravity);
  for (const [name, side] of Object.entries(OFFSETS)) {
    if (layout === 'baseline' && name === 'offsetBottom') continue;
    style[side] = length(part[name], SPACE);
  }
}

/** A box's own looks: padding, size, border, corners, background, arrangement of its parts. */
export function dressBox(node, box) {
  const style = node.style;
  const all = length(box.paddingAll, SPACE);
  if (all) style.padding = all;
  for (const [name, side] of Object.entries(PADDINGS)) {
    const space = length(box[name], SPACE);
    if (space) style[side] = space;
  }
  for (const name of ['width', 'maxWidth', 'height', 'maxHeight']) if (length(box[name])) style[name] = length(box[name]);
  style.backgroundColor = colour(box.backgroundColor);
  style.backgroundImage = gradient(box.background);
  style.borderRadius = length(box.cornerRadius, SPACE);
  const border = length(box.borderWidth, BORDER);
  if (border) style.border = `${border} solid ${colour(box.borderColor) || 'transparent'}`;
  if (JUSTIFY.has(box.justifyContent)) style.justifyContent = box.justifyContent;
  if (box.layout !== 'baseline' && ALIGN.has(box.alignItems)) style.alignItems = box.alignItems;
}

/** Letters of a text or a span. */
export function dressLetters(node, part, scaling) {
  const style = node.style;
  style.fontSize = sized(part.size, scaling);
  style.color = colour(part.color);
  if (part.weight === 'bold' || part.weight === 'regular') style.fontWeight = part.weight === 'bold' ? '700' : '400';
  if (part.style === 'italic' || part.style === 'normal') style.fontStyle = part.style;
  if (part.decoration === 'underline' || part.decoration === 'line-through') style.textDecoration = part.decoration;
}
