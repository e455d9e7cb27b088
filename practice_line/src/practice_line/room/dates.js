/** Dates as people in Thailand read them: Bangkok time, Buddhist era in Thai, common era in English. */
import { currentLanguage } from './words.js';

const ZONE = 'Asia/Bangkok';
const BANGKOK_OFFSET = '+07:00'; // no daylight saving since 1920
const BUDDHIST_ERA = 543;

function parts(at, options) {
  const locale = currentLanguage() === 'th' ? 'th-TH-u-ca-gregory-nu-latn' : 'en-GB';
  const format = new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options });
  return Object.fromEntries(format.formatToParts(new Date(at)).map((part) => [part.type, part.value]));
}

/** "วันศุกร์ที่ 1 พฤษภาคม 2563" or "Friday 1 May 2020". */
export function fullDay(at) {
  const day = parts(at, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  if (currentLanguage() !== 'th') return `${day.weekday} ${day.day} ${day.month} ${day.year}`;
  const weekday = day.weekday.startsWith('วัน') ? day.weekday : `วัน${day.weekday}`;
  return `${weekday}ที่ ${day.day} ${day.month} ${Number(day.year) + BUDDHIST_ERA}`;
}

/** "ศ. 1 พ.ค. 2563" or "Fri 1 May 2020". */
export function shortDay(at) {
  const day = parts(at, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const year = Number(day.year) + (currentLanguage() === 'th' ? BUDDHIST_ERA : 0);
  return `${day.weekday} ${day.day} ${day.month} ${year}`;
}

/** "08:05" in Thailand. */
export function timeOfDay(at) {
  const time = parts(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return `${time.hour}:${time.minute}`;
}

/** The Thai calendar day as "2020-05-01": equal for two moments of one day. */
export function dayKey(at) {
  return localInput(at).slice(0, 10);
}

/** The moment as a datetime-local field wants it, in Thai time: "2020-05-01T08:05". */
export function localInput(at) {
  const shifted = new Date(new Date(at).getTime() + 7 * 3600 * 1000);
  return shifted.toISOString().slice(0, 16);
}

/** The moment that a datetime-local field names, read as Thai time, in ISO form; null where it names none. */
export function fromLocalInput(value) {
  const at = new Date(`${value}:00${BANGKOK_OFFSET}`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
