const SHORTEST_PAUSE = 500;
const LONGEST_PAUSE = 5000;

/**
 * Follows the server's events for the life of the page.
 *
 * The browser's own reconnecting repeats the first address, so the feed closes a broken stream and
 * opens a new one after the last event heard. `catchUp` runs before that: it re-reads what the page
 * shows and answers with the server's newest number, which is lower where the server began anew.
 */
export class Feed {
  #last;
  #pause = SHORTEST_PAUSE;
  #onEvent;
  #catchUp;
  #onLine;

  constructor({ after, onEvent, catchUp, onLine }) {
    this.#last = after;
    this.#onEvent = onEvent;
    this.#catchUp = catchUp;
    this.#onLine = onLine;
    this.#open();
  }

  #open() {
    const source = new EventSource(`/api/events?after=${this.#last}`);
    source.onopen = () => this.#opened();
    source.onmessage = ({ data }) => this.#hear(JSON.parse(data));
    source.onerror = () => {
      source.close();
      this.#lost();
    };
  }

  #opened() {
    this.#pause = SHORTEST_PAUSE;
    this.#onLine(true);
  }

  #hear(event) {
    this.#last = event.seq;
    this.#onEvent(event);
  }

  #lost() {
    this.#onLine(false);
    setTimeout(() => this.#reopen(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }

  async #reopen() {
    try {
      this.#last = Math.min(this.#last, await this.#catchUp());
    } catch {
      this.#lost();
      return;
    }
    this.#open();
  }
}
