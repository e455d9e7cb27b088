/** Addresses: LIFF URLs, the secondary redirect URL, permanent links. By LINE's guide "Opening a LIFF app". */
const LIFF_HOST = 'https://liff.line.me';
const LIFF_URL = /^(?:https:\/\/liff\.line\.me\/|https:\/\/line\.me\/R\/app\/|line:\/\/app\/)\d{10}-[0-9A-Za-z]{8}(?=$|[/?#])/;

/** Whether an address opens a LIFF app: LINE's own, or the practice server's. */
function isLiffUrl(address, served) {
  const own = `${served}/liff/`;
  return LIFF_URL.test(address) || (address.startsWith(own) && /^\d{10}-[0-9A-Za-z]{8}(?=$|[/?#])/.test(address.slice(own.length)));
}

const withoutEnd = (path) => path.replace(/\/$/, '');

/** Whether a page is the endpoint or lies below it. */
function isUnder(page, endpoint) {
  return page.origin === endpoint.origin && `${withoutEnd(page.pathname)}/`.startsWith(`${withoutEnd(endpoint.pathname)}/`);
}

const queryParts = (search) => search.replace(/^\?/, '').split('&').filter((part) => part !== '');
const joined = (parts) => (parts.length ? `?${parts.join('&')}` : '');

/** The endpoint with what was added in the LIFF URL. Only path, query and fragment are taken from `state`. */
function secondaryUrl(endpointUrl, state, current) {
  const endpoint = new URL(endpointUrl);
  const [, path, search, hash] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(state);
  const below = path.replace(/^\/+/, '');
  const place = below ? `${withoutEnd(endpoint.pathname)}/${below}` : endpoint.pathname;
  const kept = queryParts(current.search).filter((part) => part.startsWith('liff.referrer='));
  const query = [...queryParts(endpoint.search), ...queryParts(search ?? ''), ...kept];
  return new URL(`${endpoint.origin}${place}${joined(query)}${hash ?? current.hash}`);
}

/** The permanent link of a page of the app: what the endpoint has already is left out, and what LIFF itself added. */
function permanentLink(liffId, address, endpointUrl, extra) {
  const page = new URL(address);
  const endpoint = new URL(endpointUrl);
  const known = queryParts(endpoint.search);
  const query = queryParts(page.search).filter((part) => !known.includes(part) && !part.startsWith('liff.'));
  const place = page.pathname.slice(withoutEnd(endpoint.pathname).length);
  const path = place === '/' ? '' : place;
  return `${LIFF_HOST}/${liffId}${path}${joined([...query, ...queryParts(extra)])}${page.hash}`;
}
