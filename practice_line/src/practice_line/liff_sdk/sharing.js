/** The methods that do something outside of the page: messages, the share target picker, windows. */
const MOST_MESSAGES = 5;
const isMessage = (message) => typeof message === 'object' && message !== null && typeof message.type === 'string';

async function sendMessages(messages) {
  needScope('chat_message.write');
  if (!Array.isArray(messages) || !messages.every(isMessage)) {
    throw new LiffError('INVALID_ARGUMENT', "Parameter 'messages' must be an array of { type, ... }");
  }
  if (messages.length < 1 || messages.length > MOST_MESSAGES) {
    throw new LiffError('INVALID_ARGUMENT', 'Number of messages should be in range 1 to 5.');
  }
  if (!isInClient()) throw refused(403, "user doesn't grant required permissions yet");
  await now.door.call('sendMessages', { messages });
}

async function shareTargetPicker(messages, options) {
  needLogin();
  if (!now.told.context.availability.shareTargetPicker.permission) {
    throw new LiffError('FORBIDDEN', 'shareTargetPicker is not allowed in this LIFF app');
  }
  if (!Array.isArray(messages) || messages.length === 0 || !messages.every(isMessage)) {
    throw new LiffError('INVALID_ARGUMENT', 'no proper argument');
  }
  if (messages.length > MOST_MESSAGES) throw new LiffError('INVALID_ARGUMENT', 'exceed the limit of num of messages');
  if (!isInClient()) {
    throw new LiffError('FORBIDDEN', 'In an external browser the picker needs a single sign-on session, which practice-line does not keep.');
  }
  const isMultiple = options?.isMultiple !== false;
  const result = await now.door.call('shareTargetPicker', { messages, isMultiple });
  return result ?? undefined;
}

function openWindow(params) {
  const fits = params && typeof params.url === 'string' && params.url !== '' && ['undefined', 'boolean'].includes(typeof params.external);
  if (!fits) throw new LiffError('INVALID_ARGUMENT', 'Invalid parameters for liff.openWindow()');
  if (isInClient() && !params.external && isLiffUrl(params.url, SERVED)) openApp(params.url);
  else window.open(params.url, '_blank', 'noopener');
}

function closeWindow() {
  if (isInClient()) room.call('close').catch(() => {});
  else window.close();
}

/** The practice room has no camera: LINE's answer where the scanner's window is not to be had. */
async function scanCodeV2() {
  needLogin();
  throw new LiffError('FORBIDDEN', 'subwindowOpen is not allowed in this LIFF app');
}

/** A LIFF-to-LIFF transition. */
function openApp(url) {
  room.call('open', { url, from: location.href }).catch((error) => console.error(error));
}

/** A tap on a link to a LIFF app stays in the LIFF browser; any other link leads where it leads. */
function followLiffLinks() {
  document.addEventListener('click', (event) => {
    const link = event.target?.closest?.('a[href]');
    if (!link || event.defaultPrevented || !isLiffUrl(link.href, SERVED)) return;
    event.preventDefault();
    openApp(link.href);
  });
}

function tellTitle() {
  room.call('title', { title: document.title }).catch(() => {});
}
