import { el } from './dom.js';

const STYLES = new Set(['primary', 'success', 'danger']);

/** The rows of inline buttons below a message; `press(button)` gets the pressed one's description. */
export function inlineKeyboard(rows, press) {
  return el('div', { class: 'inline' }, ...rows.map((row) => keyboardRow(row, press)));
}

/** The large buttons in place of a keyboard. */
export function replyKeyboard(rows, press) {
  return rows.map((row) => keyboardRow(row, press));
}

function keyboardRow(row, press) {
  return el('div', { class: 'row' }, ...row.map((button) => keyboardButton(button, press)));
}

function keyboardButton(button, press) {
  const node = el(
    'button',
    { type: 'button', class: looks(button), dir: 'auto', disabled: Boolean(button.disabled) },
    button.text,
  );
  if (button.callback_data !== undefined) node.dataset.callback = button.callback_data;
  node.addEventListener('click', () => press(button));
  return node;
}

function looks({ style, url }) {
  return ['key', STYLES.has(style) && style, url && 'leads-out'].filter(Boolean).join(' ');
}
