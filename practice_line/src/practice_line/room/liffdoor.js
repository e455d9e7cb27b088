/** The room's side of the talk with a LIFF page: only its frame, at the app's own address and with the opening's key. */

export class Door {
  /** `answers`: what each call of the SDK does; what it gives or throws goes back to the page. */
  constructor(frame, origin, key, answers) {
    Object.assign(this, { frame, origin, key, answers });
    this.heard = false;
    this.onFirst = null;
    this.listener = (event) => this.hear(event);
    window.addEventListener('message', this.listener);
  }

  close() {
    window.removeEventListener('message', this.listener);
  }

  async hear(event) {
    if (event.source !== this.frame.contentWindow || event.origin !== this.origin) return;
    const { practiceLiff, id, call, args } = event.data ?? {};
    if (practiceLiff !== this.key || !Number.isInteger(id) || !Object.hasOwn(this.answers, call)) return;
    this.heard = true;
    this.onFirst?.();
    this.onFirst = null;
    try {
      this.say({ id, result: await this.answers[call](args ?? {}) });
    } catch (error) {
      this.say({ id, error: { code: error.code, status: error.status, message: error.message || 'practice-line cannot be reached' } });
    }
  }

  say(answer) {
    this.frame.contentWindow?.postMessage({ practiceLiff: this.key, ...answer }, this.origin);
  }
}
