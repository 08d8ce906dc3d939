import { el } from './dom.js';

const COMMAND = /(?<![\p{L}\p{N}_/])(\/[a-z]\w{0,31}(?:@\w+)?)(?!\w)/iu;
// Or the end of one: `…67-89`.
const PHONE = /([+…]\d[\d ()\u00a0\u2011-]{1,18}\d)/u;
const AS_WRITTEN = 'a, code, pre';

/**
 * Marks what Telegram would in a text: a tap on a command sends it, and a phone number is one
 * thing, which no line ends inside of. Its signs stay as they came.
 */
export function markWords(node) {
  mark(node, COMMAND, (text) => el('button', { type: 'button', class: 'command' }, text));
  mark(node, PHONE, (text) => el('span', { class: 'phone' }, text));
}

function mark(node, pattern, made) {
  // Splitting by a group keeps what it caught: every second piece is what is looked for.
  const pieces = (text) => text.split(pattern).map((piece, at) => (at % 2 ? made(piece) : piece));
  for (const text of textsOf(node)) text.replaceWith(...pieces(text.data));
}

function textsOf(node) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  return texts.filter((text) => !text.parentElement.closest(AS_WRITTEN));
}
