import { el } from './dom.js';

const COMMAND = /(?<![\p{L}\p{N}_/])(\/[a-z]\w{0,31}(?:@\w+)?)(?!\w)/iu;
const NO_COMMANDS = 'a, code, pre';

/** Makes each command in a text a button that sends it: in Telegram a tap on it does. */
export function markCommands(node) {
  for (const text of textsOf(node)) text.replaceWith(...pieces(text.data));
}

function textsOf(node) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  return texts.filter((text) => !text.parentElement.closest(NO_COMMANDS));
}

// Splitting by a group keeps what it caught: every second piece is a command.
const pieces = (text) => text.split(COMMAND).map((piece, at) => (at % 2 ? command(piece) : piece));

const command = (text) => el('button', { type: 'button', class: 'command' }, text);
