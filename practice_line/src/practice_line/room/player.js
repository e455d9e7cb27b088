/** The room's own player for clips and sounds. Nothing is fetched before somebody presses play. */
import { icon, make, safeMedia } from './dom.js';
import { word } from './words.js';

const SPOKEN_SECONDS = 5; // one step of the position by keyboard

/** 75 as "1:15"; a length that is not known yet as "–:––". */
function minutes(seconds) {
  if (!Number.isFinite(seconds)) return '–:––';
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function controls(media, knownSeconds) {
  const play = make('button', { type: 'button', class: 'play-button' }, icon('play'), icon('pause'));
  const place = make('input', { type: 'range', min: 0, max: 1000, value: 0, step: 1, 'aria-label': word('position') });
  const time = make('span', { class: 'play-time', text: minutes(knownSeconds ?? NaN) });
  const show = () => {
    const total = Number.isFinite(media.duration) ? media.duration : knownSeconds ?? NaN;
    const running = !media.paused && !media.ended;
    play.setAttribute('aria-label', word(running ? 'pause' : 'play'));
    play.classList.toggle('running', running);
    place.step = Number.isFinite(total) && total > 0 ? Math.max(1, (SPOKEN_SECONDS / total) * 1000) : 1;
    if (Number.isFinite(total)) place.value = (media.currentTime / total) * 1000;
    place.setAttribute('aria-valuetext', minutes(media.currentTime));
    time.textContent = media.currentTime > 0 ? `${minutes(media.currentTime)} / ${minutes(total)}` : minutes(total);
  };
  play.addEventListener('click', (event) => {
    event.stopPropagation();
    if (media.paused || media.ended) media.play().catch(() => media.dispatchEvent(new Event('error')));
    else media.pause();
  });
  place.addEventListener('input', () => {
    if (Number.isFinite(media.duration)) media.currentTime = (place.value / 1000) * media.duration;
  });
  for (const event of ['play', 'pause', 'ended', 'timeupdate', 'loadedmetadata']) media.addEventListener(event, show);
  show();
  return { play, place, time };
}

/**
 * A clip. `poster` stands there until it is played; `shape` is its CSS aspect ratio, '' for the clip's own; `ended` is
 * called when it was seen to its end.
 */
export function videoPlayer({ url, poster, shape = '', name, ended }) {
  const video = make('video', { preload: 'none', playsinline: true, poster: safeMedia(poster), 'aria-label': name || word('video') });
  const src = safeMedia(url);
  if (src) video.src = src;
  video.style.aspectRatio = shape;
  const { play, place, time } = controls(video);
  const whole = make('button', { type: 'button', class: 'play-button', 'aria-label': word('fullScreen') }, icon('full'));
  whole.addEventListener('click', () => video.requestFullscreen?.().catch(() => {}));
  const node = make('div', { class: 'player video' }, video, make('div', { class: 'play-bar' }, play, place, time, whole));
  video.addEventListener('click', () => play.click());
  video.addEventListener('play', () => node.classList.add('begun'));
  complain(node, video);
  if (ended) video.addEventListener('ended', ended);
  return node;
}

/** A sound, `milliseconds` long by what its sender said. */
export function audioPlayer({ url, milliseconds, name }) {
  const audio = make('audio', { preload: 'none', 'aria-label': name || word('audio') });
  const src = safeMedia(url);
  if (src) audio.src = src;
  const { play, place, time } = controls(audio, Number.isFinite(milliseconds) ? milliseconds / 1000 : undefined);
  const node = make('div', { class: 'player audio' }, audio, play, place, time);
  complain(node, audio);
  return node;
}

function complain(node, media) {
  media.addEventListener('error', () => {
    if (!node.querySelector('.play-fault')) node.append(make('p', { class: 'play-fault', role: 'status', text: word('mediaBroken') }));
  });
}
