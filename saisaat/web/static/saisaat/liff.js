/* All use of LINE's LIFF SDK goes through here. The page includes the SDK itself, pinned by version (ADR 0027): as the
   script with the id `line-sdk`, after ours, beside the app's id in <meta name="liff-id">. Where LINE does not answer,
   `open` gives false and every page stays the ordinary page it was. */

const PATIENCE_MS = 8000;
const sdk = () => globalThis.liff;
let opened;

/** Whether LINE answered: its SDK is here and was begun. With `login` an ordinary browser is sent to LINE's login. */
export function open({ login = false } = {}) {
  opened ??= begin(login);
  return opened;
}

async function begin(login) {
  const liffId = document.querySelector('meta[name="liff-id"]')?.content;
  if (!liffId || !(await loaded())) return false;
  try {
    await sdk().init({ liffId, withLoginOnExternalBrowser: login });
    return true;
  } catch (error) {
    console.warn('LIFF:', error.code ?? '', error.message ?? error);
    return false;
  }
}

/* Scripts with `defer` run in the page's order, so the SDK's own events come after this module has run. */
function loaded() {
  const script = document.getElementById('line-sdk');
  if (sdk() || !script) return Promise.resolve(Boolean(sdk()));
  return new Promise((resolve) => {
    const settle = () => resolve(Boolean(sdk()));
    script.addEventListener('load', settle);
    script.addEventListener('error', settle);
    setTimeout(settle, PATIENCE_MS);
  });
}

/** Whether the page is open inside LINE, not in an ordinary browser. */
export const isInClient = () => Boolean(sdk()?.isInClient());

/** What LINE says about where the page was opened ({type: "group", ...}); null before `open` or outside. */
export const context = () => sdk()?.getContext() ?? null;

/** The reader's ID token, for our server to check; null where nobody is logged in. Nothing else proves who reads. */
export const idToken = () => sdk()?.getIDToken() ?? null;

/** Send messages into the chat from which the page was opened, in the reader's name. Throws where LINE refuses. */
export const sendMessages = (messages) => sdk().sendMessages(messages);

/** Let the reader choose whom to share with. "shared", "left" (closed without choosing), or "unavailable". */
export async function share(messages, { isMultiple = true } = {}) {
  if (!sdk()?.isApiAvailable('shareTargetPicker')) return 'unavailable';
  const result = await sdk().shareTargetPicker(messages, { isMultiple });
  return result?.status === 'success' ? 'shared' : 'left';
}

/** Close LINE's browser, back to the chat. */
export const close = () => sdk().closeWindow();

/** The link by which LINE opens `address`, a page below the app's endpoint, for anybody. */
export const permanentLink = (address) => sdk().permanentLink.createUrlBy(address);
