/** Keeps the drawn chat equal to the transcript with as few changes as possible, so that readers are not disturbed. */
import { dayKey } from './dates.js';
import { make } from './dom.js';
import { dayRow, drawRow } from './messages.js';
import { word } from './words.js';

const PAGE = 120; // rows drawn at first; older ones come by the button
const NEAR_END_PX = 120;

export class Chat {
  /** `room` is what rows ask (see drawRow); `nodes`: {log, scroll, earlier, toEnd}. */
  constructor(room, nodes) {
    this.room = room;
    this.nodes = nodes;
    this.reset();
    nodes.earlier.addEventListener('click', () => this.showEarlier());
    nodes.toEnd.addEventListener('click', () => this.goToEnd());
    nodes.scroll.addEventListener('scroll', () => this.noticeScroll());
    nodes.log.addEventListener('load', () => this.keepAtEnd(), true); // a picture that arrives makes its row taller
  }

  /** Forgets what is drawn: another group, another speaker, another language. */
  reset() {
    this.drawn = [];
    this.shown = PAGE;
    this.atEnd = true;
  }

  show(messages) {
    this.messages = messages;
    const from = Math.max(0, messages.length - this.shown);
    const first = this.drawn[0]?.message.id;
    const start = this.drawn.length ? messages.findIndex((message) => message.id === first) : -1;
    const follows = start >= 0 && this.drawn.every((row, index) => messages[start + index]?.id === row.message.id);
    if (follows) this.follow(messages.slice(start));
    else this.rebuild(messages.slice(from));
    this.nodes.earlier.hidden = (follows ? start : from) === 0;
    this.keepAtEnd();
    this.noticeScroll();
  }

  rebuild(messages) {
    const log = this.nodes.log;
    log.setAttribute('aria-busy', 'true'); // a whole chat is not news: it is not read aloud
    log.replaceChildren();
    this.drawn = [];
    if (!messages.length) log.append(make('p', { class: 'empty', text: word('noMessages') }));
    for (const message of messages) this.append(message);
    log.removeAttribute('aria-busy');
  }

  follow(messages) {
    messages.forEach((message, index) => {
      const row = this.drawn[index];
      if (!row) this.append(message);
      else if (row.mark !== markOf(message)) this.replace(row, message);
    });
  }

  append(message) {
    if (!this.drawn.length) this.nodes.log.querySelector('.empty')?.remove();
    const before = this.drawn.at(-1)?.message;
    if (!before || dayKey(before.at) !== dayKey(message.at)) this.nodes.log.append(dayRow(message.at));
    const node = drawRow(message, this.room);
    if (before && before.from === message.from && dayKey(before.at) === dayKey(message.at) && !before.unsent) {
      node.classList.add('continued');
    }
    this.nodes.log.append(node);
    this.drawn.push({ message, node, mark: markOf(message) });
  }

  replace(row, message) {
    const node = drawRow(message, this.room);
    row.node.replaceWith(node);
    Object.assign(row, { message, node, mark: markOf(message) });
  }

  showEarlier() {
    const scroll = this.nodes.scroll;
    const below = scroll.scrollHeight - scroll.scrollTop;
    this.shown += PAGE;
    this.drawn = [];
    this.atEnd = false;
    this.show(this.messages);
    scroll.scrollTop = scroll.scrollHeight - below;
    scroll.focus();
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

function markOf(message) {
  return JSON.stringify([message.unsent, message.text, message.type, message.raw]);
}
