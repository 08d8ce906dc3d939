import { el, icon, iconButton } from './dom.js';
import { inlineKeyboard } from './buttons.js';
import { markWords } from './marks.js';
import { readable } from './phones.js';
import { lengthOf, momentOf, sizeOf, timeOf } from './when.js';
import { words } from './words.js';

const NAME_COLOURS = 6;

/**
 * Draws one message. `view`: {mine, named, quoted, press, look, scan, openMenu, showQuoted}; `named` asks
 * for the sender's name (groups), `quoted` is the message it answers, null when that is gone;
 * `scan` is null where nobody would scan a picture.
 */
export function drawMessage(message, view) {
  const body = message.kind === 'service' ? service(message) : stack(message, view);
  return el(
    'article',
    {
      class: 'message',
      'data-message-id': message.id,
      'data-mine': String(view.mine),
      'data-kind': message.kind,
    },
    body,
  );
}

// The server writes it in signs, for it speaks no language.
function service({ text }) {
  const shown = text === '📌' ? `${text} ${words.pinned}` : text;
  return el('p', { class: 'service', dir: 'auto' }, shown);
}

function stack(message, view) {
  const classes = ['stack', message.photo && 'with-photo', message.buttons && 'with-buttons'];
  return el(
    'div',
    { class: classes.filter(Boolean).join(' ') },
    bubble(message, view),
    message.buttons ? inlineKeyboard(message.buttons, (button) => view.press(message, button)) : null,
    message.reactions?.length ? reactions(message.reactions) : null,
  );
}

function bubble(message, view) {
  const node = el(
    'div',
    { class: message.protected ? 'bubble protected' : 'bubble' },
    view.named ? sender(message.from) : null,
    message.via ? el('p', { class: 'via' }, `${words.via} @${message.via}`) : null,
    message.reply_to ? quote(view) : null,
    message.photo ? photo(message, view) : null,
    message.document ? documentCard(message.document) : null,
    message.contact ? contactCard(message.contact) : null,
    message.kind === 'voice' ? voice(message.voice) : null,
    isBare(message) ? el('p', { class: 'other-kind' }, nameOfKind(message.kind)) : null,
    message.html ? formatted(message.html) : null,
    stamp(message),
    moreButton(message, view),
  );
  node.addEventListener('contextmenu', (event) => {
    if (event.target.closest('a, img')) return;
    event.preventDefault();
    view.openMenu(message, node.querySelector('.more'));
  });
  return node;
}

function sender({ id, name }) {
  return el('p', { class: `sender colour-${Math.abs(id) % NAME_COLOURS}`, dir: 'auto' }, name);
}

function quote({ quoted, showQuoted }) {
  if (!quoted) return el('p', { class: 'quote' }, words.gone);
  return el(
    'button',
    { type: 'button', class: 'quote', onclick: showQuoted },
    el('b', { dir: 'auto' }, quoted.from.name),
    el('span', { dir: 'auto' }, gist(quoted)),
  );
}

/** One line that stands for a message where it is quoted. */
export function gist(message) {
  return message.text || nameOfKind(message.kind);
}

function nameOfKind(kind) {
  return words.kinds[kind] ?? words.kinds.other;
}

const isBare = ({ kind, photo, document, contact }) =>
  !['text', 'voice'].includes(kind) && !photo && !document && !contact;

function photo(message, view) {
  const { url, width, height } = message.photo;
  // Width and height are known before the picture is: the list does not jump when it arrives.
  return el(
    'div',
    { class: 'picture-frame' },
    el(
      'button',
      { type: 'button', class: 'photo', title: words.enlarge, onclick: () => view.look(message) },
      el('img', { src: url, width, height, alt: words.photo }),
    ),
    view.scan && message.from.is_bot
      ? iconButton('code', words.scanAtDesk, () => view.scan(message), { class: 'round scan', 'data-testid': 'scan' })
      : null,
  );
}

const BARS = [5, 9, 14, 8, 12, 18, 11, 6, 15, 20, 13, 7, 10, 16, 9, 12, 6, 4];

// CSP forbids styles in attributes, not those that a script sets.
function wavePart(height) {
  const part = el('i');
  part.style.height = `${height}px`;
  return part;
}

// There is no sound in it: the sandbox sends a specimen.
function voice(seconds) {
  const bars = BARS.map((height) => wavePart(height));
  return el(
    'div',
    { class: 'card voice', role: 'img', 'aria-label': `${words.kinds.voice}, ${lengthOf(seconds)}` },
    el('span', { class: 'disc' }, icon('play')),
    el('span', { class: 'lines' }, el('span', { class: 'wave' }, ...bars), el('small', {}, lengthOf(seconds))),
  );
}

function documentCard({ url, name, size }) {
  return el(
    'a',
    { class: 'card', href: url, download: name },
    el('span', { class: 'disc' }, icon('file')),
    el('span', { class: 'lines' }, el('b', { dir: 'auto' }, name), el('small', {}, sizeOf(size))),
  );
}

function contactCard({ phone, name }) {
  return el(
    'div',
    { class: 'card' },
    el('span', { class: 'disc', 'aria-hidden': 'true' }, initial(name)),
    el('span', { class: 'lines' }, el('b', { dir: 'auto' }, name), el('small', {}, readable(phone))),
  );
}

/** The letter of a round picture; by code points, so that no emoji is cut in half. */
export const initial = (name) => ([...name.trim()][0] ?? '?').toUpperCase();

// The one place where markup enters: the server lets through Telegram's tags only.
function formatted(html) {
  const node = el('div', { class: 'words', dir: 'auto' });
  node.innerHTML = html;
  for (const spoiler of node.querySelectorAll('tg-spoiler')) hide(spoiler);
  for (const block of node.querySelectorAll('blockquote, pre')) tightenAfter(block);
  markWords(node);
  return node;
}

// The end of a block is an end of a line already: Telegram shows no empty one after it.
function tightenAfter({ nextSibling: next }) {
  if (next?.nodeType === Node.TEXT_NODE) next.data = next.data.replace(/^\n/, '');
}

function hide(spoiler) {
  spoiler.tabIndex = 0;
  spoiler.setAttribute('role', 'button');
  const reveal = () => spoiler.classList.add('shown');
  spoiler.addEventListener('click', reveal);
  spoiler.addEventListener('keydown', (event) => event.key === 'Enter' && reveal());
}

// What a bot changes bears no mark in Telegram.
function stamp({ date, edited, silent, from }) {
  const changed = edited && !from?.is_bot;
  const marks = [silent && words.silent, changed && words.edited].filter(Boolean).join(' · ');
  return el(
    'span',
    { class: 'stamp', title: momentOf(date) },
    marks ? el('span', { class: 'mark' }, marks, ' ') : null,
    el('time', {}, timeOf(date)),
  );
}

function reactions(emoji) {
  return el('p', { class: 'reactions' }, ...emoji.map((one) => el('span', {}, one)));
}

function moreButton(message, view) {
  const open = (event) => view.openMenu(message, event.currentTarget);
  return iconButton('dots', words.about, open, { class: 'round more', 'aria-haspopup': 'menu' });
}
