/**
 * The LIFF browser, where there is one: the practice room has put this page into a frame and written a card into the
 * frame's name. The card lasts from page to page of the frame and is seen by no other frame.
 */
function readCard() {
  if (window.parent === window || !String(window.name).startsWith('{')) return null;
  let card;
  try {
    card = JSON.parse(window.name);
  } catch {
    return null;
  }
  if (typeof card?.practiceLiff !== 'string') return null;
  if (card.room === SERVED) return card;
  console.warn(`practice-line: the room is at ${card.room}, this SDK comes from ${SERVED}. They must be the same address.`);
  return null;
}

/** Calls to the room: each carries the opening's key, and only the room, at its own address, may answer. */
class RoomDoor {
  constructor(card) {
    this.card = card;
    this.waiting = new Map();
    this.count = 0;
    window.addEventListener('message', (event) => this.hear(event));
  }

  call(name, args = {}) {
    return new Promise((resolve, reject) => {
      this.count += 1;
      this.waiting.set(this.count, { resolve, reject });
      window.parent.postMessage({ practiceLiff: this.card.practiceLiff, id: this.count, call: name, args }, this.card.room);
    });
  }

  hear(event) {
    if (event.source !== window.parent || event.origin !== this.card.room) return;
    const { practiceLiff, id, result, error } = event.data ?? {};
    if (practiceLiff !== this.card.practiceLiff || !this.waiting.has(id)) return;
    const { resolve, reject } = this.waiting.get(id);
    this.waiting.delete(id);
    if (error) reject(error.status === undefined ? new LiffError(error.code, error.message) : refused(error.status, error.message));
    else resolve(result);
  }

  /** What the page learns on init. */
  start(liffId) {
    return this.call('start', { liffId, url: location.href });
  }

  profile() {
    return this.call('profile');
  }

  friendship() {
    return this.call('friendship');
  }
}
