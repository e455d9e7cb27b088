/** The panel beside the phones: what the bot did last, what it cost, the clock, who is here. */
import { fullDay, shortDay, timeOfDay } from './dates.js';
import { face, make } from './dom.js';
import { costWords } from './messages.js';
import { summary } from './text.js';
import { word } from './words.js';

const byId = (id) => document.getElementById(id);

function facts(node, rows) {
  node.replaceChildren(...rows.flatMap(([name, value]) => [make('dt', { text: name }), make('dd', { text: value })]));
}

function drawLastCall(messages, nameOf) {
  const node = byId('last-call');
  const last = messages.findLast((message) => message.from === 'bot');
  if (!last) return node.replaceChildren(make('p', { class: 'quiet', text: word('noCall') }));
  const together = messages.filter((message) => message === last || (last.callId && message.callId === last.callId));
  const cost = together.reduce((sum, message) => sum + (message.cost ?? 0), 0);
  const said = cost > 0 ? word('counted', { count: cost }) : word('free');
  const list = make('dl', { class: 'facts' });
  facts(list, [
    [word('way'), costWords({ ...last, cost: 0 }).split(' · ')[0]],
    [word('cost'), said],
    [word('when'), `${shortDay(last.at)} ${timeOfDay(last.at)}`],
  ]);
  const big = make('p', { class: `big-cost${cost > 0 ? ' paid' : ''}`, text: said });
  return node.replaceChildren(big, make('p', { class: 'said', text: together.map((message) => summary(message, nameOf)).join(' · ') }), list);
}

function drawQuota(quota) {
  const limited = Number.isFinite(quota.limit);
  const text = word(limited ? 'quotaUsed' : 'quotaUnlimited', { used: quota.used, limit: quota.limit });
  const bar = limited && make('progress', { max: Math.max(quota.limit, 1), value: Math.min(quota.used, quota.limit), 'aria-label': text });
  byId('quota').replaceChildren(make('p', { class: 'big-figure', text }), bar || '', make('p', { class: 'quiet', text: word('quotaNote') }));
}

export function drawClock(at) {
  byId('clock-time').textContent = timeOfDay(at);
  byId('clock-day').textContent = shortDay(at);
  byId('clock-full').textContent = `${fullDay(at)} · ${timeOfDay(at)}`;
}

function drawMembers(members, me) {
  const rows = members.map((member) =>
    make('li', { class: member.userId === me ? 'me' : '' }, face(member.userId, member.name), make('span', { text: member.name })));
  byId('members').replaceChildren(...rows);
}

/** Everything in the panel; it speaks of the chat on `phone`, the one used last. */
export function drawPanel(world, phone) {
  const group = phone?.chatId ? world.group(phone.chatId) : null;
  const me = world.people.filter((person) => person.userId === phone?.me);
  drawLastCall(phone?.chatId ? world.chat(phone.chatId).messages : [], (id) => world.nameOf(id));
  drawQuota(world.quota);
  drawMembers(group?.members ?? me, phone?.me);
  facts(byId('bot'), [
    [word('botName'), world.botName],
    ...(group ? [[word('here'), word(group.botIn ? 'botIn' : 'botOut')]] : []),
    [word('webhook'), world.bot.webhook || word('noWebhook')],
  ]);
}
