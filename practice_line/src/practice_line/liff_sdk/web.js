/** An ordinary browser: signing in by LINE Login with PKCE, tokens kept as long as they live, calls to the server. */
const LIFE_MS = 12 * 3600 * 1000;

const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const randomText = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

class WebDoor {
  constructor(liffId) {
    this.liffId = liffId;
  }

  key(name) {
    return `LIFF_STORE:${this.liffId}:${name}`;
  }

  read(name) {
    try {
      return JSON.parse(localStorage.getItem(this.key(name)) ?? 'null');
    } catch {
      return null;
    }
  }

  keep(name, value) {
    if (value === null || value === undefined) localStorage.removeItem(this.key(name));
    else localStorage.setItem(this.key(name), JSON.stringify(value));
  }

  tokens() {
    const kept = this.read('tokens');
    return kept && kept.until > Date.now() ? kept : null;
  }

  async fetch(name, options = {}) {
    const access = this.tokens()?.accessToken;
    const headers = access ? { authorization: `Bearer ${access}` } : {};
    let answer;
    try {
      answer = await fetch(`${SERVED}/liff/sdk/${this.liffId}/${name}`, { ...options, headers });
    } catch (error) {
      throw new LiffError('INIT_FAILED', `practice-line cannot be reached at ${SERVED}`, error);
    }
    const found = await answer.json().catch(() => ({}));
    if (!answer.ok) throw refused(answer.status, found.message ?? answer.statusText);
    return found;
  }

  async start() {
    await this.comeBack();
    let told;
    try {
      told = await this.fetch('context');
    } catch (error) {
      if (error.code !== '401') throw error;
      this.forget();
      told = await this.fetch('context');
    }
    return { ...told, ...this.tokens() };
  }

  /** Takes what the login page sent back in the address, and cleans the address of it. */
  async comeBack() {
    const page = new URL(location.href);
    const begun = this.read('loginTmp');
    const state = page.searchParams.get('state');
    if (!begun || !state || state !== begun.state) return;
    const code = page.searchParams.get('code');
    const reason = page.searchParams.get('error_description') ?? page.searchParams.get('error');
    for (const name of ['code', 'state', 'error', 'error_description']) page.searchParams.delete(name);
    this.keep('loginTmp', null);
    history.replaceState(history.state, '', page.href);
    if (!code) throw new LiffError('UNAUTHORIZED', reason ?? 'The login was not finished.');
    const form = new URLSearchParams({ code, redirect_uri: begun.redirectUri, code_verifier: begun.verifier });
    const told = await this.fetch('token', { method: 'POST', body: form });
    this.keep('tokens', { ...told, until: Date.now() + LIFE_MS });
  }

  async login(redirectUri, clientId, scopes) {
    if (!crypto.subtle) throw new LiffError('INIT_FAILED', 'Logging in needs https, or http on this machine.');
    const begun = { verifier: randomText(), state: randomText(), redirectUri };
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(begun.verifier));
    this.keep('loginTmp', begun);
    const asked = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      state: begun.state,
      scope: scopes.join(' '),
      code_challenge: base64url(new Uint8Array(digest)),
      code_challenge_method: 'S256',
    });
    location.assign(`${SERVED}/oauth2/v2.1/authorize?${asked}`);
  }

  forget() {
    this.keep('tokens', null);
  }

  profile() {
    return this.fetch('profile');
  }

  friendship() {
    return this.fetch('friendship');
  }
}
