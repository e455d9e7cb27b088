/** Every sentence of the room, in Thai and English. `{name}` marks a place to fill; values are data and stay text. */

const WORDS = {
  th: {
    title: 'ห้องซ้อมแชต',
    skip: 'ข้ามไปช่องพิมพ์ข้อความ',
    groups: 'กลุ่ม',
    messages: 'ข้อความในกลุ่ม',
    groupSize: 'สมาชิก {count} คน',
    botIn: 'มีบัญชีทางการอยู่ในกลุ่ม',
    botOut: 'บัญชีทางการไม่อยู่ในกลุ่ม',
    switchLanguage: 'EN',
    switchLanguageLabel: 'Switch to English',
    openInfo: 'ดูว่าเกิดอะไรขึ้น',
    closeInfo: 'ปิดแผงข้อมูล',
    info: 'เกิดอะไรขึ้น',
    earlier: 'ดูข้อความก่อนหน้า',
    toEnd: 'ไปข้อความล่าสุด',
    cancelQuote: 'เลิกตอบกลับข้อความนี้',
    stickers: 'สติกเกอร์',
    openStickers: 'เลือกสติกเกอร์',
    speakAs: 'พูดในนาม',
    draft: 'พิมพ์ข้อความ',
    send: 'ส่ง',
    lastCall: 'บอทส่งครั้งล่าสุด',
    noCall: 'บอทยังไม่ได้ส่งอะไรในกลุ่มนี้',
    quota: 'โควตาของเดือน',
    quotaUsed: 'ใช้ไป {used} จาก {limit} ข้อความ',
    quotaUnlimited: 'ใช้ไป {used} ข้อความ (ไม่จำกัด)',
    quotaNote: 'การตอบกลับไม่นับ การพุชนับตามจำนวนสมาชิกในกลุ่ม',
    clock: 'นาฬิกาซ้อม',
    plusHour: '+1 ชั่วโมง',
    plusDay: '+1 วัน',
    setClock: 'ตั้งวันและเวลา',
    set: 'ตั้ง',
    clockMoved: 'ตั้งนาฬิกาซ้อมแล้ว: {when}',
    members: 'สมาชิก',
    bot: 'บัญชีทางการ',
    botName: 'ชื่อ',
    botFallback: 'บัญชีทางการ',
    webhook: 'ปลายทางเหตุการณ์',
    noWebhook: 'ยังไม่ได้ตั้ง บอทจะไม่รู้ว่าใครพิมพ์หรือกดอะไร',
    way: 'วิธี',
    wayReply: 'ตอบกลับ',
    wayPush: 'พุช',
    cost: 'ค่าใช้จ่าย',
    free: 'ฟรี',
    counted: '{count} ข้อความ',
    when: 'เมื่อ',
    official: 'บอท',
    quote: 'ตอบกลับข้อความของ {name}',
    unsend: 'ยกเลิกข้อความนี้',
    unsent: '{name} ยกเลิกข้อความ',
    quotedGone: 'ข้อความต้นทางไม่อยู่แล้ว',
    pressedToast: 'ส่งให้บอทแล้ว',
    copied: 'คัดลอกแล้ว',
    cannotOpen: 'ที่อยู่นี้เปิดในเบราว์เซอร์ไม่ได้: {uri}',
    noButton: 'ปุ่มชนิด “{type}” ยังกดในห้องซ้อมนี้ไม่ได้',
    sticker: 'สติกเกอร์',
    stickerOf: 'สติกเกอร์ {number}',
    picture: 'รูปภาพ',
    pictureFrom: 'รูปภาพจาก {name}',
    enlarge: 'ขยายรูปภาพจาก {name}',
    pictureBroken: 'เปิดรูปไม่ได้',
    close: 'ปิด',
    unknown: 'ข้อความชนิด “{type}” (แสดงเป็นข้อมูลดิบ)',
    cards: 'การ์ดหลายใบ เลื่อนดูด้านข้างได้',
    live: 'สด',
    polling: 'ดึงทุก 2 วินาที',
    offline: 'ต่อห้องซ้อมไม่ได้',
    noGroups: 'ยังไม่มีกลุ่ม สร้างได้ที่ POST /_practice/groups',
    noMessages: 'ยังไม่มีข้อความ ลองทักทายกลุ่มดู',
    noSpeaker: 'กลุ่มนี้ยังไม่มีสมาชิก',
    failed: 'ทำไม่สำเร็จ: {reason} · สิ่งที่พิมพ์ไว้ยังอยู่ ลองอีกครั้งได้',
    unreachable: 'ต่อห้องซ้อมไม่ได้ ตรวจว่า practice-line ยังทำงานอยู่',
    unknownPerson: 'ไม่ทราบชื่อ',
    notNow: 'ตั้งเวลาไม่ถูกต้อง',
  },
  en: {
    title: 'Practice room',
    skip: 'Skip to the message box',
    groups: 'Groups',
    messages: 'Messages in the group',
    groupSize: '{count} members',
    botIn: 'the official account is in the group',
    botOut: 'the official account is not in the group',
    switchLanguage: 'ไทย',
    switchLanguageLabel: 'เปลี่ยนเป็นภาษาไทย',
    openInfo: 'See what happened',
    closeInfo: 'Close the panel',
    info: 'What happened',
    earlier: 'Earlier messages',
    toEnd: 'Go to the newest message',
    cancelQuote: 'Do not reply to this message',
    stickers: 'Stickers',
    openStickers: 'Choose a sticker',
    speakAs: 'Speaking as',
    draft: 'Write a message',
    send: 'Send',
    lastCall: 'Last call of the bot',
    noCall: 'The bot has sent nothing to this group yet',
    quota: 'Quota of the month',
    quotaUsed: '{used} of {limit} messages used',
    quotaUnlimited: '{used} messages used (no limit)',
    quotaNote: 'Replies are free; a push counts every member of the group',
    clock: 'Practice clock',
    plusHour: '+1 hour',
    plusDay: '+1 day',
    setClock: 'Set date and time',
    set: 'Set',
    clockMoved: 'Practice clock set: {when}',
    members: 'Members',
    bot: 'Official account',
    botName: 'Name',
    botFallback: 'Official account',
    webhook: 'Webhook',
    noWebhook: 'Not set: the bot will not learn what is written or pressed',
    way: 'Way',
    wayReply: 'reply',
    wayPush: 'push',
    cost: 'Cost',
    free: 'free',
    counted: '{count} messages',
    when: 'When',
    official: 'bot',
    quote: 'Reply to the message of {name}',
    unsend: 'Unsend this message',
    unsent: '{name} unsent a message',
    quotedGone: 'The message replied to is gone',
    pressedToast: 'Sent to the bot',
    copied: 'Copied',
    cannotOpen: 'A browser cannot open this address: {uri}',
    noButton: 'A “{type}” button cannot be pressed in this room yet',
    sticker: 'Sticker',
    stickerOf: 'Sticker {number}',
    picture: 'Picture',
    pictureFrom: 'Picture from {name}',
    enlarge: 'Enlarge the picture from {name}',
    pictureBroken: 'The picture cannot be opened',
    close: 'Close',
    unknown: 'A “{type}” message (shown as raw data)',
    cards: 'Several cards, scroll sideways',
    live: 'live',
    polling: 'every 2 s',
    offline: 'not connected',
    noGroups: 'No groups yet: create one with POST /_practice/groups',
    noMessages: 'No messages yet. Say hello to the group.',
    noSpeaker: 'This group has no members yet',
    failed: 'That did not work: {reason} · What you wrote is kept; try again.',
    unreachable: 'The practice room cannot be reached. Is practice-line still running?',
    unknownPerson: 'Unknown',
    notNow: 'That is not a valid time',
  },
};

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

/** Fills the page's fixed texts: data-word (text), data-label (aria-label), data-placeholder. */
export function applyWords(root = document) {
  document.documentElement.lang = language;
  document.title = word('title');
  for (const node of root.querySelectorAll('[data-word]')) node.textContent = word(node.dataset.word);
  for (const node of root.querySelectorAll('[data-label]')) node.setAttribute('aria-label', word(node.dataset.label));
  for (const node of root.querySelectorAll('[data-placeholder]')) node.placeholder = word(node.dataset.placeholder);
}

export function switchLanguage() {
  language = language === 'th' ? 'en' : 'th';
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // kept for this page only
  }
  applyWords();
}
