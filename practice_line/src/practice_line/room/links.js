/** Where a tapped address leads: a LIFF app opens in a sheet of the phone, LINE's own scheme is explained, the rest is a new tab. */
import { toast } from './dialogs.js';
import { safeLink } from './dom.js';
import { isLiffAddress, openLiff } from './liff.js';
import { word } from './words.js';

/**
 * `where`: {group (its id, or null in a 1:1 chat), user (who tapped), frame (the phone's element, in which a sheet may
 * stand)}. Gives false where nothing could be opened.
 */
export function openLink(uri, where) {
  const href = safeLink(uri);
  if (!href) {
    toast(word('cannotOpen', { uri: String(uri ?? '') }), { alarm: true });
    return false;
  }
  if (isLiffAddress(href)) openLiff(href, where);
  else if (href.startsWith('line:')) toast(word('lineScheme', { uri: href }));
  else window.open(href, '_blank', 'noopener,noreferrer');
  return true;
}
