/** One phone: who holds it, the list of their chats, and the chat that is open. */
import { act } from './actions.js';
import { api, isGroup } from './api.js';
import { ChatView } from './chat.js';
import { drawChatList } from './chatlist.js';
import { Composer } from './composer.js';
import { ask, choosePicture, enlarge, toast } from './dialogs.js';
import { freshId, icon, iconButton, make, remotePicture } from './dom.js';
import { openLink } from './links.js';
import { openMenu } from './menu.js';
import { actionButton } from './pressable.js';
import { RichMenu } from './richmenu.js';
import { word } from './words.js';

const QUICK_ICONS = { camera: 'camera', cameraRoll: 'picture', location: 'pin' };

export class Phone {
  /** `place`: {me, chatId (null for the list of chats)}. `page`: moved() after it shows something else, close(phone), numberOf(phone). */
  constructor(world, place, page) {
    Object.assign(this, { world, page, me: place.me, chatId: place.chatId });
    this.nameOf = (id) => world.nameOf(id);
    this.enlarge = enlarge;
    this.build();
  }

  build() {
    this.node = make('section', { class: 'phone' });
    this.owner = make('select', { on: { change: () => this.move(this.owner.value, null) } });
    this.title = make('h2', { id: freshId('chat') });
    this.size = make('span', { class: 'size' });
    this.log = make('div', { class: 'log', role: 'log' });
    this.earlier = make('button', { class: 'pill earlier', type: 'button', hidden: true });
    this.scroll = make('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-labelledby': this.title.id }, this.earlier, this.log);
    this.toEnd = make('button', { class: 'to-end', type: 'button', hidden: true }, icon('down'));
    this.quick = make('div', { class: 'quick-replies', role: 'group', hidden: true });
    this.dots = make('p', { class: 'loading', role: 'status', hidden: true }, make('i'), make('i'), make('i'));
    this.view = new ChatView(this, { log: this.log, scroll: this.scroll, earlier: this.earlier, toEnd: this.toEnd });
    this.composer = new Composer(this);
    this.menu = new RichMenu(this);
    this.strip = make('div', { class: 'owner' });
    this.head = make('header', { class: 'chat-head' });
    this.list = make('div', { class: 'chat-list', tabindex: '-1' });
    this.chatScreen = make('div', { class: 'chat-screen' }, this.head, make('div', { class: 'wall' }, this.scroll, this.toEnd, this.dots, this.quick), this.composer.node, this.menu.node);
    this.screen = make('div', { class: 'screen' }, this.chatScreen, this.list);
    this.node.append(this.strip, this.screen);
    this.speak();
  }

  /** Puts the words of the current language everywhere. */
  speak() {
    this.strip.replaceChildren(make('label', {}, make('span', { text: word('speakAs') }), this.owner), iconButton('close', word('closePhone'), () => this.page.close(this), { class: 'icon-button close-phone' }));
    this.earlier.textContent = word('earlier');
    this.toEnd.setAttribute('aria-label', word('toEnd'));
    this.quick.setAttribute('aria-label', word('quickReplies'));
    this.log.setAttribute('aria-label', word('messages'));
    this.dots.setAttribute('aria-label', word('loading'));
    const back = iconButton('back', word('chats'), () => this.move(this.me, null), { class: 'icon-button back' });
    this.head.replaceChildren(back, make('div', { class: 'chat-title' }, this.title, this.size));
    this.composer.draw();
    this.view.reset();
    this.ownersMark = '';
    this.quickMark = '';
    this.listMark = '';
  }

  get inGroup() {
    return Boolean(this.chatId) && isGroup(this.chatId);
  }

  get chat() {
    return this.world.chat(this.chatId);
  }

  get where() {
    return { group: this.inGroup ? this.chatId : null, user: this.me, frame: this.screen };
  }

  /** Shows another chat, another person's phone, or with null the list of chats. */
  move(me, chatId) {
    if (me !== this.me || chatId !== this.chatId) {
      this.composer.quote(null);
      this.view.reset();
    }
    Object.assign(this, { me, chatId });
    this.page.moved();
    if (chatId) this.composer.draft.focus();
    else this.list.querySelector('button')?.focus();
  }

  /** Keeps person and chat among those there are. */
  settle() {
    const people = this.world.people.map((person) => person.userId);
    if (!people.includes(this.me)) this.me = people[0] ?? null;
    if (this.chatId && !(this.me && this.world.placesOf(this.me).includes(this.chatId))) this.chatId = null;
  }

  draw() {
    this.settle();
    this.drawOwner();
    const inChat = Boolean(this.chatId);
    this.chatScreen.hidden = !inChat;
    this.list.hidden = inChat;
    if (inChat) this.drawChat();
    else this.drawList();
  }

  drawOwner() {
    const mark = JSON.stringify([this.world.people, word('title')]);
    if (mark !== this.ownersMark) {
      const options = this.world.people.map((person) => make('option', { value: person.userId, text: person.name }));
      this.owner.replaceChildren(...options);
      this.ownersMark = mark;
    }
    this.owner.value = this.me ?? '';
    this.node.setAttribute('aria-label', word('phoneOf', { number: this.page.numberOf(this), name: this.me ? this.nameOf(this.me) : '' }));
  }

  drawList() {
    const entries = this.me ? this.world.list(this.me) : [];
    const mark = JSON.stringify([entries, this.world.groups, this.world.botName, word('title')]);
    if (mark === this.listMark) return;
    this.listMark = mark;
    const heading = make('h2', { text: word('chats') });
    const empty = entries && !this.me && make('p', { class: 'empty', text: word('noPeople') });
    this.list.replaceChildren(heading, entries ? drawChatList(entries, this.world, (chatId) => this.move(this.me, chatId)) : '', empty || '');
  }

  drawChat() {
    const group = this.world.group(this.chatId);
    const name = group?.name ?? this.world.botName;
    if (this.title.textContent !== name) this.title.textContent = name;
    this.size.textContent = group ? `(${group.members.length})` : '';
    this.view.show(this.chat);
    this.drawQuick();
    this.dots.hidden = !this.world.loading.has(this.chatId);
    const menu = group || !this.me ? null : this.world.menu(this.me);
    this.menu.draw(menu);
    this.composer.menu.hidden = !menu;
    this.seen();
  }

  /** Quick replies stand under the last message only, and go with the next one. */
  drawQuick() {
    const last = this.chat.messages.at(-1);
    const items = last?.from === 'bot' && !last.unsent ? last.raw?.quickReply?.items ?? [] : [];
    const mark = JSON.stringify([last?.id, items, word('title')]);
    if (mark === this.quickMark) return;
    this.quickMark = mark;
    this.quick.hidden = !items.length;
    const buttons = items.map(({ action, imageUrl }) => {
      const own = Object.hasOwn(QUICK_ICONS, action?.type ?? '') && icon(QUICK_ICONS[action.type]);
      const picture = remotePicture(imageUrl, '') || own || '';
      return actionButton(action, 'quick-reply', (chosen) => this.act(last, chosen), picture, make('span', { text: action?.label ?? '' }));
    });
    this.quick.replaceChildren(...buttons);
    this.view.keepAtEnd();
  }

  /** Who has the chat open before their eyes has read it. */
  seen() {
    const last = this.chat.messages.findLast((message) => message.from !== this.me);
    if (!this.chat.ready || !last || document.visibilityState !== 'visible' || !this.node.checkVisibility()) return;
    if ((this.chat.reads.get(this.me) ?? '') >= last.id) return;
    this.chat.reads.set(this.me, last.id);
    api.read(this.chatId, this.me, last.id).catch(() => {}); // it is tried again with the next message
  }

  // What the rows ask.

  find(messageId) {
    return messageId ? this.chat.find(messageId) : undefined;
  }

  quotedBy(message) {
    return message.quotedMessageId;
  }

  readersOf(message) {
    return message.from === 'bot' ? 0 : this.chat.readersOf(message);
  }

  /** Name and face of who speaks; a bot may lend a message another name and picture (`sender`). */
  senderOf(message) {
    const lent = message.from === 'bot' ? message.raw?.sender : null;
    return { id: message.from, name: lent?.name || this.nameOf(message.from), icon: lent?.iconUrl };
  }

  goTo(messageId) {
    if (!this.view.goTo(messageId)) toast(word('quotedFar'));
  }

  openMenu(anchor, choices, label) {
    openMenu(anchor, this.screen, choices, label);
  }

  async readEarlier() {
    await this.world.attempt(() => this.chat.readEarlier());
  }

  // What the person does.

  /** Does something on the server; on failure says why and what was kept. Gives true when it was done. */
  async attempt(work) {
    try {
      await work();
    } catch (error) {
      toast(word('failed', { reason: error.status === 0 ? word('unreachable') : error.message }), { alarm: true });
      return false;
    }
    if (this.world.live !== 'live') this.world.reread(); // else the stream tells
    return true;
  }

  send(what, body) {
    return this.attempt(() => api.act(this.chatId, this.me, what, body));
  }

  say(text, quotedMessageId) {
    return this.send('say', { text, ...(quotedMessageId ? { quotedMessageId } : {}) });
  }

  stick(packageId, stickerId, quotedMessageId) {
    return this.send('sticker', { packageId, stickerId, ...(quotedMessageId ? { quotedMessageId } : {}) });
  }

  async pickPicture() {
    await this.sendPicture(await choosePicture());
  }

  async sendPicture(picture) {
    if (picture) await this.send('image', picture);
  }

  async sendPlace() {
    const title = word('hereTitle');
    const fields = [
      { name: 'title', label: word('placeTitle'), value: title, maxlength: 100 },
      { name: 'address', label: word('placeAddress'), value: '', maxlength: 100 },
      { name: 'latitude', label: word('latitude'), type: 'number', step: 'any', min: -90, max: 90, value: '13.7563' },
      { name: 'longitude', label: word('longitude'), type: 'number', step: 'any', min: -180, max: 180, value: '100.5018' },
    ];
    const place = await ask(word('sendPlace'), fields, word('send'));
    if (place) await this.send('location', { ...place, latitude: Number(place.latitude), longitude: Number(place.longitude) });
  }

  rewrite(message, text) {
    return this.attempt(() => api.edit(message.id, text));
  }

  unsend(message) {
    return this.attempt(() => api.unsend(message.id));
  }

  async askReaders(message) {
    const most = (this.world.group(this.chatId)?.members.length ?? 1) - 1;
    const field = { name: 'count', label: word('readersHint', { most }), type: 'number', min: 0, max: most, value: String(this.readersOf(message)) };
    const asked = await ask(word('setReaders'), [field]);
    if (asked) await this.attempt(() => api.setReaders(message.id, Number(asked.count)));
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      toast(word('notCopied'), { alarm: true });
      return false;
    }
    toast(word('copied'));
    return true;
  }

  act(message, action) {
    return act(this, message, action);
  }

  follow(address) {
    openLink(address, this.where);
  }

  /** Tells the platform of a press. `silent`: the press did its work here; a platform that is away loses only the count. */
  async press(source, action, data, { params, silent = false } = {}) {
    const body = { messageId: source.id, data, ...(params ? { params } : {}) };
    const onMenu = typeof source === 'number';
    const tell = () => (onMenu ? api.pressRichMenu(this.me, source, params) : api.act(this.chatId, this.me, 'press', body));
    if (!silent) return this.attempt(tell);
    return tell().then(() => true, () => false);
  }

  /** A clip was seen to its end. */
  watched(message) {
    if (message.from === 'bot') api.play(message.id, this.me).catch(() => {}); // only a count is lost
  }

  showMenu(open) {
    this.menu.show(open);
    this.view.keepAtEnd();
  }
}
