import { el } from './dom.js';
import { words } from './words.js';

const SHORTEST = 3500;
const PER_LETTER = 60;

/** What covers one pane for a moment, as on a phone of its own: toasts, alerts, questions. */
export class Notices {
  #toasts = el('div', { class: 'toasts', role: 'status' });
  #queue = Promise.resolve();
  #pane;
  #play = 0;
  #shown = null;
  // Alerts by their names: what one window has read, the others have not to close again.
  #read = new Set();
  #others = new BroadcastChannel('read');

  constructor(pane) {
    this.#pane = pane;
    pane.append(this.#toasts);
    this.#others.onmessage = ({ data }) => this.#readElsewhere(data);
  }

  /** Another play has begun: what the old one asks is agreed to by nobody, and what waits isn't asked. */
  beginAnew() {
    this.#play += 1;
    this.#read.clear();
    this.#toasts.replaceChildren();
    this.#shown?.close(false);
  }

  #readElsewhere(name) {
    if (this.#shown?.name === name) this.#shown.close(false);
    else this.#read.add(name);
  }

  toast(...content) {
    const toast = el('div', { class: 'toast', 'data-testid': 'toast', dir: 'auto' }, ...content);
    this.#toasts.append(toast);
    setTimeout(() => toast.remove(), SHORTEST + PER_LETTER * toast.textContent.length);
  }

  /** `name` is the same in every window that shows it. */
  alert(text, name) {
    return this.#ask({ text, name, testid: 'alert', choices: [main(words.ok)] });
  }

  confirm(text, { yes, testid }) {
    return this.#ask({ text, testid, choices: [refusal(words.cancel), main(yes)] });
  }

  /** Asks for a line of text; an empty string means that nothing was written or it was cancelled. */
  async prompt(text, { yes }) {
    const field = el('input', { class: 'field', 'aria-label': text, dir: 'auto' });
    const choices = [refusal(words.cancel), main(yes)];
    const agreed = await this.#ask({ text, testid: 'prompt', choices, field });
    return agreed ? field.value.trim() : '';
  }

  /** Asks for what the fields of a form hold: {name: value}; null means that it was cancelled. */
  async fill(text, fields, { yes }) {
    const field = el('form', { class: 'form' }, ...fields);
    const choices = [refusal(words.cancel), main(yes)];
    const agreed = await this.#ask({ text, testid: 'form', choices, field });
    return agreed ? Object.fromEntries(new FormData(field)) : null;
  }

  /** Asks for one of the `options`, [{label, value}]; null means that it was cancelled. */
  async choose(text, options) {
    const choices = options.map(({ label, value }) => ({ label, kind: 'option', value: { value } }));
    const chosen = await this.#ask({ text, testid: 'choice', choices: [...choices, refusal(words.cancel)] });
    return chosen ? chosen.value : null;
  }

  /** Shows a photo as large as the pane allows; true when it shall be scanned. */
  look({ url, width, height }) {
    const field = el('img', { class: 'enlarged', src: url, width, height, alt: words.photo });
    const choices = [refusal(words.close), main(words.scan)];
    return this.#ask({ text: words.photo, testid: 'photo', choices, field });
  }

  // One at a time: a second alert waits until the first is read.
  #ask(question) {
    const play = this.#play;
    const isOver = () => play !== this.#play || this.#read.delete(question.name);
    const answer = this.#queue.then(() => !isOver() && this.#show(question));
    this.#queue = answer;
    return answer;
  }

  #show(question) {
    return new Promise((resolve) => {
      const { name } = question;
      const close = (answer) => {
        this.#shown = null;
        veil.remove();
        this.#setInert(false);
        before?.focus({ preventScroll: true });
        resolve(answer);
      };
      const leave = (answer) => {
        close(answer);
        if (name) this.#others.postMessage(name);
      };
      const before = this.#focused();
      const veil = dialog({ ...question, close: leave });
      this.#shown = { name, close };
      this.#setInert(true);
      this.#pane.append(veil);
      // An alert must not pull the cursor out of another pane where somebody is writing.
      if (before !== null || document.activeElement === document.body) {
        veil.querySelector('input, .main, .option').focus({ preventScroll: true });
      }
    });
  }

  #focused() {
    return this.#pane.contains(document.activeElement) ? document.activeElement : null;
  }

  #setInert(inert) {
    for (const part of this.#pane.children) part.inert = inert && part !== this.#toasts;
  }
}

let asked = null;

/** Another play has begun: what was asked about the old one is agreed to by nobody. */
export const withdraw = () => asked?.close('');

/**
 * Asks about the whole page: nothing of it can be pressed until this is answered. What it would do
 * can't be undone, so the refusal is what a hasty Enter presses.
 */
export function confirmAll(text, { yes, testid }) {
  return new Promise((resolve) => {
    const choose = (answer) => box.close(answer ? 'yes' : '');
    const box = el(
      'dialog',
      { class: 'dialog whole', role: 'alertdialog', 'aria-label': text, 'data-testid': testid },
      el('p', { dir: 'auto' }, text),
      el('div', { class: 'choices' }, ...[refusal(words.cancel), main(yes)].map((choice) => choiceButton(choice, choose))),
    );
    box.addEventListener('close', () => {
      box.remove();
      resolve(box.returnValue === 'yes');
    });
    document.body.append(box);
    box.showModal();
    asked = box;
  });
}

/** Says over the whole page what is going on, as long as the `deed` lasts. */
export async function coverAll(text, deed) {
  const box = el(
    'dialog',
    { class: 'dialog whole working', role: 'alertdialog', 'aria-label': text, closedby: 'none' },
    el('p', { dir: 'auto' }, text),
  );
  document.body.append(box);
  box.showModal();
  try {
    return await deed();
  } finally {
    box.close();
    box.remove();
  }
}

const main = (label) => ({ label, kind: 'main', value: true });
const refusal = (label) => ({ label, kind: 'plain', value: false });

function dialog({ text, testid, choices, field, close: leave }) {
  const close = (answer) => {
    if (answer && field?.matches('form') && !field.reportValidity()) return;
    leave(answer);
  };
  const box = el(
    'div',
    { class: 'dialog', role: 'alertdialog', 'aria-modal': 'true', 'aria-label': text, 'data-testid': testid },
    field?.matches('img') ? null : el('p', { dir: 'auto' }, text),
    field,
    el('div', { class: 'choices' }, ...choices.map((choice) => choiceButton(choice, close))),
  );
  box.addEventListener('keydown', (event) => {
    const agreed = event.key === 'Enter' && event.target.matches('input');
    if (!agreed && event.key !== 'Escape') return;
    // Or the same key would press whatever gets the focus next.
    event.preventDefault();
    close(agreed);
  });
  return el('div', { class: 'veil' }, box);
}

function choiceButton({ label, kind, value }, close) {
  return el('button', { type: 'button', class: kind, dir: 'auto', onclick: () => close(value) }, label);
}
