/** Pictures, clips, sounds, places and picture maps in the chat. */
import { api } from './api.js';
import { icon, make, remotePicture, safeMedia } from './dom.js';
import { audioPlayer, videoPlayer } from './player.js';
import { labelOf } from './pressable.js';
import { word } from './words.js';

const IMAGEMAP_WIDTH = 1040; // the width in whose pixels an imagemap's areas are given
const IMAGEMAP_PICTURES = [240, 300, 460, 700, 1040];

/** Where the content of a message is: with the bot, or here where a person has sent it. */
function addressesOf(message) {
  const raw = message.raw ?? {};
  const own = new URL(api.contentOf(message.id), location.href).href;
  const full = raw.originalContentUrl ?? raw.contentProvider?.originalContentUrl ?? own;
  return { full: safeMedia(full), small: safeMedia(raw.previewImageUrl ?? raw.contentProvider?.previewImageUrl ?? full) };
}

export function drawImage(message, context) {
  const name = context.nameOf(message.from);
  const { full, small } = addressesOf(message);
  const alt = word('pictureFrom', { name });
  const picture = remotePicture(small ?? full, alt);
  if (!picture) return make('p', { class: 'bubble', text: word('pictureBroken') });
  const button = make('button', { class: 'picture', type: 'button', 'aria-label': word('enlarge', { name }) }, picture);
  picture.addEventListener('error', () => button.replaceWith(make('p', { class: 'bubble', text: word('pictureBroken') })));
  button.addEventListener('click', () => context.enlarge(full ?? small, alt));
  return button;
}

export function drawVideo(message, context) {
  const { full } = addressesOf(message);
  const poster = message.raw?.previewImageUrl;
  return videoPlayer({ url: full, poster, name: word('videoFrom', { name: context.nameOf(message.from) }), ended: context.watched });
}

export function drawAudio(message, context) {
  const { full } = addressesOf(message);
  const name = word('audioFrom', { name: context.nameOf(message.from) });
  return make('div', { class: 'bubble sound' }, audioPlayer({ url: full, milliseconds: message.raw?.duration, name }));
}

export function drawFile(message) {
  const raw = message.raw ?? {};
  const size = Number.isFinite(raw.fileSize) ? `${Math.ceil(raw.fileSize / 1024)} KB` : '';
  const words = make('span', {}, make('b', { text: raw.fileName ?? word('file') }), make('small', { text: size }));
  return make('a', { class: 'bubble file', href: api.contentOf(message.id), download: raw.fileName ?? '' }, icon('file'), words);
}

/** A place. The map is a drawing: no map is fetched. The link opens a real one. */
export function drawLocation(message) {
  const raw = message.raw ?? {};
  const [latitude, longitude] = [Number(raw.latitude), Number(raw.longitude)];
  const href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return make('a', { class: 'place', href, target: '_blank', rel: 'noopener noreferrer' },
    make('span', { class: 'place-map' }, icon('pin')),
    make('b', { text: raw.title ?? word('location') }),
    make('span', { text: raw.address ?? '' }));
}

const share = (part, whole) => `${(Number(part) / whole) * 100}%`;

function onArea(node, area, height) {
  node.style.left = share(area?.x ?? 0, IMAGEMAP_WIDTH);
  node.style.width = share(area?.width ?? 0, IMAGEMAP_WIDTH);
  node.style.top = share(area?.y ?? 0, height);
  node.style.height = share(area?.height ?? 0, height);
  return node;
}

/** One picture, `baseUrl`/width in five widths, with invisible buttons over its areas and at most one clip. */
export function drawImagemap(message, context) {
  const raw = message.raw ?? {};
  const height = Number(raw.baseSize?.height) || IMAGEMAP_WIDTH;
  const node = make('div', { class: 'imagemap', role: 'group', 'aria-label': raw.altText ?? '' });
  node.style.aspectRatio = `${IMAGEMAP_WIDTH} / ${height}`;
  const widths = IMAGEMAP_PICTURES.map((width) => `${safeMedia(`${raw.baseUrl}/${width}`)} ${width}w`).join(', ');
  const picture = remotePicture(`${raw.baseUrl}/${IMAGEMAP_WIDTH}`, raw.altText ?? '', { srcset: widths, sizes: '300px' });
  picture?.addEventListener('error', () => node.classList.add('broken'));
  node.append(picture ?? '');
  for (const action of raw.actions ?? []) {
    const label = labelOf(action);
    const area = make('button', { class: 'imagemap-area', type: 'button', 'aria-label': label, title: label });
    area.addEventListener('click', () => context.act(action));
    node.append(onArea(area, action.area, height));
  }
  if (raw.video) node.append(imagemapVideo(message, height, context));
  return node;
}

function imagemapVideo(message, height, context) {
  const video = message.raw.video;
  const link = video.externalLink;
  const after = link && make('button', { class: 'imagemap-after', type: 'button', hidden: true, text: link.label ?? link.linkUri });
  after?.addEventListener('click', () => context.act({ type: 'uri', linkUri: link.linkUri }));
  const ended = () => {
    if (after) after.hidden = false;
    context.watched();
  };
  const player = videoPlayer({ url: video.originalContentUrl, poster: video.previewImageUrl, ended });
  return onArea(make('div', { class: 'imagemap-video' }, player, after), video.area, height);
}
