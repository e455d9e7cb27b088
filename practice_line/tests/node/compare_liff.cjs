/**
 * Calls every method of LINE's own SDK (npm), of @line/liff-mock and of practice-line's SDK, and prints as JSON what
 * differs: [{method, aspect, theirs, ours}].
 *
 *   node compare_liff.cjs OUR_SDK.js CONTEXT.json      the packages are looked for beside this file and in NODE_PATH
 *
 * CONTEXT.json is what practice-line gives for liff.getContext() of a LIFF app at https://example.com/path.
 *
 * Aspects: "name" (who has it); of LINE's SDK in an ordinary browser "before init", "logged out", "result" (sync or async,
 * and the shape) and "argument …" (the errors, logged in); of liff-mock "mock" (the result, ours in the LIFF browser).
 * Nothing is asked of the network.
 */
const fs = require('node:fs');
const vm = require('node:vm');

const LIFF_ID = '1234567890-AbcdEfgh';
const PAGE = 'https://example.com/path?x=1#h';
const CONTEXT = JSON.parse(fs.readFileSync(process.argv[3], 'utf8'));
const REFUSED = "user doesn't grant required permissions yet";
const CARD = { practiceLiff: 'key', room: 'https://practice.test', os: 'android', lineVersion: '15.20.0', language: 'th' };
const CLAIMS = { iss: 'https://access.line.me', sub: 'U1', name: 'ก' };
const TOKEN = `e30.${Buffer.from(JSON.stringify(CLAIMS)).toString('base64url')}.s`;

const text = { type: 'text', text: 'a' };
/** What is called, in order: [method, name of the case, arguments]. The first case of a method is the ordinary one. */
const CASES = [
  ['init', 'result', [{ liffId: LIFF_ID, mock: true }]], ['init', 'argument {}', [{}]],
  ['getOS', 'result', []], ['getVersion', 'result', []], ['getLanguage', 'result', []], ['getAppLanguage', 'result', []],
  ['getLineVersion', 'result', []], ['isInClient', 'result', []], ['isLoggedIn', 'result', []], ['getContext', 'result', []],
  ['getAccessToken', 'result', []], ['getIDToken', 'result', []], ['getDecodedIDToken', 'result', []],
  ['isApiAvailable', 'result', ['shareTargetPicker']], ['isApiAvailable', 'argument "none"', ['none']],
  ['getProfile', 'result', []], ['getFriendship', 'result', []],
  ['permission.query', 'result', ['profile']], ['permission.query', 'argument "none"', ['none']],
  ['permission.getGrantedAll', 'result', []], ['permission.requestAll', 'result', []],
  ['sendMessages', 'result', [[text]]], ['sendMessages', 'argument undefined', []], ['sendMessages', 'argument []', [[]]],
  ['sendMessages', 'argument [1]', [[1]]], ['sendMessages', 'argument of six', [Array(6).fill(text)]],
  ['shareTargetPicker', 'result', [[text]]], ['shareTargetPicker', 'argument undefined', []],
  ['shareTargetPicker', 'argument []', [[]]], ['shareTargetPicker', 'argument of six', [Array(6).fill(text)]],
  ['openWindow', 'result', [{ url: 'https://example.com/' }]], ['openWindow', 'argument undefined', []],
  ['openWindow', 'argument {}', [{}]], ['openWindow', 'argument external "x"', [{ url: 'https://example.com/', external: 'x' }]],
  ['permanentLink.createUrl', 'result', []], ['permanentLink.createUrlBy', 'result', ['https://example.com/path/a?b=1#c']],
  ['permanentLink.createUrlBy', 'argument outside', ['https://example.com/']],
  ['permanentLink.createUrlBy', 'argument beside', ['https://example.com/pathx']],
  ['permanentLink.createUrlBy', 'argument 3', [3]], ['permanentLink.setExtraQueryParam', 'result', ['a=1']],
  ['scanCodeV2', 'result', []], ['i18n.setLang', 'result', ['th']], ['use', 'argument {}', [{}]], ['closeWindow', 'result', []],
  ['login', 'result', [{ redirectUri: PAGE }]], ['logout', 'result', []],
];
// Of LINE's SDK these are not called: they would change what follows, or want a file from the network.
const LATER = new Set(['login', 'logout', 'use', 'init', 'closeWindow', 'i18n.setLang']);

function memory(entries = {}) {
  const kept = new Map(Object.entries(entries));
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, String(value)), removeItem: (key) => kept.delete(key) };
}

