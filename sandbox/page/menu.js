import { el } from './dom.js';

const GAP = 6;

/**
 * Opens a menu beside `anchor`. The browser's popover closes it by Escape or a click elsewhere
 * and keeps it above everything. `items`: {label, hint?, run, danger?, checked?}; one with
 * `checked` is a switch.
 */
export function openMenu(anchor, items) {
  const menu = el('div', { class: 'menu', role: 'menu', popover: 'auto' });
  menu.append(...items.map((item) => menuItem(item, menu)));
  menu.addEventListener('keydown', moveByArrows);
  menu.addEventListener('toggle', (event) => event.newState === 'closed' && menu.remove());
  anchor.after(menu);
  menu.showPopover();
  place(menu, anchor.getBoundingClientRect());
  menu.firstElementChild.focus();
}

function menuItem({ label, hint, run, danger, checked }, menu) {
  const close = () => {
    menu.hidePopover();
    run();
  };
  const kind = danger ? 'menu-item danger' : 'menu-item';
  return el(
    'button',
    {
      type: 'button', class: kind, onclick: close,
      role: checked === undefined ? 'menuitem' : 'menuitemcheckbox',
      'aria-checked': checked === undefined ? null : String(checked),
    },
    el('span', { dir: 'auto' }, label),
    hint ? el('span', { class: 'hint', dir: 'auto' }, hint) : null,
  );
}

function moveByArrows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...event.currentTarget.children];
  const next = items.indexOf(document.activeElement) + step;
  items[(next + items.length) % items.length].focus();
}

function place(menu, beside) {
  const { width, height } = menu.getBoundingClientRect();
  const below = beside.bottom + GAP;
  const top = below + height <= innerHeight ? below : beside.top - GAP - height;
  const left = Math.min(beside.left, innerWidth - width - GAP);
  menu.style.top = `${Math.max(GAP, top)}px`;
  menu.style.left = `${Math.max(GAP, left)}px`;
}
