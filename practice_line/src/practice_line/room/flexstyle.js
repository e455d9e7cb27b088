/** The Flex layout model's lengths, colours and positions as CSS values. Anything unknown becomes '' and is not set. */

export const SPACE = { none: '0', xs: '2px', sm: '4px', md: '8px', lg: '12px', xl: '16px', xxl: '20px' };
export const BORDER = { none: '0', light: '.5px', normal: '1px', medium: '2px', 'semi-bold': '3px', bold: '4px' };
export const FONT = {
  xxs: '11px', xs: '13px', sm: '14px', md: '16px', lg: '19px', xl: '22px', xxl: '29px', '3xl': '35px', '4xl': '48px', '5xl': '74px',
};
export const IMAGE = {
  xxs: '40px', xs: '60px', sm: '80px', md: '100px', lg: '120px', xl: '140px', xxl: '160px', '3xl': '180px', '4xl': '200px',
  '5xl': '220px', full: '100%',
};
const EDGES = { start: 'flex-start', end: 'flex-end', center: 'center', top: 'flex-start', bottom: 'flex-end' };
const JUSTIFY = new Set(['center', 'flex-start', 'flex-end', 'space-between', 'space-around', 'space-evenly']);

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

function gradient(background) {
  const start = colour(background?.startColor);
  const end = colour(background?.endColor);
  const angle = /^\d{1,3}(\.\d+)?deg$/.test(background?.angle ?? '') ? background.angle : '180deg';
  if (background?.type !== 'linearGradient' || !start || !end) return '';
  const centre = colour(background.centerColor);
  const at = /^\d{1,3}(\.\d+)?%$/.test(background.centerPosition ?? '') ? background.centerPosition : '50%';
  return `linear-gradient(${angle}, ${start}${centre ? `, ${centre} ${at}` : ''}, ${end})`;
}

/** What every component may carry: its share of the parent, the space before it, its position. */
export function place(node, part, { layout, spacing, first, share }) {
  const along = layout === 'vertical' ? 'marginTop' : 'marginInlineStart';
  if (!first) node.style[along] = length(part.margin, SPACE) || spacing;
  const wanted = Number.isInteger(part.flex) && part.flex >= 0 ? part.flex : share;
  node.style.flex = wanted === 0 ? '0 0 auto' : `${wanted} ${wanted} ${layout === 'vertical' ? 'auto' : '0'}`;
  if (part.gravity && layout !== 'baseline') {
    if (layout === 'vertical') node.style.justifyContent = edge(part.gravity);
    else node.style.alignSelf = edge(part.gravity);
  }
  if (part.position === 'absolute') node.style.position = 'absolute';
  else if (part.position === 'relative') node.style.position = 'relative';
  for (const [offset, side] of [['offsetTop', 'top'], ['offsetBottom', 'bottom'], ['offsetStart', 'insetInlineStart'],
    ['offsetEnd', 'insetInlineEnd']]) {
    const distance = length(part[offset], SPACE);
    if (distance) {
      if (!part.position) node.style.position = 'relative';
      node.style[side] = distance;
    }
  }
}

/** A box's own looks: padding, size, border, corners, background, arrangement of its parts. */
export function dressBox(node, box) {
  const style = node.style;
  style.padding = length(box.paddingAll, SPACE);
  for (const [name, side] of [['paddingTop', 'paddingTop'], ['paddingBottom', 'paddingBottom'],
    ['paddingStart', 'paddingInlineStart'], ['paddingEnd', 'paddingInlineEnd']]) {
    const distance = length(box[name], SPACE);
    if (distance) style[side] = distance;
  }
  for (const name of ['width', 'maxWidth', 'height', 'maxHeight']) {
    const size = length(box[name]);
    if (size) style[name] = size;
  }
  if (length(box.width)) style.flexGrow = '0';
  if (length(box.width)) style.flexBasis = length(box.width);
  style.backgroundColor = colour(box.backgroundColor);
  const shade = gradient(box.background);
  if (shade) style.backgroundImage = shade;
  style.borderRadius = length(box.cornerRadius, SPACE);
  const border = length(box.borderWidth, BORDER);
  if (border || colour(box.borderColor)) style.border = `${border || '1px'} solid ${colour(box.borderColor) || 'transparent'}`;
  if (JUSTIFY.has(box.justifyContent)) style.justifyContent = box.justifyContent;
  if (box.layout !== 'baseline' && JUSTIFY.has(box.alignItems)) style.alignItems = box.alignItems;
}

/** Letters of a text or a span. */
export function dressLetters(node, part) {
  node.style.fontSize = length(part.size, FONT);
  node.style.color = colour(part.color);
  if (part.weight === 'bold' || part.weight === 'regular') node.style.fontWeight = part.weight === 'bold' ? '700' : '400';
  if (part.style === 'italic') node.style.fontStyle = 'italic';
  if (part.decoration === 'underline' || part.decoration === 'line-through') node.style.textDecoration = part.decoration;
}
