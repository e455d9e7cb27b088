/** Questions in a dialog of the page, and short notices at its edge. */
import { iconButton, make } from './dom.js';
import { word } from './words.js';

const byId = (id) => document.getElementById(id);

/** A short notice, read aloud; an alarming one stays longer. */
export function toast(text, { alarm = false } = {}) {
  const node = make('div', { class: `toast${alarm ? ' alarm' : ''}`, role: alarm ? 'alert' : undefined }, make('p', { text }));
  node.append(iconButton('close', word('close'), () => node.remove()));
  byId('toasts').append(node);
  setTimeout(() => node.remove(), alarm ? 12000 : 4000);
}

/**
 * Asks for some values. `fields`: [{name, label, ...attributes of the input}]. Resolves to {name: text}, or to null when it
 * is given up.
 */
export function ask(title, fields, doIt = word('ok')) {
  return new Promise((resolve) => {
    const heading = make('h2', { id: 'ask-title', text: title });
    const inputs = fields.map(({ label, ...attributes }) => make('label', {}, make('span', { text: label }), make('input', { required: true, ...attributes })));
    const give = make('button', { type: 'button', class: 'pill', text: word('cancel'), on: { click: () => dialog.close() } });
    const form = make('form', { method: 'dialog' }, heading, ...inputs, make('div', { class: 'ask-buttons' }, give, make('button', { class: 'pill strong', text: doIt })));
    const dialog = make('dialog', { class: 'ask', 'aria-labelledby': 'ask-title' }, form);
    let values = null;
    form.addEventListener('submit', () => {
      values = Object.fromEntries(new FormData(form));
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(values);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A picture as large as the page. */
export function enlarge(address, alt) {
  const picture = make('img', { src: address, alt, referrerpolicy: 'no-referrer' });
  const dialog = make('dialog', { class: 'viewer', 'aria-label': alt });
  dialog.append(picture, iconButton('close', word('close'), () => dialog.close()));
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** Lets the person choose a picture and gives it as {data: base64, contentType}, made smaller as the app does. */
export function choosePicture({ camera = false } = {}) {
  return new Promise((resolve) => {
    const input = make('input', { type: 'file', accept: 'image/*', capture: camera ? 'environment' : false, class: 'hidden-file', 'aria-label': word('picture') });
    input.addEventListener('change', () => {
      const file = input.files[0];
      input.remove();
      resolve(file ? shrunk(file) : null);
    });
    input.addEventListener('cancel', () => {
      input.remove();
      resolve(null);
    });
    document.body.append(input);
    input.click();
  });
}

const LONGEST_SIDE = 1280;

async function shrunk(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = make('canvas', { width: Math.max(1, Math.round(bitmap.width * scale)), height: Math.max(1, Math.round(bitmap.height * scale)) });
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return { data: canvas.toDataURL('image/jpeg', 0.86).split(',')[1], contentType: 'image/jpeg' };
}
