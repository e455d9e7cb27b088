/** In the panel: how the group in front lives by itself. Choosing takes effect at once; moving the clock then plays it. */
import { api } from './api.js';
import { make } from './dom.js';
import { currentLanguage, word } from './words.js';

const CHARACTERS = ['dead', 'quiet', 'morning-only', 'lively', 'holiday'];

export class CrowdCard {
  #shown = '';
  #phone = null;

  /** `card` is hidden where there is no group; `choice` is its select. */
  constructor(card, choice) {
    this.card = card;
    this.choice = choice;
    choice.addEventListener('change', () => this.#phone?.attempt(() => api.setCrowd(this.#phone.chatId, choice.value)));
  }

  draw(phone) {
    this.#phone = phone;
    this.card.hidden = !phone?.inGroup;
    const shown = `${phone?.inGroup ? phone.chatId : ''} ${currentLanguage()}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.choice.replaceChildren(...CHARACTERS.map((name) => make('option', { value: name, text: word(`crowd_${name}`) })));
    if (phone?.inGroup) this.#read(phone.chatId, shown);
  }

  async #read(groupId, shown) {
    const { character } = await api.crowd(groupId).catch(() => ({ character: 'dead' }));
    if (shown === this.#shown) this.choice.value = character;
  }
}