/** A browser's globals, as few as the SDKs need. `answer(url)` stands for the network: the JSON, or null for a 403. */
function globalsOf({ answer, kept = {}, cookie = '' }) {
  const noop = () => {};
  const popup = { close: noop, closed: false, postMessage: noop, addEventListener: noop, location: {} };
  const browser = {
    console: { ...console, warn: noop, error: noop }, setTimeout, clearTimeout, setInterval, clearInterval, URL, URLSearchParams,
    TextEncoder, TextDecoder, atob, btoa, Uint8Array, crypto: globalThis.crypto, Promise, Map,
    location: Object.assign(new URL(PAGE), { assign: noop, replace: noop }), localStorage: memory(kept), sessionStorage: memory(),
    history: { replaceState: noop, state: null }, navigator: { userAgent: 'Mozilla/5.0', language: 'th' }, screen: {},
    addEventListener: noop, removeEventListener: noop, open: () => popup, close: noop, name: '',
    matchMedia: () => ({ matches: false, addListener: noop, addEventListener: noop }),
    fetch: async (url) => {
      const told = answer(String(url));
      const body = told ?? { message: REFUSED };
      return { ok: told !== null, status: told === null ? 403 : 200, json: async () => body, text: async () => JSON.stringify(body), headers: new Map() };
    },
  };
  const node = { style: { setProperty: noop }, classList: { add: noop } };
  browser.document = {
    createElement: () => ({ style: {} }), addEventListener: noop, removeEventListener: noop, querySelector: () => null, getElementsByTagName: () => [],
    documentElement: node, head: {}, body: { appendChild: (script) => setTimeout(() => script.onload?.(), 1) }, referrer: '', title: '', cookie,
  };
  browser.window = browser;
  browser.self = browser;
  browser.parent = browser;
  return browser;
}

const find = (liff, method) => method.split('.').reduce((part, name) => part?.[name], liff);

/** The types of a value: the type of one that is no object, else a list of "path: type", all the way down. */
function shape(value) {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return `list of ${value.length ? typeof value[0] : 'nothing'}`;
  if (typeof value !== 'object') return typeof value;
  return Object.entries(value).flatMap(([name, part]) => {
    const inner = shape(part);
    return Array.isArray(inner) ? inner.map((rest) => `${name}.${rest}`) : [`${name}: ${inner}`];
  });
}

/** An outcome in words, said in one way for objects whose names come in another order. */
const words = (way, found) => ({ way, found: Array.isArray(found) ? found.sort() : found });
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** Two outcomes of which only what differs is said: of two objects the names that the other lacks. */
function told(mine, other) {
  if (mine.way !== other.way || !Array.isArray(mine.found) || !Array.isArray(other.found)) {
    const found = Array.isArray(mine.found) ? 'object' : mine.found;
    return [mine.way, found].filter(Boolean).join(' ');
  }
  const parts = (lines) => new Set(lines.flatMap((line) => line.split(':')[0].split('.').map((_, at, path) => path.slice(0, at + 1).join('.'))));
  const known = parts(other.found);
  const own = [...parts(mine.found)].filter((part) => !known.has(part) && (!part.includes('.') || known.has(part.split('.').slice(0, -1).join('.'))));
  return own.length ? `with ${own.join(', ')}` : 'without these';
}

const failure = (error) => (error.code && error.code !== 'ERR_INVALID_URL' ? `${error.code}: ${error.message}` : error.constructor.name);

/** What a call does: {way: "", async, throws or rejects, found: the shape, or CODE: text}. */
async function outcome(liff, method, args) {
  const call = find(liff, method);
  if (typeof call !== 'function') return words('no such method', '');
  let result;
  try {
    result = call.apply(method.includes('.') ? find(liff, method.split('.')[0]) : liff, args);
  } catch (error) {
    return words('throws', failure(error));
  }
  if (typeof result?.then !== 'function') return words('', shape(result === liff ? undefined : result));
  const pending = new Promise((resolve) => setTimeout(resolve, 150, words('still waiting', '')));
  return Promise.race([result.then((value) => words('async', shape(value)), (error) => words('rejects', failure(error))), pending]);
}

async function outcomes(liff, wanted) {
  const found = {};
  for (const [method, name, args] of CASES) if (wanted(method, name)) found[`${method} ${name}`] = await outcome(liff, method, args);
  return found;
}

const notLater = (method) => !LATER.has(method);

/** Our SDK in a browser of its own. */
async function ours(script, loggedIn, started) {
  const kept = loggedIn ? { [`LIFF_STORE:${LIFF_ID}:tokens`]: JSON.stringify({ accessToken: 'tok', idToken: TOKEN, until: Date.now() + 1e6 }) } : {};
  const told = { context: CONTEXT, granted: loggedIn ? CONTEXT.scope : [] };
  const answers = { context: told, profile: { userId: 'U1', displayName: 'ก' }, friendship: { friendFlag: true } };
  const browser = globalsOf({ answer: (url) => answers[url.split('/').pop()], kept });
  vm.runInContext(script, vm.createContext(browser));
  if (started) await browser.liff.init({ liffId: LIFF_ID });
  return browser.liff;
}

