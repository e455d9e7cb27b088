/** A small menu beside what opened it. Arrows move in it, Escape and a press elsewhere close it. */
import { icon, make } from './dom.js';

let close = () => {};

/** `choices`: [{name (of the drawing), label, act}]. `frame` is the positioned element that the menu stays inside. */
export function openMenu(anchor, frame, choices, label) {
  close();
  const items = choices.map((choice) =>
    make('button', { type: 'button', role: 'menuitem', tabindex: '-1', on: { click: () => leave(choice.act) } }, icon(choice.name), make('span', { text: choice.label })));
  const menu = make('div', { class: 'menu', role: 'menu', 'aria-label': label }, ...items);
  const outside = (event) => {
    if (!menu.contains(event.target)) leave();
  };
  const leave = (act) => {
    menu.remove();
    document.removeEventListener('pointerdown', outside, true);
    anchor.setAttribute('aria-expanded', 'false');
    close = () => {};
    if (anchor.isConnected) anchor.focus();
    act?.();
  };
  close = () => leave();
  menu.addEventListener('keydown', (event) => {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.stopPropagation();
      event.preventDefault();
      leave();
    } else if (event.key in moves) {
      event.preventDefault();
      const at = items.indexOf(document.activeElement);
      items[(at + moves[event.key] + items.length) % items.length].focus();
    }
  });
  frame.append(menu);
  put(menu, anchor.getBoundingClientRect(), frame.getBoundingClientRect());
  anchor.setAttribute('aria-expanded', 'true');
  document.addEventListener('pointerdown', outside, true);
  items[0]?.focus();
}

function put(menu, anchor, frame) {
  const { width, height } = menu.getBoundingClientRect();
  const under = anchor.bottom - frame.top + 4;
  const top = under + height > frame.height - 8 ? Math.max(8, anchor.top - frame.top - height - 4) : under;
  menu.style.top = `${top}px`;
  menu.style.left = `${Math.min(Math.max(8, anchor.right - frame.left - width), frame.width - width - 8)}px`;
}
