/** What the page knows of the practice world, kept live by one stream for all phones. */
import { api, listen } from './api.js';
import { word } from './words.js';

/** One chat: `messages` in order, `notices` (lines across it), `reads` (reader -> id of the last message seen). */
class Chat {
  constructor(id) {
    this.id = id;
    this.messages = [];
    this.notices = [];
    this.reads = new Map();
    this.earlier = false;
    this.ready = false;
    this.meanwhile = null; // news that came while the chat was being read; what was read may be older
  }

  find(messageId) {
    return this.messages.find((message) => message.id === messageId);
  }

  /** News of this chat: done now, and once more over what is being read. */
  hear(apply) {
    this.meanwhile?.push(apply);
    apply();
  }

  take(message) {
    const known = this.messages.findIndex((each) => each.id === message.id);
    if (known >= 0) this.messages[known] = message;
    else if (!this.messages.length || this.messages.at(-1).id < message.id) this.messages.push(message);
  }

  async read() {
    this.meanwhile = [];
    const found = await api.chat(this.id);
    const first = found.messages[0]?.id;
    // What was fetched by "earlier" stays, if nothing can be missing between it and the end just read.
    const joins = this.messages.some((message) => message.id === first);
    const older = joins ? this.messages.filter((message) => message.id < first) : [];
    const oldNotices = joins ? this.notices.filter((notice) => notice.after < first) : [];
    this.messages = [...older, ...found.messages];
    this.notices = [...oldNotices, ...found.notices.filter((notice) => !oldNotices.some((old) => same(old, notice)))];
    this.earlier = older.length ? this.earlier : found.earlier;
    this.reads = new Map(found.reads.map((read) => [read.reader, read.upto]));
    this.ready = true;
    const missed = this.meanwhile;
    this.meanwhile = null;
    for (const apply of missed) apply();
  }

  async readEarlier() {
    const found = await api.chat(this.id, this.messages[0]?.id);
    this.messages = [...found.messages, ...this.messages];
    this.notices = [...found.notices, ...this.notices.filter((notice) => !found.notices.some((new_) => same(new_, notice)))];
    this.earlier = found.earlier;
  }

  /** How many others have seen a message. */
  readersOf(message) {
    return [...this.reads].filter(([reader, upto]) => reader !== message.from && upto >= message.id).length;
  }
}

const same = (one, other) => one.after === other.after && one.kind === other.kind && one.userId === other.userId && one.at === other.at;

/** Calls `changed()` after anything is different. */
export class World {
  constructor(changed) {
    this.changed = changed;
    this.groups = [];
    this.people = [];
    this.names = new Map();
    this.bot = {};
    this.quota = { limit: null, used: 0 };
    this.clock = { now: new Date().toISOString(), running: true, readAt: Date.now() };
    this.live = 'polling';
    this.chats = new Map();
    this.lists = new Map(); // person -> entries of their list of chats
    this.menus = new Map(); // person -> the rich menu they see, or null
    this.loading = new Map(); // chat -> the timer of its loading animation
    this.reading = null;
  }

  start() {
    listen({
      reread: () => this.reread(),
      news: (kind, data) => this.news(kind, data),
      state: (how) => {
        this.live = how;
        this.changed();
      },
    });
    return this.reread();
  }

  now() {
    return Date.parse(this.clock.now) + (this.clock.running === false ? 0 : Date.now() - this.clock.readAt);
  }

  get botName() {
    return this.bot.name || word('botFallback');
  }

  nameOf(id) {
    return id === 'bot' ? this.botName : this.names.get(id) ?? word('unknownPerson');
  }

  group(chatId) {
    return this.groups.find((group) => group.groupId === chatId) ?? null;
  }

  /** Where a person may be: their own chat with the account, and the groups they are in. */
  placesOf(userId) {
    return [userId, ...this.groups.filter((group) => group.members.some((member) => member.userId === userId)).map((group) => group.groupId)];
  }

