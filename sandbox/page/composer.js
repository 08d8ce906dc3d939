import { el, iconButton } from './dom.js';
import { replyKeyboard } from './buttons.js';
import { gist } from './bubble.js';
import { openMenu } from './menu.js';
import { words } from './words.js';

const BORDERS = 2;

/**
 * The foot of a pane: either one large button (start, unblock, join) or the line to write in with
 * the bot's keyboard under it.
 *
 * `on`: {start(), unblock(), join(), send(text, {replyTo, edits}), command(text), key(button),
 * attach(anchor), typed(text), the line says this now}.
 */
export class Composer {
  node = el('footer', { class: 'composer' });
  #on;
  #mode = null;
  #keyboard = null;
  #keyboardShown = false;
  #commands = [];
  #subject = null;
  #big = el('button', { type: 'button', class: 'big' });
  #bar = el('div', { class: 'subject', hidden: true });
  #input;
  #toggle;
  #menuButton;
  #line;
  #keys = el('div', { class: 'keys', 'data-testid': 'reply-keyboard', hidden: true });

  constructor(on) {
    this.#on = on;
    this.#big.addEventListener('click', () => on[this.#mode]());
    this.#input = this.#makeInput();
    this.#toggle = iconButton('keyboard', words.hideKeyboard, () => this.#showKeys(!this.#keyboardShown));
    this.#menuButton = iconButton('slash', words.commands, () => this.#openCommands(), {
      'data-testid': 'commands', 'aria-haspopup': 'menu',
    });
    this.#line = this.#makeLine();
    this.node.append(this.#big, this.#bar, this.#line, this.#keys);
  }

  /** Empties the line: another person sits here now. */
  clear() {
    this.#put('');
    this.setSubject(null);
  }

  /** A line that somebody else has prepared; the person looks at it and sends it. */
  draft(text) {
    this.#put(text);
    this.#input.focus();
  }

  #put(text) {
    this.#input.value = text;
    this.#fitInput();
    this.#on.typed(text);
  }

  /** `mode`: start, unblock, join, or write. */
  setMode(mode) {
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.#big.hidden = mode === 'write';
    this.#line.hidden = mode !== 'write';
    this.#big.textContent = mode === 'write' ? '' : words[mode];
    this.#big.dataset.testid = `${mode}-button`;
    this.#drawKeys();
  }

  setCommands(commands) {
    this.#commands = commands;
    this.#menuButton.hidden = commands.length === 0;
  }

  setKeyboard(keyboard) {
    this.#keyboard = keyboard;
    this.#keyboardShown = Boolean(keyboard);
    this.#input.placeholder = keyboard?.placeholder || words.write;
    this.#drawKeys();
  }

  /** `subject`: {message, edits} is what the next text answers or replaces; null is neither. */
  setSubject(subject) {
    this.#subject = subject;
    this.#bar.hidden = subject === null;
    this.#bar.replaceChildren(...(subject ? this.#subjectParts(subject) : []));
    if (!subject) return;
    if (subject.edits) this.#input.value = subject.message.text;
    this.#fitInput();
    this.#input.focus();
  }

  /** What the next message answers, as the act names it; it is answered now. */
  takeReply() {
    const subject = this.#subject;
    if (!subject || subject.edits) return {};
    this.setSubject(null);
    return { reply_to: subject.message.id };
  }

  #subjectParts({ message, edits }) {
    return [
      el(
        'p',
        {},
        el('b', { dir: 'auto' }, edits ? words.editing : message.from.name),
        el('span', { dir: 'auto' }, gist(message)),
      ),
      iconButton('cross', words.cancel, () => this.clear()),
    ];
  }

  #makeInput() {
    const input = el('textarea', {
      rows: '1', 'data-testid': 'input', 'aria-label': words.write, placeholder: words.write, dir: 'auto',
    });
    input.addEventListener('input', () => {
      this.#fitInput();
      this.#on.typed(input.value);
    });
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
    return input;
  }

  #makeLine() {
    const attach = iconButton('clip', words.attach, (event) => this.#on.attach(event.currentTarget), {
      'data-testid': 'attach', 'aria-haspopup': 'menu',
    });
    const send = iconButton('send', words.send, () => this.#send(), { 'data-testid': 'send', class: 'round send' });
    return el('div', { class: 'line' }, attach, this.#menuButton, this.#input, this.#toggle, send);
  }

  // An empty line keeps the height of the style sheet: a hidden pane could not measure it.
  #fitInput() {
    this.#input.style.height = '';
    if (this.#input.value) this.#input.style.height = `${this.#input.scrollHeight + BORDERS}px`;
  }

  #send() {
    const text = this.#input.value.trim();
    if (!text) return;
    const subject = this.#subject;
    this.clear();
    const edits = subject?.edits ? subject.message.id : null;
    const replyTo = subject && !subject.edits ? subject.message.id : null;
    this.#on.send(text, { replyTo, edits });
  }

  #openCommands() {
    const items = this.#commands.map(({ command, description }) => ({
      label: `/${command}`,
      hint: description,
      run: () => this.#on.command(`/${command}`),
    }));
    openMenu(this.#menuButton, items);
  }

  #showKeys(shown) {
    this.#keyboardShown = shown;
    this.#drawKeys();
  }

  #drawKeys() {
    const exists = Boolean(this.#keyboard) && this.#mode === 'write';
    const shown = exists && this.#keyboardShown;
    this.#toggle.hidden = !exists;
    this.#toggle.setAttribute('aria-expanded', String(shown));
    this.#toggle.title = shown ? words.hideKeyboard : words.showKeyboard;
    this.#toggle.setAttribute('aria-label', this.#toggle.title);
    this.#keys.hidden = !shown;
    this.#fillKeys(shown ? replyKeyboard(this.#keyboard.rows, (key) => this.#key(key)) : []);
  }

  #fillKeys(rows) {
    const focused = this.#keys.contains(document.activeElement);
    this.#keys.replaceChildren(...rows);
    if (focused) this.#keys.querySelector('button')?.focus();
  }

  // The bot may be quicker than the answer to the press: a keyboard it has sent since stays.
  async #key(button) {
    const keyboard = this.#keyboard;
    const used = await this.#on.key(button);
    if (used && keyboard.one_time && keyboard === this.#keyboard) this.#showKeys(false);
  }
}
