/* What we hold about the reader: LINE says who it is, the server answers with parts of this page. */
import * as line from './liff.js';

const place = document.getElementById('me');
const CSRF = document.querySelector('[name="csrfmiddlewaretoken"]').value;

async function show(path, body) {
  place.setAttribute('aria-busy', 'true');
  const answer = await fetch(path, { method: 'POST', body });
  place.innerHTML = await answer.text();
  place.removeAttribute('aria-busy');
  place.querySelector('[tabindex="-1"]')?.focus();
}

place.addEventListener('submit', (event) => {
  event.preventDefault();
  event.submitter?.setAttribute('disabled', '');
  show(event.target.action, new FormData(event.target)).catch(outside);
});

function outside() {
  place.querySelector('.note:not([data-outside])')?.remove();
  place.querySelector('[data-outside]')?.removeAttribute('hidden');
}

const token = (await line.open({ login: true })) ? line.idToken() : null;
if (token) {
  const body = new FormData();
  body.set('csrfmiddlewaretoken', CSRF);
  body.set('id_token', token);
  show(place.dataset.state, body).catch(outside);
} else outside();
