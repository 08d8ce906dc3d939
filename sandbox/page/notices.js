import { el } from './dom.js';
import { words } from './words.js';

const SHORTEST = 3500;
const PER_LETTER = 60;

/** What covers one pane for a moment, as on a phone of its own: toasts, alerts, questions. */
export class Notices {
  #toasts = el('div', { class: 'toasts', role: 'status' });
  #queue = Promise.resolve();
  #pane;

  constructor(pane) {
    this.#pane = pane;
    pane.append(this.#toasts);
  }

  toast(...content) {
    const toast = el('div', { class: 'toast', 'data-testid': 'toast', dir: 'auto' }, ...content);
    this.#toasts.append(toast);
    setTimeout(() => toast.remove(), SHORTEST + PER_LETTER * toast.textContent.length);
  }

  alert(text) {
    return this.#ask({ text, testid: 'alert', yes: words.ok });
  }

  confirm(text, { yes, testid }) {
    return this.#ask({ text, testid, yes, no: words.cancel });
  }

  /** Asks for a line of text; an empty string means that nothing was written or it was cancelled. */
  async prompt(text, { yes }) {
    const field = el('input', { class: 'field', 'aria-label': text, dir: 'auto' });
    const agreed = await this.#ask({ text, testid: 'prompt', yes, no: words.cancel, field });
    return agreed ? field.value.trim() : '';
  }

  // One at a time: a second alert waits until the first is read.
  #ask(question) {
    const answer = this.#queue.then(() => this.#show(question));
    this.#queue = answer;
    return answer;
  }

  #show({ text, testid, yes, no, field }) {
    return new Promise((resolve) => {
      const close = (agreed) => {
        veil.remove();
        this.#setInert(false);
        before?.focus();
        resolve(agreed);
      };
      const before = this.#focused();
      const veil = dialog({ text, testid, yes, no, field, close });
      this.#setInert(true);
      this.#pane.append(veil);
      // An alert must not pull the cursor out of another pane where somebody is writing.
      if (before !== null || document.activeElement === document.body) {
        (field ?? veil.querySelector('.main')).focus();
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

function dialog({ text, testid, yes, no, field, close }) {
  const button = (label, kind, agreed) =>
    el('button', { type: 'button', class: kind, onclick: () => close(agreed) }, label);
  const box = el(
    'div',
    { class: 'dialog', role: 'alertdialog', 'aria-modal': 'true', 'aria-label': text, 'data-testid': testid },
    el('p', { dir: 'auto' }, text),
    field,
    el('div', { class: 'choices' }, no ? button(no, 'plain', false) : null, button(yes, 'main', true)),
  );
  box.addEventListener('keydown', (event) => {
    const agreed = event.key === 'Enter' && event.target === field;
    if (!agreed && event.key !== 'Escape') return;
    // Or the same key would press whatever gets the focus next.
    event.preventDefault();
    close(agreed);
  });
  return el('div', { class: 'veil' }, box);
}
