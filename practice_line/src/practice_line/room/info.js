/** The panel beside the chat: what the bot did last, what it cost, the clock, who is here. */
import { fullDay, shortDay, timeOfDay } from './dates.js';
import { face, make } from './dom.js';
import { summary } from './text.js';
import { word } from './words.js';

const byId = (id) => document.getElementById(id);

function facts(node, rows) {
  node.replaceChildren();
  for (const [name, value] of rows) node.append(make('dt', { text: name }), make('dd', { text: value }));
}

function lastCallOf(messages) {
  const last = messages.findLast((message) => message.from === 'bot');
  if (!last) return null;
  const together = messages.filter((message) => message === last || (last.callId && message.callId === last.callId));
  return { last, together, cost: together.reduce((sum, message) => sum + (message.cost ?? 0), 0) };
}

export function drawLastCall(messages) {
  const node = byId('last-call');
  const call = lastCallOf(messages);
  if (!call) {
    node.replaceChildren(make('p', { class: 'quiet', text: word('noCall') }));
    return;
  }
  const cost = call.cost > 0 ? word('counted', { count: call.cost }) : word('free');
  const list = make('dl', { class: 'facts' });
  facts(list, [
    [word('way'), call.last.way === 'push' ? word('wayPush') : word('wayReply')],
    [word('cost'), cost],
    [word('when'), `${shortDay(call.last.at)} ${timeOfDay(call.last.at)}`],
  ]);
  const big = make('p', { class: `big-cost${call.cost > 0 ? ' paid' : ''}`, text: cost });
  node.replaceChildren(big, make('p', { class: 'said', text: call.together.map(summary).join(' · ') }), list);
}

/** `quota`: {limit: number | null, used: number}. */
export function drawQuota(quota) {
  const node = byId('quota');
  const limited = Number.isFinite(quota.limit);
  const text = word(limited ? 'quotaUsed' : 'quotaUnlimited', { used: quota.used, limit: quota.limit });
  node.replaceChildren(make('p', { class: 'big-figure', text }));
  if (limited) {
    const bar = make('progress', { max: Math.max(quota.limit, 1), value: Math.min(quota.used, quota.limit), 'aria-label': text });
    node.append(bar);
  }
  node.append(make('p', { class: 'quiet', text: word('quotaNote') }));
}

export function drawClock(at) {
  byId('clock-time').textContent = timeOfDay(at);
  byId('clock-day').textContent = shortDay(at);
  byId('clock-full').textContent = `${fullDay(at)} · ${timeOfDay(at)}`;
}

export function drawMembers(members, me) {
  const rows = members.map((member) =>
    make('li', { class: member.userId === me ? 'me' : '' }, face(member.userId, member.name), make('span', { text: member.name })));
  byId('members').replaceChildren(...rows);
}

export function drawBot(bot, botName, joined) {
  facts(byId('bot'), [
    [word('botName'), botName],
    [word('groups'), joined ? word('botIn') : word('botOut')],
    [word('webhook'), bot.webhook || word('noWebhook')],
  ]);
}
