/** The list of a person's chats: the account's own, and the groups, the last spoken in first. */
import { dayKey, shortDay, timeOfDay } from './dates.js';
import { face, make } from './dom.js';
import { summary } from './text.js';
import { word } from './words.js';

/** When something was said: the time today, else the day. */
function moment(at, now) {
  return dayKey(at) === dayKey(now) ? timeOfDay(at) : shortDay(at);
}

/** Draws the list; `choose(chatId)` opens a chat. */
export function drawChatList(entries, world, choose) {
  const rows = entries.map(({ chatId, last, unread }) => {
    const group = world.group(chatId);
    const name = group?.name ?? world.botName;
    const size = group && make('span', { class: 'size', text: `(${group.members.length})` });
    const words = make('span', { class: 'list-words' },
      make('b', {}, make('span', { text: name }), size, !group && make('span', { class: 'tag', text: word('official') })),
      make('span', { class: 'list-last', text: last ? summary(last, (id) => world.nameOf(id)) : '' }));
    const count = unread > 0 && make('span', { class: 'unread', 'aria-label': word('unread', { count: unread }), text: unread > 99 ? '99+' : String(unread) });
    const side = make('span', { class: 'list-side' }, last && make('time', { text: moment(last.at, world.now()) }), count);
    const picture = face(group ? chatId : 'bot', name, group ? 'group' : 'bot');
    return make('li', {}, make('button', { type: 'button', class: 'list-row', on: { click: () => choose(chatId) } }, picture, words, side));
  });
  return make('ul', { class: 'list', 'aria-label': word('chats') }, ...rows);
}
