/** Template messages: buttons, confirm, carousel and image carousel. */
import { make, remotePicture } from './dom.js';
import { colour } from './flexstyle.js';
import { actionButton, labelOf, pressable } from './pressable.js';
import { word } from './words.js';

function cardPicture(card, looks) {
  const frame = make('div', { class: 'template-picture' });
  frame.style.aspectRatio = looks.imageAspectRatio === 'square' ? '1 / 1' : '1.51 / 1';
  frame.style.backgroundColor = colour(card.imageBackgroundColor ?? looks.imageBackgroundColor);
  const picture = remotePicture(card.thumbnailImageUrl, '');
  if (picture) {
    picture.style.objectFit = looks.imageSize === 'contain' ? 'contain' : 'cover';
    picture.addEventListener('error', () => frame.classList.add('broken'));
    frame.append(picture);
  }
  return frame;
}

function card(part, looks, context) {
  const body = make('div', { class: 'template-body' });
  if (part.thumbnailImageUrl) body.append(cardPicture(part, looks));
  if (part.title) body.append(make('p', { class: 'template-title', text: part.title }));
  body.append(make('p', { class: 'template-text', text: part.text ?? '' }));
  pressable(body, part.defaultAction, context.act, part.defaultAction?.label || part.title || part.text);
  return make('div', { class: 'template' }, body, actions(part.actions, context));
}

function actions(list, context) {
  const buttons = (Array.isArray(list) ? list : []).map((action) => actionButton(action, 'template-button', context.act));
  return make('div', { class: 'template-buttons' }, ...buttons);
}

function confirmation(template, context) {
  const node = make('div', { class: 'template confirm' }, make('p', { class: 'template-text', text: template.text ?? '' }));
  node.append(actions(template.actions, context));
  return node;
}

function imageColumn(column, context) {
  const picture = remotePicture(column.imageUrl, '') ?? '';
  const label = column.action?.label ? make('span', { class: 'template-label', text: column.action.label }) : '';
  const node = actionButton(column.action, 'template image-column', context.act, picture, label);
  node.setAttribute('aria-label', labelOf(column.action));
  return node;
}

function strip(nodes, alt) {
  return make('div', { class: 'strip', tabindex: '0', role: 'group', 'aria-label': alt || word('cards') }, ...nodes);
}

const DRAWERS = {
  buttons: (template, context) => card(template, template, context),
  confirm: confirmation,
  carousel: (template, context, alt) => strip(list(template.columns).map((column) => card(column, template, context)), alt),
  image_carousel: (template, context, alt) => strip(list(template.columns).map((column) => imageColumn(column, context)), alt),
};

const list = (value) => (Array.isArray(value) ? value : []);

/** The template of a message; null for a kind that is not one of LINE's. */
export function drawTemplate(raw, context) {
  const template = raw.template ?? {};
  return Object.hasOwn(DRAWERS, template.type ?? '') ? DRAWERS[template.type](template, context, raw.altText) : null;
}
