/** The LIFF browser of a phone: a sheet over the chat with the consent screen and the app's own page in a frame. */
import { api } from './api.js';
import { toast } from './dialogs.js';
import { face, freshId, iconButton, make } from './dom.js';
import { Door } from './liffdoor.js';
import { chooseTargets } from './liffpicker.js';
import { currentLanguage, word } from './words.js';

const LINE_URL = /^(?:https:\/\/liff\.line\.me\/|https:\/\/line\.me\/R\/app\/|line:\/\/app\/)/;
const LIFF_ID = /^(\d{10}-[0-9A-Za-z]{8})((?:[/?#].*)?)$/s;
const OWN_URL = `${location.origin}/liff/`;

// What the page may do: everything of a page but leading the room itself elsewhere.
const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads';
const ALLOWED = 'clipboard-write; geolocation; autoplay; fullscreen';
const SILENT_MS = 4000;

const open = new Map(); // a phone's frame -> its sheet

/** The LIFF ID of an address and what follows it, or null. */
function parted(address) {
  const start = address.match(LINE_URL)?.[0] ?? (address.startsWith(OWN_URL) ? OWN_URL : null);
  const found = start === null ? null : address.slice(start.length).match(LIFF_ID);
  return found && { liffId: found[1], extra: found[2] };
}

/** Whether an address opens a LIFF app: LINE's own, or this server's for those who have no such host. */
export function isLiffAddress(address) {
  return parted(address) !== null;
}

/** Opens it over the phone. `where`: {group (null in a 1:1 chat), user (who tapped), frame (the phone's element)}. */
export async function openLiff(address, where) {
  const sheet = open.get(where.frame) ?? new Sheet(where);
  try {
    await sheet.show(address);
  } catch (error) {
    sheet.closeIfEmpty();
    const unknown = error.status === 404;
    const reason = error.message || word('unreachable');
    toast(unknown ? word('liffUnknown', { uri: address }) : word('failed', { reason }), { alarm: true });
  }
}

function wrongApp(open, wanted) {
  return Object.assign(new Error(`This LIFF app is ${open}, not ${wanted}.`), { code: 'INVALID_CONFIG' });
}

const tick = (box, text, note) =>
  make('li', {}, make('label', {}, box, make('span', { text }), make('small', { text: note })));

class Sheet {
  constructor(where) {
    this.where = where;
    this.pages = []; // LIFF-to-LIFF transitions: the last is shown
    this.opener = document.activeElement;
  }

  /** Opens an app: asks for consent where it is wanted, then shows its page. */
  async show(address, referrer = '') {
    const { liffId, extra } = parted(address);
    const wish = { userId: this.where.user, chatId: this.where.group ?? this.where.user, extra, referrer };
    let opened = await api.openLiff(liffId, wish);
    this.build(opened.app);
    if (opened.ask.length) {
      const chosen = await this.askConsent(opened);
      if (chosen === null) {
        toast(word('liffDenied', { app: opened.app.name }));
        this.reveal();
        return;
      }
      opened = await api.openLiff(liffId, { ...wish, ...chosen });
    }
    this.put(opened);
  }

  build(app) {
    if (!this.layer) {
      this.title = make('h2', { id: freshId('liff'), tabindex: '-1' });
      this.host = make('p', { class: 'liff-host' });
      this.head = make('header', { class: 'liff-head' });
      this.body = make('div', { class: 'liff-body' });
      this.sheet = make('section', { class: 'liff-sheet', role: 'dialog', 'aria-labelledby': this.title.id }, this.head, this.body);
      this.layer = make('div', { class: 'liff-layer', on: { keydown: (event) => this.key(event) } }, this.sheet);
      this.sheet.dataset.size = app.viewType;
      for (const other of this.where.frame.children) other.inert = true;
      this.where.frame.append(this.layer);
      open.set(this.where.frame, this);
    }
    this.name(app.name, app.origin);
    this.title.focus();
  }

  name(title, origin) {
    this.title.textContent = title;
    this.host.textContent = new URL(origin).host;
    const buttons = [iconButton('close', word('liffClose'), () => this.close())];
    if (this.pages.length > 1) buttons.unshift(iconButton('back', word('liffBack'), () => this.back()));
    this.head.replaceChildren(make('div', { class: 'liff-title' }, this.title, this.host), make('div', { class: 'liff-buttons' }, ...buttons));
  }

  /** The consent screen. Resolves to {agreed: the scopes allowed, addFriend}, or to null. */
  askConsent({ app, ask, user, offersFriend }) {
    return new Promise((resolve) => {
      const rows = ask.map((scope) => {
        const optional = scope === 'chat_message.write' || scope === 'email';
        const box = make('input', { type: 'checkbox', name: scope, checked: true, disabled: !optional });
        return tick(box, word(`liffScope_${scope}`), word(optional ? 'liffOptional' : 'liffRequired'));
      });
      const friend = make('input', { type: 'checkbox', checked: true });
      if (offersFriend) rows.push(tick(friend, word('liffAddFriend'), word('liffOptional')));
      const deny = make('button', { type: 'button', class: 'pill', text: word('liffDeny'), on: { click: () => resolve(null) } });
      const allow = make('button', { class: 'pill strong', text: word('liffAllow') });
      const form = make('form', { class: 'liff-consent' },
        face(app.liffId, app.name),
        make('h3', { text: word('liffAsks', { app: app.name }) }), make('p', { class: 'liff-as', text: word('liffAs', { name: user.name }) }),
        make('ul', {}, ...rows), make('div', { class: 'liff-decide' }, allow, deny));
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        const agreed = [...form.querySelectorAll('input[name]')].filter((box) => box.checked).map((box) => box.name);
        resolve({ agreed, addFriend: Boolean(offersFriend && friend.checked) });
      });
      this.giveUp = () => resolve(null);
      this.pages.at(-1)?.frame.setAttribute('hidden', '');
      this.body.append(form);
    }).finally(() => {
      this.giveUp = null;
      this.body.querySelector('.liff-consent').remove();
    });
  }

  /** Puts the app's page into a frame of its own; an app that was open before waits behind it. */
  put(opened) {
    this.pages.at(-1)?.frame.setAttribute('hidden', '');
    const name = this.card(opened.key);
    const frame = make('iframe', { class: 'liff-page', title: opened.app.name, sandbox: SANDBOX, allow: ALLOWED, name, src: opened.url });
    const page = { ...opened, frame };
    page.door = new Door(frame, opened.app.origin, opened.key, this.answers(page));
    frame.addEventListener('load', () => this.hintIfSilent(page), { once: true });
    this.pages.push(page);
    this.body.append(frame);
    this.name(opened.app.name, opened.app.origin);
  }

  /** What the SDK finds in the frame's name: whom to ask, with which key, and what LINE app this is. */
  card(key) {
    return JSON.stringify({ practiceLiff: key, room: location.origin, os: 'android', lineVersion: '15.20.0', language: currentLanguage() });
  }

  answers(page) {
    return {
      start: ({ liffId }) => {
        if (liffId !== page.app.liffId) throw wrongApp(page.app.liffId, liffId);
        return api.liff(page.key);
      },
      profile: () => api.liff(page.key, '/profile'),
      friendship: () => api.liff(page.key, '/friendship'),
      sendMessages: ({ messages }) => api.liff(page.key, '/messages', { messages }),
      shareTargetPicker: (wish) => this.share(page, wish),
      close: () => this.close(),
      open: ({ url, from }) => this.pass(page, String(url), String(from)),
      title: ({ title }) => this.retitle(page, String(title).trim()),
    };
  }

  async share(page, { messages, isMultiple }) {
    const offered = await api.liff(page.key, '/targets', { messages, isMultiple });
    page.frame.inert = true;
    try {
      const to = await chooseTargets(this.sheet, offered, { messages, isMultiple });
      if (!to) return null;
      const result = await api.liff(page.key, '/share', { messages, isMultiple, to });
      toast(word('liffShared', { count: to.length }));
      return result;
    } finally {
      page.frame.inert = false;
      page.frame.focus();
    }
  }

  /** A LIFF-to-LIFF transition. An app as high as the screen stays open behind the next; a lower one closes first. */
  async pass(page, url, from) {
    if (!isLiffAddress(url)) return;
    const full = this.sheet.dataset.size === 'full';
    if (!full) this.close();
    const sheet = full ? this : new Sheet(this.where);
    try {
      await sheet.show(url, from);
    } catch (error) {
      sheet.closeIfEmpty();
      toast(word('liffUnknown', { uri: url }), { alarm: true });
      throw error;
    }
  }

  retitle(page, title) {
    if (page === this.pages.at(-1) && title) this.title.textContent = title;
  }

  /** A page that never calls is no LIFF page, or does not let itself be framed; a frame cannot tell which. */
  hintIfSilent(page) {
    setTimeout(() => {
      if (page.door.heard || !page.frame.isConnected) return;
      const link = make('a', { href: page.url, target: '_blank', rel: 'noopener', text: word('liffOutside') });
      page.hint = make('p', { class: 'liff-hint', role: 'status' }, word('liffSilent'), ' ', link);
      this.body.prepend(page.hint);
      page.door.onFirst = () => page.hint.remove();
    }, SILENT_MS);
  }

  /** Back to the app from which this one was opened. */
  back() {
    this.drop(this.pages.pop());
    this.reveal();
  }

  /** Shows the app that is open; where none is, the sheet goes. */
  reveal() {
    const page = this.pages.at(-1);
    if (!page) {
      this.close();
      return;
    }
    page.frame.removeAttribute('hidden');
    this.name(page.app.name, page.app.origin);
    this.title.focus();
  }

  drop(page) {
    page.door.close();
    page.frame.remove();
    page.hint?.remove();
    api.closeLiff(page.key).catch(() => {}); // it is forgotten by the server in time
  }

  closeIfEmpty() {
    if (this.layer && !this.pages.length) this.close();
  }

  close() {
    this.giveUp?.();
    for (const page of this.pages.splice(0)) this.drop(page);
    this.layer?.remove();
    for (const other of this.where.frame.children) other.inert = false;
    open.delete(this.where.frame);
    if (this.opener?.isConnected) this.opener.focus();
  }

  key(event) {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.close();
  }
}