/** Our SDK in the LIFF browser: the page around it answers as the practice room does. */
async function oursInRoom(script) {
  const told = { liffId: LIFF_ID, accessToken: 'tok', idToken: TOKEN, context: { ...CONTEXT, type: 'group', viewType: 'full' }, granted: CONTEXT.scope };
  const answers = { start: told, profile: { userId: 'U1', displayName: 'ก' }, friendship: { friendFlag: true }, sendMessages: {}, shareTargetPicker: null };
  const browser = globalsOf({ answer: () => null });
  const listeners = [];
  browser.name = JSON.stringify(CARD);
  browser.addEventListener = (name, listener) => name === 'message' && listeners.push(listener);
  browser.parent = {
    postMessage({ practiceLiff, id, call }, origin) {
      const event = { source: browser.parent, origin, data: { practiceLiff, id, result: answers[call] } };
      setTimeout(() => listeners.forEach((listener) => listener(event)), 1);
    },
  };
  vm.runInContext(script, vm.createContext(browser));
  await browser.liff.init({ liffId: LIFF_ID });
  return browser.liff;
}

/** LINE's SDK in this process; `require` gives a fresh one each time. */
async function theirs(loggedIn, started) {
  const key = (name) => `LIFF_STORE:${LIFF_ID}:${name}`;
  const kept = loggedIn ? { [key('accessToken')]: '"tok"', [key('context')]: JSON.stringify(CONTEXT), [key('clientId')]: '"1234567890"', [key('IDToken')]: JSON.stringify(TOKEN), [key('decodedIDToken')]: JSON.stringify(CLAIMS) } : {};
  const context = `e30.${Buffer.from(JSON.stringify(CONTEXT)).toString('base64url')}.x`;
  const answer = (url) => (url.endsWith('/v2/profile') ? { userId: 'U1', displayName: 'ก' }
    : url.endsWith('/friendship/v1/status') ? { friendFlag: true }
    : url.endsWith('/message/v3/share') ? null
      : { contextToken: context, scope: CONTEXT.scope.join(' '), client_id: '1234567890', expires_in: 1000, ott: 'o' });
  const browser = globalsOf({ answer, kept, cookie: loggedIn ? `LIFF_STORE:expires:${LIFF_ID}=${Date.now() + 1e7}` : '' });
  for (const [name, value] of Object.entries(browser)) {
    if (!['Promise', 'Map', 'Uint8Array', 'URL', 'URLSearchParams'].includes(name)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  globalThis.window = globalThis;
  globalThis.self = globalThis;
  globalThis.parent = globalThis;
  for (const path of Object.keys(require.cache)) if (/@line|@liff/.test(path)) delete require.cache[path];
  const loaded = require('@line/liff');
  const liff = loaded.default ?? loaded;
  if (started) await liff.init({ liffId: LIFF_ID });
  return liff;
}

async function mocked() {
  const liff = await theirs(false, false);
  const { LiffMockPlugin } = require('@line/liff-mock');
  liff.use(new LiffMockPlugin());
  await liff.init({ liffId: LIFF_ID, mock: true });
  liff.login();
  return liff;
}

/** Names of methods and values, nested ones with a point. `ready` and `id` are values. */
function names(liff) {
  const found = new Set();
  for (const name of Object.keys(liff)) {
    if (name.startsWith('$')) continue;
    const value = liff[name];
    const inner = value && typeof value === 'object' && typeof value.then !== 'function' && name !== 'id' ? Object.keys(value) : [];
    if (inner.length) for (const part of inner) found.add(`${name}.${part}`);
    else found.add(name);
  }
  return found;
}

function differences(aspect, theirFound, ourFound) {
  return Object.keys(theirFound).filter((key) => !same(theirFound[key], ourFound[key])).map((key) => {
    const at = key.indexOf(' ');
    const [theirs, ours] = [told(theirFound[key], ourFound[key]), told(ourFound[key], theirFound[key])];
    return { method: key.slice(0, at), aspect: aspect ?? key.slice(at + 1), theirs, ours };
  });
}

async function main() {
  const print = console.log;
  const script = fs.readFileSync(process.argv[2], 'utf8');
  const isResult = (_, name) => name === 'result';
  const rows = [];
  const mock = await mocked();
  const [theirNames, mockNames, ourNames] = [names(await theirs(false, false)), names(mock), names(await ours(script, false, false))];
  for (const name of [...new Set([...theirNames, ...mockNames])].sort()) {
    const holders = [theirNames.has(name) && 'LINE', mockNames.has(name) && 'liff-mock'].filter(Boolean).join(', ');
    if (!ourNames.has(name)) rows.push({ method: name, aspect: 'name', theirs: holders, ours: 'none' });
  }
  for (const name of ourNames) if (!theirNames.has(name)) rows.push({ method: name, aspect: 'name', theirs: 'none', ours: 'practice-line' });
  const early = (method, name) => isResult(method, name) && notLater(method);
  rows.push(...differences('before init', await outcomes(await theirs(false, false), early), await outcomes(await ours(script, false, false), early)));
  rows.push(...differences('logged out', await outcomes(await theirs(false, true), early), await outcomes(await ours(script, false, true), early)));
  rows.push(...differences('mock', await outcomes(mock, isResult), await outcomes(await oursInRoom(script), isResult)));
  rows.push(...differences(null, await outcomes(await theirs(true, true), (method, name) => !isResult(method, name) || notLater(method)), await outcomes(await ours(script, true, true), () => true)));
  print(JSON.stringify({ calls: CASES.length, names: [...new Set([...theirNames, ...mockNames])].length, rows }));
  process.exit(0);
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
