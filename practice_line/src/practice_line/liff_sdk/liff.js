/** liff.init(), plugins, and the global itself. */
const WITHDRAWN = /^2\.(2\d|30)\.|^2\.31\.0$/;

let done;
const ready = new Promise((resolve) => {
  done = resolve;
});
const hooks = { before: [], after: [] };
const never = () => new Promise(() => {});

/** Goes on to the secondary redirect URL; the page that is left never sees its init end, as on LINE. */
function redirects() {
  const page = new URL(location.href);
  const state = page.searchParams.get('liff.state');
  if (!state) return false;
  location.replace(secondaryUrl(now.told.context.endpointUrl, state, page).href);
  return true;
}

function warnOutside() {
  const { endpointUrl } = now.told.context;
  if (isUnder(new URL(location.href), new URL(endpointUrl))) return;
  const place = `${location.origin}${location.pathname}`;
  console.warn(`liff.init() was called with a current URL that is not related to the endpoint URL.\n${place} is not under ${endpointUrl}`);
}

async function begin(config) {
  if (!config?.liffId) throw new LiffError('INVALID_CONFIG', NOT_INITIALIZED);
  for (const hook of hooks.before) await hook();
  now.id = config.liffId;
  now.config = config;
  now.door = room ?? new WebDoor(config.liffId);
  now.told = await now.door.start(config.liffId);
  if (room) tellTitle();
  if (!now.told.accessToken && config.withLoginOnExternalBrowser) {
    login({ redirectUri: config.redirectUri ?? location.href });
    await never();
  }
  warnOutside();
  if (redirects()) await never();
  for (const hook of hooks.after) await hook();
  done();
}

async function init(config, successCallback, errorCallback) {
  try {
    await begin(config);
  } catch (error) {
    if (typeof errorCallback === 'function') errorCallback(error);
    throw error;
  }
  if (typeof successCallback === 'function') successCallback();
}

function use(plugin, option) {
  if (typeof plugin?.install !== 'function' || !plugin.name) {
    console.warn('To install the plugin, you need to define the `name` property and the `install` method.');
    return liff;
  }
  const register = (when) => (hook) => hooks[when].push(hook);
  const context = { liff, hooks: { init: { before: register('before'), after: register('after') } } };
  const api = plugin.install(context, option);
  liff[`$${plugin.name}`] = api;
  return liff;
}

const liff = {
  get id() {
    return now.id;
  },
  ready,
  init,
  use,
  getOS,
  getVersion: () => SDK_VERSION,
  getLanguage: () => navigator.language,
  getAppLanguage: () => card?.language ?? navigator.language,
  getLineVersion: () => card?.lineVersion ?? null,
  isInClient,
  isLoggedIn,
  isApiAvailable,
  getContext,
  login,
  logout,
  getAccessToken,
  getIDToken,
  getDecodedIDToken,
  getProfile,
  getFriendship,
  permission,
  sendMessages,
  shareTargetPicker,
  openWindow,
  closeWindow,
  scanCodeV2,
  permanentLink: permanentLinks,
  i18n: {
    /** For the words of the SDK's own windows. This one shows none: the room speaks the language chosen in the room. */
    async setLang() {},
  },
};

if (WITHDRAWN.test(SDK_VERSION)) {
  console.warn(`LIFF SDK ${SDK_VERSION} was withdrawn by LINE for a security issue. Use 2.31.1 or newer.`);
}
if (room) followLiffLinks();
window.liff = liff;
