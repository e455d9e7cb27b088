/* An item's page: tells the server once what became of the opening, and spares the reader reloading the page. Every
   form and link here works without it. */
import * as line from './liff.js';

const story = document.querySelector('.story');
const CSRF = document.querySelector('[name="csrfmiddlewaretoken"]')?.value ?? '';
let token = null;

/** A form for the server, with the reader's ID token where there is one. */
function form(fields) {
  const data = fields instanceof FormData ? fields : new FormData();
  if (!(fields instanceof FormData)) for (const [name, value] of Object.entries(fields)) data.set(name, value);
  data.set('csrfmiddlewaretoken', CSRF);
  if (token) data.set('id_token', token);
  return data;
}

async function post(path, fields) {
  const answer = await fetch(path, { method: 'POST', body: form(fields), headers: { Accept: 'application/json' }, keepalive: true });
  return { ok: answer.ok, ...(answer.status === 204 ? {} : await answer.json()) };
}

const press = (button) => button?.setAttribute('aria-pressed', 'true');
const status = document.querySelector('#do .said');

/* One opening is told once: with a token once LINE gave one, without when it gives none or the reader leaves before. */
async function tellOpening(path) {
  let told = false;
  const tell = (send) => {
    if (told) return undefined;
    told = true;
    return send();
  };
  addEventListener('pagehide', () => tell(() => navigator.sendBeacon(path, form({}))));
  await meet();
  const answer = await tell(() => post(path, {}).catch(() => null));
  if (answer && !answer.known) token = null; // what LINE's word did not carry is not offered again
  for (const kind of answer?.pressed ?? []) press(document.querySelector(`.pressing [value="${kind}"]`));
}

async function meet() {
  if (await line.open()) token = line.idToken();
}

/* Coming back to the page from one of its own links is no new opening. */
const again = /[?&](choice|done|intent|page|thanks)=/.test(location.search);
const seen = story?.dataset.seen;
const known = seen && !again ? tellOpening(seen) : meet();

document.querySelector('form.pressing')?.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { currentTarget: pressing, submitter } = event;
  submitter.setAttribute('aria-busy', 'true');
  await known;
  try {
    const answer = await post(pressing.action, new FormData(pressing, submitter));
    status.textContent = answer.said;
    if (answer.ok) press(submitter);
  } catch {
    pressing.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'kind', value: submitter.value }));
    pressing.submit();
  } finally {
    submitter.removeAttribute('aria-busy');
  }
});

/* Other forms of the page, such as the comment by name, go as they are, with the ID token in them. */
document.addEventListener('submit', (event) => {
  const sent = event.target;
  if (event.defaultPrevented || !token || new URL(sent.action).origin !== location.origin) return;
  const field = sent.querySelector('[name="id_token"]') ?? sent.appendChild(Object.assign(document.createElement('input'), { type: 'hidden', name: 'id_token' }));
  field.value = token;
});

document.querySelector('[data-quiz]')?.addEventListener('submit', async (event) => {
  event.preventDefault();
  const quiz = event.currentTarget;
  const told = new FormData(quiz);
  const answer = await post(quiz.action, told).catch(() => null);
  if (!answer?.ok) {
    if (!answer) quiz.submit();
    return;
  }
  const say = (tag, text, name = '') => Object.assign(document.createElement(tag), { textContent: text, className: name, lang: name ? '' : 'th' });
  const right = answer.choice === answer.answer;
  const lines = [say('p', right ? quiz.dataset.right : quiz.dataset.wrong, right ? 'note good' : 'note')];
  if (!right) lines.push(say('p', `${quiz.dataset.answer}: ${quiz.querySelector(`[value="${answer.answer}"]`).nextElementSibling.textContent}`));
  quiz.nextElementSibling.replaceChildren(...lines, say('p', answer.why));
  for (const one of quiz.querySelectorAll('input[type="radio"]')) one.disabled = true;
  quiz.querySelector('button').remove();
});

/* How far our own clip was played. A mark is reached by playing up to it: skipping ahead does not count the part skipped. */
const clip = document.querySelector('video[data-clip]');
if (clip) {
  const marks = [25, 50, 75, 100];
  let played = 0;
  let last = 0;
  const tell = async (mark) => {
    await known;
    post(clip.dataset.clip, { mark }).catch(() => {});
  };
  clip.addEventListener('play', () => tell(0), { once: true });
  clip.addEventListener('timeupdate', () => {
    const step = clip.currentTime - last;
    last = clip.currentTime;
    if (step > 0 && step < 2 * clip.playbackRate) played += step;
    while (marks.length && clip.duration && (played / clip.duration) * 100 >= Math.min(marks[0], 98)) tell(marks.shift());
  });
}

const elsewhere = document.querySelector('a[data-plays]');
elsewhere?.addEventListener('click', () => {
  navigator.sendBeacon(elsewhere.href, form({ mark: 0 }));
  const counted = elsewhere.href;
  elsewhere.href = elsewhere.dataset.plays;
  setTimeout(() => { elsewhere.href = counted; });
});
