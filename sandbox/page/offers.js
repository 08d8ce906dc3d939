import { el } from './dom.js';
import { words } from './words.js';

/**
 * What the bot offers to send, above the line in which somebody has typed its name.
 *
 * `on`: {ask(text), asks the bot and gives the number of the query or null; send(query, result),
 * whether it has gone out; open(payload), the way to the bot's own chat}.
 */
export class Offers {
  node = el('section', { class: 'offers', 'aria-label': words.offers, 'data-testid': 'offers', hidden: true });
  #on;
  #text = null;
  #query = null;
  #answer = null;

  constructor(on) {
    this.#on = on;
  }

  /** `text`: what stands behind the bot's name, null where the name doesn't stand there. */
  async typed(text) {
    if (text === this.#text) return;
    this.#text = text;
    this.#query = null;
    this.#show(text === null ? [] : [el('p', { role: 'status' }, words.asking)]);
    if (text === null) return;
    const query = await this.#on.ask(text);
    if (text !== this.#text) return; // more has been typed since
    this.#query = query;
    this.#draw();
  }

  // The answer may be quicker than the number of the query.
  hear(answer) {
    this.#answer = answer;
    this.#draw();
  }

  #draw() {
    if (this.#query === null || this.#answer?.query_id !== this.#query) return;
    const { results, button } = this.#answer;
    this.#show([button ? this.#lead(button) : null, ...results.map((result) => this.#offer(result))]);
  }

  #show(parts) {
    const shown = parts.filter(Boolean);
    this.node.hidden = shown.length === 0;
    this.node.replaceChildren(...shown);
  }

  #lead({ text, start_parameter: payload }) {
    return el('button', { type: 'button', class: 'key', dir: 'auto', onclick: () => this.#on.open(payload) }, text);
  }

  #offer({ id, photo: { url, width, height }, text }) {
    return el(
      'button',
      { type: 'button', class: 'offer', title: words.send, onclick: () => this.#on.send(this.#query, id) },
      el('img', { src: url, width, height, alt: '' }),
      el('span', { dir: 'auto' }, text),
    );
  }
}
