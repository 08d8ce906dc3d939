import { el } from './dom.js';
import { words } from './words.js';

/** The tabs that a narrow window shows instead of panes side by side. */
export class Tabs {
  #buttons = new Map();
  #counts = new Map();
  #panes;

  /** `panes`: Map of name → the pane's element, each with an id. */
  constructor(bar, panes) {
    this.#panes = panes;
    for (const [name, pane] of panes) this.#buttons.set(name, this.#tab(name, pane.id));
    bar.append(...this.#buttons.values());
    bar.addEventListener('keydown', (event) => this.#moveByArrows(event));
    this.choose(panes.keys().next().value);
  }

  choose(name) {
    for (const [other, button] of this.#buttons) {
      const chosen = other === name;
      button.setAttribute('aria-selected', String(chosen));
      button.tabIndex = chosen ? 0 : -1;
      this.#panes.get(other).classList.toggle('chosen', chosen);
    }
    this.#setNews(name, false);
  }

  /** Something came to this pane: marks its tab unless it is the one being looked at. */
  tellNews(name) {
    if (this.#buttons.get(name).getAttribute('aria-selected') === 'false') this.#setNews(name, true);
  }

  /** Another play has begun: nothing of the old one is news. */
  beginAnew() {
    for (const name of this.#buttons.keys()) this.#setNews(name, false);
  }

  #setNews(name, news) {
    this.#counts.set(name, news ? (this.#counts.get(name) ?? 0) + 1 : 0);
    const dot = this.#buttons.get(name).querySelector('.news');
    dot.hidden = !news;
    dot.replaceChildren(...(news ? mark(this.#counts.get(name)) : []));
  }

  #tab(name, controls) {
    return el(
      'button',
      {
        type: 'button', role: 'tab', 'aria-controls': controls, 'data-testid': `tab-${name}`,
        onclick: () => this.choose(name),
      },
      words.panes[name],
      el('span', { class: 'news', hidden: true }),
    );
  }

  #moveByArrows(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const names = [...this.#buttons.keys()];
    const now = names.findIndex((name) => this.#buttons.get(name) === document.activeElement);
    const next = names[(now + step + names.length) % names.length];
    this.choose(next);
    this.#buttons.get(next).focus();
  }
}

const mark = (count) => [
  el('b', { class: 'count', 'aria-hidden': 'true' }, String(count)),
  el('span', { class: 'unseen' }, `, ${words.unread}`),
];
