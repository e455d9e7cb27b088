/** The rich menu at the foot of a 1:1 chat: one picture with areas to press, and the bar that opens and closes it. */
import { icon, make } from './dom.js';
import { labelOf } from './pressable.js';
import { word } from './words.js';

export class RichMenu {
  /** `act(action)` presses an area. */
  constructor(phone) {
    this.phone = phone;
    this.node = make('section', { class: 'rich-menu', hidden: true });
    this.shown = null; // the menu that is drawn
    this.open = false;
  }

  /** `menu`: {richMenuId, size, selected, name, chatBarText, areas, image} or null. A new menu opens as it asks to. */
  draw(menu) {
    const mark = JSON.stringify([menu, word('title')]);
    if (mark === this.mark) return;
    this.mark = mark;
    if (menu?.richMenuId !== this.shown?.richMenuId) this.open = Boolean(menu?.selected) || (this.open && Boolean(this.shown));
    this.shown = menu;
    this.render();
  }

  show(open = !this.open) {
    this.open = open && Boolean(this.shown);
    if (this.open) this.phone.composer.hideTray();
    this.render();
  }

  render() {
    const menu = this.shown;
    this.node.hidden = !menu;
    if (!menu) return this.node.replaceChildren();
    this.node.setAttribute('aria-label', menu.name || word('richMenu'));
    const held = this.node.contains(document.activeElement);
    const bar = make('button', { type: 'button', class: 'menu-bar', 'aria-expanded': String(this.open), on: { click: () => this.show() } },
      make('span', { text: menu.chatBarText || word('richMenu') }), icon(this.open ? 'down' : 'up'));
    this.node.replaceChildren(...(this.open ? [this.picture(menu)] : []), bar);
    if (held) bar.focus();
    return undefined;
  }

  picture(menu) {
    const { width = 2500, height = 1686 } = menu.size ?? {};
    const frame = make('div', { class: 'menu-picture' });
    frame.style.aspectRatio = `${width} / ${height}`;
    frame.append(make('img', { src: menu.image, alt: '', draggable: 'false' }));
    (menu.areas ?? []).forEach(({ bounds, action }, place) => {
      const label = labelOf(action);
      const area = make('button', { type: 'button', class: 'menu-area', 'aria-label': label, title: label, on: { click: () => this.phone.act(place, action) } });
      area.style.left = `${(bounds.x / width) * 100}%`;
      area.style.top = `${(bounds.y / height) * 100}%`;
      area.style.width = `${(bounds.width / width) * 100}%`;
      area.style.height = `${(bounds.height / height) * 100}%`;
      frame.append(area);
    });
    return frame;
  }
}