  /** The chat, read once when it is first asked for and kept live from then on. */
  chat(chatId) {
    let chat = this.chats.get(chatId);
    if (!chat) {
      chat = new Chat(chatId);
      this.chats.set(chatId, chat);
      this.attempt(() => chat.read());
    }
    return chat;
  }

  /** The list of chats of a person; undefined until it has been read. */
  list(userId) {
    if (!this.lists.has(userId)) {
      this.lists.set(userId, undefined);
      this.attempt(() => this.readList(userId));
    }
    return this.lists.get(userId);
  }

  /** The rich menu that a person sees; null for none. */
  menu(userId) {
    if (!this.menus.has(userId)) {
      this.menus.set(userId, null);
      this.attempt(() => this.readMenu(userId));
    }
    return this.menus.get(userId);
  }

  async readList(userId) {
    this.lists.set(userId, (await api.chatsOf(userId)).chats);
  }

  async readMenu(userId) {
    this.menus.set(userId, await api.richMenu(userId));
  }

  /** Does a piece of reading and shows what came of it; a server that is away is shown as such. */
  async attempt(work) {
    try {
      await work();
      if (this.live === 'offline') this.live = 'polling';
    } catch (error) {
      if (error.status !== 404) {
        console.error(error);
        this.live = 'offline';
      }
    }
    this.changed();
  }

  /** Reads everything that is shown once more. Calls that come while one is running end in a single further one. */
  async reread() {
    this.again = true;
    this.reading ??= this.readAll().finally(() => (this.reading = null));
    return this.reading;
  }

  async readAll() {
    while (this.again) {
      this.again = false;
      await this.attempt(async () => {
        await this.readFacts();
        await Promise.all([
          ...[...this.chats.values()].map((chat) => chat.read()),
          ...[...this.lists.keys()].map((userId) => this.readList(userId)),
          ...[...this.menus.keys()].map((userId) => this.readMenu(userId)),
        ]);
      });
    }
  }

  async readFacts() {
    const [groups, people, clock, bot, quota] = await Promise.all([api.groups(), api.people(), api.clock(), api.bot(), api.quota()]);
    this.groups = groups.groups;
    this.people = people.people;
    for (const person of this.people) this.names.set(person.userId, person.name);
    Object.assign(this, { bot, quota, clock: { ...clock, readAt: Date.now() }, known: true });
  }

  news(kind, data) {
    if (kind === 'message' && data.from === 'bot') this.loading.delete(chatOf(data));
    if (kind === 'loading') this.showLoading(data);
    else if (kind === 'message') this.hear(data);
    else if (kind === 'read') {
      const chat = this.chats.get(data.chatId);
      chat?.hear(() => chat.reads.set(data.reader, data.upto));
      if (this.lists.has(data.reader)) this.readListSoon(data.reader);
    } else if (kind === 'clock') this.clock = { ...data, readAt: Date.now() };
    else this.reread();
    this.changed();
  }

  /** The account shows for some seconds that it is about to answer; its next message ends that sooner. */
  showLoading({ userId, seconds }) {
    clearTimeout(this.loading.get(userId));
    const over = () => {
      this.loading.delete(userId);
      this.changed();
    };
    this.loading.set(userId, setTimeout(over, seconds * 1000));
  }

  hear(message) {
    const chatId = chatOf(message);
    const chat = this.chats.get(chatId);
    chat?.hear(() => chat.take(message));
    for (const userId of this.lists.keys()) if (this.placesOf(userId).includes(chatId)) this.readListSoon(userId);
    if (message.from === 'bot' && message.way !== 'reply') this.attempt(async () => (this.quota = await api.quota()));
  }

  /** A burst of messages costs one reading of the list. */
  readListSoon(userId) {
    this.waiting ??= new Set();
    if (this.waiting.has(userId)) return;
    this.waiting.add(userId);
    setTimeout(() => {
      this.waiting.delete(userId);
      this.attempt(() => this.readList(userId));
    }, 60);
  }
}

/** The chat in which a line of the transcript stands; null for what two people say without the account. */
function chatOf(message) {
  if (message.groupId) return message.groupId;
  if (message.from === 'bot') return message.to;
  return message.to === 'bot' ? message.from : null;
}
