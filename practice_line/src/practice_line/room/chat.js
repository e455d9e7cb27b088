/** Keeps the drawn chat equal to what was said with as few changes as possible, so that readers are not disturbed. */
import { dayKey } from './dates.js';
import { make } from './dom.js';
import { dayRow, drawRow, noticeRow } from './messages.js';
import { word } from './words.js';

const NEAR_END_PX = 120;
const FLASH_MS = 1600;

const contents = new WeakMap();

/** What a message shows, as one string; made once, since a message that changes is another object. */
function contentMark(message) {
  if (!contents.has(message)) contents.set(message, JSON.stringify([message.unsent, message.edited, message.text, message.type, message.raw]));
  return contents.get(message);
}

/** The rows of a chat from top to bottom: {key, mark, draw}. A row whose mark is the same need not be drawn again. */
function rowsOf(chat, phone) {
  const rows = [];
  const notices = [...chat.notices];
  let day = null;
  let before = null;
  const across = (at, key, draw, mark = '') => {
    if (day !== dayKey(at)) {
      day = dayKey(at);
      before = null;
      rows.push({ key: `day ${day}`, mark: '', draw: () => dayRow(at) });
    }
    rows.push({ key, mark, draw });
  };
  const notice = (each) => {
    across(each.at, `notice ${each.after} ${each.at} ${each.kind} ${each.userId ?? ''}`, () => noticeRow(each, phone), phone.nameOf(each.userId ?? 'bot'));
    before = null;
  };
  for (const message of chat.messages) {
    while (notices.length && notices[0].after < message.id) notice(notices.shift());
    if (day !== null && day !== dayKey(message.at)) before = null;
    const follows = Boolean(before) && before.from === message.from && !before.unsent && before.raw?.sender?.name === message.raw?.sender?.name;
    const mark = `${contentMark(message)} ${follows} ${phone.readersOf(message)} ${phone.senderOf(message).name} ${quotedMark(message, phone)}`;
    across(message.at, message.id, () => drawRow(message, phone, follows), mark);
    before = message;
  }
  for (const each of notices) notice(each);
  return rows;
}

function quotedMark(message, phone) {
  const quoted = phone.find(phone.quotedBy(message));
  return quoted ? contentMark(quoted) : '';
}

/** The messages on one phone. */
export class ChatView {
  /** `nodes`: {log, scroll, earlier, toEnd}. */
  constructor(phone, nodes) {
    this.phone = phone;
    this.nodes = nodes;
    this.reset();
    nodes.earlier.addEventListener('click', () => this.showEarlier());
    nodes.toEnd.addEventListener('click', () => this.goToEnd());
    nodes.scroll.addEventListener('scroll', () => this.noticeScroll());
    const grown = new ResizeObserver(() => this.keepAtEnd());
    grown.observe(nodes.scroll);
    grown.observe(nodes.log);
  }

  /** Forgets what is drawn: another chat, another person, another language. */
  reset() {
    this.drawn = [];
    this.atEnd = true;
    this.nodes.log.replaceChildren();
  }

  show(chat) {
    const rows = rowsOf(chat, this.phone);
    const follows = this.drawn.length > 0 && this.drawn.every((row, index) => rows[index]?.key === row.key);
    if (follows) this.follow(rows);
    else this.rebuild(rows, chat.ready);
    this.nodes.earlier.hidden = !chat.earlier;
    this.keepAtEnd();
    this.noticeScroll();
  }

  rebuild(rows, ready) {
    const log = this.nodes.log;
    log.setAttribute('aria-busy', 'true'); // a whole chat is not news: it is not read aloud
    log.replaceChildren(...rows.map((row) => (row.node = row.draw())));
    if (!rows.length && ready) log.append(make('p', { class: 'empty', text: word('noMessages') }));
    this.drawn = rows;
    requestAnimationFrame(() => log.removeAttribute('aria-busy'));
  }

  follow(rows) {
    rows.forEach((row, index) => {
      const old = this.drawn[index];
      if (old?.mark === row.mark) row.node = old.node;
      else {
        row.node = row.draw();
        if (old) this.replace(old.node, row.node);
        else this.nodes.log.append(row.node);
      }
    });
    this.drawn = rows;
  }

  /** A row that changes under the keyboard keeps it. */
  replace(old, node) {
    const held = old.contains(document.activeElement);
    old.replaceWith(node);
    if (held) node.querySelector('.more')?.focus();
  }

  async showEarlier() {
    const scroll = this.nodes.scroll;
    this.atEnd = false;
    const below = scroll.scrollHeight - scroll.scrollTop;
    await this.phone.readEarlier();
    scroll.scrollTop = scroll.scrollHeight - below;
    scroll.focus();
  }

  /** Brings a message into view and lights it up; false where it is not drawn. */
  goTo(messageId) {
    const row = this.drawn.find((each) => each.key === messageId)?.node;
    if (!row) return false;
    row.scrollIntoView({ block: 'center' });
    row.classList.add('found');
    row.querySelector('.more')?.focus({ preventScroll: true });
    setTimeout(() => row.classList.remove('found'), FLASH_MS);
    return true;
  }

  noticeScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.nodes.scroll;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    this.nodes.toEnd.hidden = this.atEnd;
  }

  keepAtEnd() {
    if (this.atEnd) this.nodes.scroll.scrollTop = this.nodes.scroll.scrollHeight;
  }

  goToEnd() {
    this.atEnd = true;
    this.keepAtEnd();
    this.noticeScroll();
    this.nodes.scroll.focus();
  }
}
