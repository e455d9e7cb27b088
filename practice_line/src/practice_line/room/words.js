/** Every sentence of the room, in Thai or English. Values that fill a sentence are data and stay text. */
import { LIFF_WORDS } from './liffwords.js';
import en from './words.en.js';
import th from './words.th.js';

const WORDS = { th: { ...th, ...LIFF_WORDS.th }, en: { ...en, ...LIFF_WORDS.en } };
const KEPT = 'practice-room-language';
let language = remembered();

function remembered() {
  try {
    return localStorage.getItem(KEPT) === 'en' ? 'en' : 'th';
  } catch {
    return 'th'; // storage may be switched off; the room then starts in Thai every time
  }
}

export function currentLanguage() {
  return language;
}

/** The sentence `key` in the current language with its places filled. An unknown key shows itself. */
export function word(key, values = {}) {
  const sentence = WORDS[language][key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}

/** Fills the page's fixed texts: data-word (text), data-label (aria-label). */
export function applyWords() {
  document.documentElement.lang = language;
  document.title = word('title');
  for (const node of document.querySelectorAll('[data-word]')) node.textContent = word(node.dataset.word);
  for (const node of document.querySelectorAll('[data-label]')) node.setAttribute('aria-label', word(node.dataset.label));
}

export function switchLanguage() {
  language = language === 'th' ? 'en' : 'th';
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // kept for this page only
  }
}
