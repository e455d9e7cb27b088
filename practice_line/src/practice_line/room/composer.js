/** The bar at the foot of a phone: the text, stickers, pictures, and the message that is answered or edited. */
import { freshId, icon, iconButton, make } from './dom.js';
import { PICKER, stickerName, stickerPicture } from './stickers.js';
import { summary } from './text.js';
import { word } from './words.js';

const TALLEST_PX = 120;

export class Composer {
  /** `phone`: say(text, quotedId), rewrite(message, text), stick(...), sendPicture(), sendPlace(); true when it was taken. */
  constructor(phone) {
    this.phone = phone;
    this.about = null; // {message, way}: the message answered ("quote") or changed ("edit")
    this.node = make('form', { class: 'composer', autocomplete: 'off' });
    this.node.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.draw();
  }

  /** Builds the bar in the current language; what was typed stays. */
  draw() {
    const typed = this.draft?.value ?? '';
    this.tray = make('div', { id: freshId('stickers'), class: 'stickers', role: 'group', 'aria-label': word('stickers'), hidden: true }, ...this.tiles());
    this.tray.addEventListener('keydown', (event) => event.key === 'Escape' && this.showTray(false));
    this.bar = make('div', { class: 'about', hidden: true });
    this.draft = make('textarea', { rows: 1, maxlength: 5000, enterkeyhint: 'send', 'aria-label': word('draft'), placeholder: word('draft') });
    this.draft.value = typed;
    this.draft.addEventListener('keydown', (event) => this.key(event));
    this.draft.addEventListener('input', () => this.fit());
    this.opener = iconButton('smile', word('openStickers'), () => this.showTray(this.tray.hidden), { 'aria-expanded': 'false', 'aria-controls': this.tray.id });
    this.send = make('button', { type: 'submit', class: 'icon-button send', 'aria-label': word('send'), title: word('send') }, icon('send'));
    this.node.replaceChildren(this.bar, make('div', { class: 'compose-row' }, this.menuButton(), this.attach(), make('div', { class: 'field' }, this.draft, this.opener), this.send), this.tray);
    this.showAbout();
    this.fit();
  }

  attach() {
    const open = (event) =>
      this.phone.openMenu(event.currentTarget, [
        { name: 'picture', label: word('sendPicture'), act: () => this.phone.pickPicture() },
        { name: 'pin', label: word('sendPlace'), act: () => this.phone.sendPlace() },
      ], word('attach'));
    return iconButton('plus', word('attach'), open, { 'aria-haspopup': 'menu' });
  }

  /** Shows or hides the rich menu, in a chat that has one. */
  menuButton() {
    this.menu = iconButton('keyboard', word('toggleMenu'), () => this.phone.showMenu(), { hidden: true });
    return this.menu;
  }

  tiles() {
    return PICKER.map(({ packageId, stickerId }) => {
      const choose = async () => {
        if (await this.phone.stick(packageId, stickerId, this.quotedId())) {
          this.quote(null);
          this.showTray(false);
        }
      };
      return make('button', { type: 'button', 'aria-label': stickerName(stickerId), on: { click: choose } }, stickerPicture(packageId, stickerId));
    });
  }

  key(event) {
    // While an input method is composing, Enter belongs to it.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    }
    if (event.key === 'Escape' && this.about) this.leave();
  }

  quotedId() {
    return this.about?.way === 'quote' ? this.about.message.id : undefined;
  }

  async submit() {
    const text = this.draft.value;
    if (!text.trim() || this.sending) return;
    this.sending = true;
    const about = this.about;
    const taken = await (about?.way === 'edit' ? this.phone.rewrite(about.message, text) : this.phone.say(text, this.quotedId()));
    this.sending = false;
    if (!taken) return;
    this.draft.value = '';
    this.about = null;
    this.showAbout();
    this.fit();
  }

  fit() {
    this.draft.style.height = 'auto';
    this.draft.style.height = `${Math.min(this.draft.scrollHeight, TALLEST_PX)}px`;
    this.send.disabled = !this.draft.value.trim();
  }

  /** Starts a reply to `message`; null gives it up. */
  quote(message) {
    this.about = message && { message, way: 'quote' };
    this.showAbout();
    if (message) this.draft.focus();
  }

  /** Starts changing one's own text. */
  edit(message) {
    this.about = { message, way: 'edit' };
    this.draft.value = message.text ?? '';
    this.showAbout();
    this.fit();
    this.draft.focus();
  }

  /** Gives up the reply or the change. */
  leave() {
    if (this.about?.way === 'edit') this.draft.value = '';
    this.about = null;
    this.showAbout();
    this.fit();
    this.draft.focus();
  }

  /** Puts words into the field and the keyboard on it, as an action may ask. */
  begin(text) {
    this.draft.value = text || this.draft.value;
    this.fit();
    this.draft.focus();
  }

  showAbout() {
    this.bar.hidden = !this.about;
    if (!this.about) return this.bar.replaceChildren();
    const { message, way } = this.about;
    const title = way === 'edit' ? word('editing') : this.phone.senderOf(message).name;
    const close = iconButton('close', word(way === 'edit' ? 'cancelEdit' : 'cancelQuote'), () => this.leave());
    return this.bar.replaceChildren(make('p', {}, make('b', { text: title }), make('span', { text: summary(message, this.phone.nameOf) })), close);
  }

  hideTray() {
    this.tray.hidden = true;
    this.opener.setAttribute('aria-expanded', 'false');
  }

  showTray(open) {
    this.tray.hidden = !open;
    this.opener.setAttribute('aria-expanded', String(open));
    if (!open) return this.opener.focus();
    this.phone.showMenu(false); // there is room for one of them
    return this.tray.querySelector('button')?.focus();
  }
}
