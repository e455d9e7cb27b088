/** The state of one page, and the methods that read it. Names, results and errors are those of LINE's SDK. */
const now = {
  id: null,
  door: null, // the room, or the web once init has begun
  config: {},
  told: null, // what init learned: tokens, context, granted scopes
};
const card = readCard();
const room = card ? new RoomDoor(card) : null;

const isInClient = () => room !== null;

function needInit() {
  if (now.id === null) throw new LiffError('INVALID_CONFIG', NOT_INITIALIZED);
}

function needLogin() {
  needInit();
  if (!now.told?.accessToken) throw new LiffError('UNAUTHORIZED', NOT_LOGGED_IN);
}

function needScope(scope) {
  needLogin();
  if (!now.told.context.scope.includes(scope)) throw new LiffError('FORBIDDEN', NOT_IN_SCOPE);
}

function getOS() {
  if (card) return card.os;
  if (/iphone|ipad|ipod/i.test(navigator.userAgent)) return 'ios';
  return /android/i.test(navigator.userAgent) ? 'android' : 'web';
}

function isLoggedIn() {
  needInit();
  return Boolean(now.told?.accessToken);
}

function getContext() {
  needInit();
  return now.told?.context ?? null;
}

function getAccessToken() {
  needInit();
  return now.told?.accessToken ?? null;
}

function getIDToken() {
  needInit();
  return now.told?.idToken ?? null;
}

function getDecodedIDToken() {
  const token = getIDToken();
  if (!token) return null;
  const bytes = Uint8Array.from(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

async function getProfile() {
  needScope('profile');
  return now.door.profile();
}

async function getFriendship() {
  needScope('profile');
  return now.door.friendship();
}

const PERMISSIONS = ['profile', 'chat_message.write', 'openid', 'email'];

const permission = {
  async query(name) {
    if (!PERMISSIONS.includes(name)) throw new LiffError('INVALID_ARGUMENT', 'Unexpected permission name.');
    needLogin();
    if (!now.told.context.scope.includes(name)) return { state: 'unavailable' };
    return { state: now.told.granted.includes(name) ? 'granted' : 'prompt' };
  },
  async getGrantedAll() {
    needLogin();
    return [...now.told.granted];
  },
  /** LINE's works in LINE MINI Apps only, and refuses elsewhere in these words. */
  async requestAll() {
    needInit();
    throw new LiffError('FORBIDDEN', 'SkipChannelVerificationScreen is unavailable.');
  },
};

const API_NAMES = [
  'subwindowOpen', 'shareTargetPicker', 'multipleLiffTransition', 'scanCode', 'scanCodeV2', 'getAdvertisingId',
  'addToHomeScreen', 'bluetoothLeFunction', 'skipChannelVerificationScreen', 'createShortcutOnHomeScreen',
  'internalCreateShortcutOnHomeScreen', 'iap', 'requestFriendship', 'activityGetCallState', 'activityGetRecordingState',
  'calendar.getEvents', 'calendar.showEventCreationModal',
];

function isApiAvailable(name) {
  if (!API_NAMES.includes(name)) throw new LiffError('INVALID_ARGUMENT', 'Unexpected API name.');
  needInit();
  const permitted = now.told?.context.availability[name]?.permission === true;
  return permitted && isInClient();
}

function login(config) {
  if (now.id === null) throw new LiffError('INVALID_CONFIG', 'You need to define `liffId` for liff.login()');
  if (isInClient()) {
    console.warn('liff.login() has no effect in the LIFF browser, where liff.init() logs in.');
    return;
  }
  const context = now.told?.context;
  const scopes = (context?.scope ?? ['openid', 'profile']).filter((scope) => scope !== 'chat_message.write');
  const back = config?.redirectUri ?? now.config.redirectUri ?? context?.endpointUrl ?? location.href;
  now.door.login(back, now.id.split('-')[0], scopes).catch((error) => console.error(error));
}

function logout() {
  needInit();
  now.told = { context: now.told?.context ?? null, granted: [] };
  if (!isInClient()) now.door.forget();
}

let extraQuery = '';

const permanentLinks = {
  createUrl() {
    const context = getContext();
    if (!context) throw new LiffError('INIT_FAILED', 'Could not get Context from server.');
    if (!isUnder(new URL(location.href), new URL(context.endpointUrl))) {
      throw new LiffError('INVALID_CONFIG', 'Current page is not under the endpoint URL of the LIFF app.');
    }
    return permanentLink(now.id, location.href, context.endpointUrl, extraQuery);
  },
  async createUrlBy(url) {
    if (!now.told) throw new LiffError('INIT_FAILED', 'Should run after liff init.');
    const page = new URL(url); // a TypeError for what is no address, as LINE's SDK throws
    if (!isUnder(page, new URL(now.told.context.endpointUrl))) throw new LiffError('INVALID_ARGUMENT', 'invalid URL.');
    return permanentLink(now.id, page.href, now.told.context.endpointUrl, '');
  },
  setExtraQueryParam(query) {
    extraQuery = query;
  },
};
