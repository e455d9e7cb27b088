/** The bar at the bottom: who speaks, the text, stickers, and the message being replied to. */
import { PICKER_SIZE, icon, make, stickerTile } from './dom.js';
import { summary } from './text.js';
import { word } from './words.js';

const PACKAGE = '1'; // the picker's tiles are sent as stickers 1..8 of package 1
const byId = (id) => document.getElementById(id);

export class Composer {
  /** `send(text, quotedId)` and `stick(packageId, stickerId)` answer true when the server took it; `speak(userId)`. */
  constructor({ send, stick, speak, nameOf }) {
    this.nameOf = nameOf;
    this.quoted = null;
    this.draft = byId('draft');
    this.speaker = byId('speaker');
    this.send = send;
    this.stick = stick;
    byId('composer').addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.draft.addEventListener('keydown', (event) => this.key(event));
    this.draft.addEventListener('input', () => this.fit());
    this.speaker.addEventListener('change', () => speak(this.speaker.value));
    byId('quoting-cancel').addEventListener('click', () => this.quote(null));
    byId('open-stickers').addEventListener('click', () => this.toggleStickers());
    byId('stickers').addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.toggleStickers(false);
    });
  }

  key(event) {
    // While an input method is composing, Enter belongs to it.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    }
    if (event.key === 'Escape' && this.quoted) this.quote(null);
  }

  async submit() {
    const text = this.draft.value;
    if (!text.trim() || this.sending) return;
    this.sending = true;
    const taken = await this.send(text, this.quoted?.id);
    this.sending = false;
    if (!taken) return;
    this.draft.value = '';
    this.fit();
    this.quote(null);
  }

  fit() {
    this.draft.style.height = 'auto';
    this.draft.style.height = `${Math.min(this.draft.scrollHeight, 120)}px`;
  }

  /** Starts a reply to `message`; null gives it up. */
  quote(message) {
    this.quoted = message;
    byId('quoting').hidden = !message;
    if (!message) return;
    byId('quoting-name').textContent = this.nameOf(message.from);
    byId('quoting-text').textContent = summary(message);
    this.draft.focus();
  }

  toggleStickers(open = byId('stickers').hidden) {
    byId('stickers').hidden = !open;
    byId('open-stickers').setAttribute('aria-expanded', String(open));
    if (open) byId('stickers').querySelector('button')?.focus();
    else byId('open-stickers').focus();
  }

  drawStickers() {
    const tiles = Array.from({ length: PICKER_SIZE }, (_, index) => {
      const number = String(index + 1);
      const choose = async () => {
        if (await this.stick(PACKAGE, number)) this.toggleStickers(false);
      };
      return make('button', { type: 'button', 'aria-label': word('stickerOf', { number }), text: stickerTile(number), on: { click: choose } });
    });
    byId('stickers').replaceChildren(...tiles);
  }

  drawSpeakers(members, me) {
    const options = members.map((member) => make('option', { value: member.userId, text: member.name }));
    if (!options.length) options.push(make('option', { value: '', text: word('noSpeaker') }));
    this.speaker.replaceChildren(...options);
    this.speaker.value = me ?? '';
    for (const id of ['draft', 'send', 'open-stickers', 'speaker']) byId(id).disabled = members.length === 0;
  }
}

/** A short notice at the edge of the screen, read aloud; an alarming one stays longer. */
export function toast(text, { alarm = false } = {}) {
  const close = make('button', { class: 'icon-button', type: 'button', 'aria-label': word('close') }, icon('close'));
  const node = make('div', { class: `toast${alarm ? ' alarm' : ''}`, role: alarm ? 'alert' : undefined }, make('p', { text }), close);
  close.addEventListener('click', () => node.remove());
  byId('toasts').append(node);
  setTimeout(() => node.remove(), alarm ? 12000 : 4000);
}
