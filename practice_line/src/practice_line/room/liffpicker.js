/** The share target picker: friends and groups to choose from, and what they will get. */
import { face, freshId, iconButton, make } from './dom.js';
import { summary } from './text.js';
import { word } from './words.js';

/** Resolves to the ids chosen, or to null when it is closed. `offered`: {friends, groups} as the server gives them. */
export function chooseTargets(frame, offered, { messages, isMultiple }) {
  return new Promise((resolve) => {
    const picker = new Picker(frame, offered, { messages, isMultiple }, resolve);
    picker.show();
  });
}

class Picker {
  constructor(frame, offered, wish, resolve) {
    Object.assign(this, { frame, offered, wish, resolve });
  }

  show() {
    this.title = make('h2', { id: freshId('share'), tabindex: '-1', text: word('liffShare') });
    this.send = make('button', { class: 'pill strong', disabled: true });
    const find = make('input', { type: 'search', 'aria-label': word('liffFind'), placeholder: word('liffFind') });
    const close = iconButton('close', word('close'), () => this.end(null));
    const kind = this.wish.isMultiple ? 'checkbox' : 'radio';
    const name = freshId('target');
    const groups = this.offered.groups.map((group) => this.row(kind, name, group.groupId, group.name, word('liffMembers', { count: group.members })));
    const friends = this.offered.friends.map((friend) => this.row(kind, name, friend.userId, friend.name));
    const lists = [this.list('liffGroups', groups), this.list('liffFriends', friends)];
    const told = this.wish.messages.map((message) => make('li', { text: summary({ ...message, raw: message }, (id) => id) }));
    this.form = make('form', {},
      make('header', { class: 'liff-head' }, make('div', { class: 'liff-title' }, this.title), close),
      find, make('div', { class: 'liff-targets', tabindex: '0', role: 'group', 'aria-labelledby': this.title.id }, ...lists),
      make('footer', {}, make('ul', { class: 'liff-parcel', 'aria-label': word('liffParcel') }, ...told), this.send));
    find.addEventListener('input', () => this.narrow(find.value.trim().toLowerCase()));
    find.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') event.preventDefault(); // a search must not send
    });
    this.form.addEventListener('change', () => this.count());
    this.form.addEventListener('keydown', (event) => this.key(event));
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.end(this.chosen());
    });
    this.count();
    this.others = [...this.frame.children];
    for (const other of this.others) other.inert = true;
    this.node = make('section', { class: 'liff-picker', role: 'dialog', 'aria-labelledby': this.title.id }, this.form);
    this.frame.append(this.node);
    this.title.focus();
  }

  row(kind, name, id, label, note = '') {
    const box = make('input', { type: kind, name, value: id });
    return make('li', {}, make('label', {}, box, face(id, label), make('span', { text: label }), make('small', { text: note })));
  }

  list(title, rows) {
    if (!rows.length) return null;
    return make('fieldset', {}, make('legend', { text: word(title) }), make('ul', {}, ...rows));
  }

  narrow(wanted) {
    for (const row of this.form.querySelectorAll('.liff-targets li')) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  }

  chosen() {
    return [...this.form.querySelectorAll('.liff-targets input:checked')].map((box) => box.value);
  }

  count() {
    const count = this.chosen().length;
    this.send.disabled = count === 0;
    this.send.textContent = count ? word('liffSendTo', { count }) : word('liffChoose');
  }

  key(event) {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.end(null);
  }

  end(result) {
    this.node.remove();
    for (const other of this.others) other.inert = false;
    this.resolve(result);
  }
}
