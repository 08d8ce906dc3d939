import { el, iconButton } from './dom.js';
import { drawMessage } from './bubble.js';
import { dayOf } from './when.js';
import { words } from './words.js';

const NEAR_END = 80;
const SAME_RUN = 5 * 60;

/**
 * The list of a chat's messages, oldest first.
 *
 * `on`: {press(message, button), look(message), scan(message) or null, link(address),
 * command(text), menu(message, mine, anchor)}. It stays at the newest message until the reader scrolls up; then
 * what the reader looks at stays where it is, whatever changes above.
 */
export class Log {
  node;
  #list;
  #jump;
  #on;
  #seat = { person: null, chat: null, group: false };
  #entries = new Map();
  #waiting = new Map();
  #atEnd = true;
  #gliding = false;
  #height = 0;
  #unread = 0;
  #count = el('b', { class: 'count', 'aria-hidden': 'true', hidden: true });

  constructor(on) {
    this.#on = on;
    this.#list = el('div', {
      class: 'log', role: 'log', tabindex: '0', 'aria-label': words.messages, 'data-empty': words.fresh,
    });
    this.#jump = iconButton('down', words.newest, () => this.#glideToEnd(), { class: 'round jump', hidden: true });
    this.#jump.append(this.#count);
    this.node = el('div', { class: 'log-frame' }, this.#list, this.#jump);
    this.#list.addEventListener('scroll', () => this.#noteScroll());
    this.#list.addEventListener('scrollend', () => this.#land());
    for (const push of ['wheel', 'touchstart', 'pointerdown', 'keydown']) {
      this.#list.addEventListener(push, () => this.#land(), { passive: true });
    }
    this.#list.addEventListener('click', (event) => this.#follow(event));
    // A reply keyboard that opens makes the list shorter: the newest message must stay in sight.
    new ResizeObserver(() => this.#keepPlace()).observe(this.#list);
  }

  /** The chat is being read: what stands here may be another one's, and nothing is said of it. */
  setBusy(busy) {
    if (busy) this.#list.setAttribute('aria-busy', 'true');
    else this.#list.removeAttribute('aria-busy');
  }

  /** Shows a chat's messages as `person` sees them; a group shows the senders' names. */
  fill(messages, { person, chat, group }) {
    if (chat !== this.#seat.chat) this.#atEnd = true; // how far the last one was scrolled is its own
    this.#gliding = false;
    this.#seat = { person, chat, group };
    this.#entries.clear();
    this.#waiting.clear();
    this.#setUnread(0);
    const place = this.#list.scrollTop;
    this.#list.replaceChildren();
    messages.forEach((message) => this.#append(message));
    this.#list.scrollTop = place;
    this.#keepPlace();
  }

  add(message) {
    this.#noteScroll();
    const node = this.#append(message);
    node.classList.add('arrives');
    if (this.#isMine(message)) this.#forgetUnread();
    else if (!this.#atEnd || !this.#list.clientHeight) this.#noteUnread(node);
    if (this.#isMine(message) || this.#atEnd) this.#glideToEnd();
    else this.#noteScroll();
  }

  replace(message) {
    const entry = this.#entries.get(message.id);
    if (!entry) return;
    const keepSight = this.#holdSight();
    const node = this.#draw(message);
    const focused = entry.node.contains(document.activeElement);
    if (entry.node.dataset.unread) node.dataset.unread = entry.node.dataset.unread;
    entry.node.replaceWith(node);
    this.#entries.set(message.id, { message, node });
    this.#join(node, node.previousElementSibling);
    if (focused) (node.querySelector('.inline button') ?? this.#list).focus({ preventScroll: true });
    keepSight();
  }

  remove(id) {
    const { node } = this.#entries.get(id) ?? {};
    if (!node) return;
    const keepSight = this.#holdSight();
    const { nextElementSibling: next, previousElementSibling: previous } = node;
    node.remove();
    this.#entries.delete(id);
    if (next) this.#join(next, previous);
    keepSight();
  }

  react(id, reactions) {
    const entry = this.#entries.get(id);
    if (entry) this.replace({ ...entry.message, reactions });
  }

  /** Marks the button as pressed until the bot answers; without `data` nothing waits any more. */
  setWaiting(id, data) {
    if (data === undefined) this.#waiting.delete(id);
    else this.#waiting.set(id, data);
    const entry = this.#entries.get(id);
    if (entry) this.#markWaiting(entry.node, id);
  }

  #toEnd() {
    this.#list.scrollTop = this.#list.scrollHeight;
    this.#atEnd = true;
  }

  // While the list glides it counts as being at its end already; whoever touches it stops that.
  #glideToEnd() {
    this.#atEnd = true;
    this.#gliding = true;
    this.#list.scrollTo({ top: this.#list.scrollHeight, behavior: calm() ? 'instant' : 'smooth' });
    if (this.#isAtEnd()) this.#land();
  }

  #land() {
    this.#gliding = false;
    this.#noteScroll();
  }

  // ---- what has come while nobody looked

  #noteUnread(node) {
    if (!this.#unread) {
      this.#forgetUnread();
      node.dataset.unread = words.unreadFromHere;
    }
    this.#setUnread(this.#unread + 1);
  }

  #setUnread(count) {
    this.#unread = count;
    this.#count.textContent = String(count);
    this.#count.hidden = count === 0;
    const label = count ? `${words.newest}, ${words.unread}: ${count}` : words.newest;
    this.#jump.setAttribute('aria-label', label);
  }

  // The line above the first unread stays for the reader's eyes until something else comes.
  #forgetUnread() {
    this.#setUnread(0);
    const first = this.#list.querySelector('[data-unread]');
    if (first) delete first.dataset.unread;
  }

  #append(message) {
    const node = this.#draw(message);
    const previous = this.#list.lastElementChild;
    this.#list.append(node);
    this.#entries.set(message.id, { message, node });
    this.#join(node, previous);
    return node;
  }

  #draw(message) {
    const node = drawMessage(message, this.#view(message));
    this.#markWaiting(node, message.id);
    return node;
  }

  #view(message) {
    const mine = this.#isMine(message);
    return {
      mine,
      named: this.#seat.group && !mine,
      quoted: this.#entries.get(message.reply_to)?.message ?? null,
      press: this.#on.press,
      look: this.#on.look,
      scan: this.#on.scan,
      openMenu: (about, anchor) => this.#on.menu(about, mine, anchor),
      showQuoted: () => this.#showQuoted(message.reply_to),
    };
  }

  #isMine(message) {
    return message.from?.id === this.#seat.person;
  }

  #showQuoted(id) {
    const node = this.#entries.get(id)?.node;
    if (!node) return;
    node.scrollIntoView({ block: 'center', behavior: calm() ? 'instant' : 'smooth' });
    node.classList.add('pointed');
    setTimeout(() => node.classList.remove('pointed'), 1500);
  }

  #markWaiting(node, id) {
    const waiting = this.#waiting.get(id);
    for (const button of node.querySelectorAll('[data-callback]')) {
      button.toggleAttribute('aria-busy', false);
      if (button.dataset.callback === waiting) button.setAttribute('aria-busy', 'true');
    }
  }

  // What a message looks like after its neighbour: a new day's heading, or one sender going on.
  #join(node, previous) {
    const message = this.#messageOf(node);
    const before = previous && this.#messageOf(previous);
    const day = dayOf(message.date);
    if (before && dayOf(before.date) === day) delete node.dataset.day;
    else node.dataset.day = day;
    node.classList.toggle('goes-on', Boolean(before) && sameRun(message, before));
  }

  #messageOf(node) {
    return this.#entries.get(Number(node.dataset.messageId)).message;
  }

  // Asked before each change too: the event of a scroll comes after the frame it happened in.
  #noteScroll() {
    const { clientHeight } = this.#list;
    if (!clientHeight) return; // a hidden pane measures nothing
    // A reply keyboard has opened, and the observer doesn't know yet: that was no reader's scrolling.
    if (this.#atEnd && clientHeight !== this.#height) this.#list.scrollTop = this.#list.scrollHeight;
    this.#height = clientHeight;
    if (!this.#gliding) this.#atEnd = this.#isAtEnd();
    this.#jump.hidden = this.#atEnd;
    if (this.#atEnd && this.#unread) this.#setUnread(0);
  }

  #isAtEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.#list;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  // The first message that begins in sight, and where; by its number, for it may be drawn anew.
  #holdSight() {
    this.#noteScroll();
    const edge = this.#list.getBoundingClientRect().top;
    const seen = [...this.#list.children].find((node) => node.getBoundingClientRect().top >= edge);
    const top = seen?.getBoundingClientRect().top;
    return () => {
      const node = seen && this.#entries.get(Number(seen.dataset.messageId))?.node;
      if (node && !this.#atEnd) this.#list.scrollTop += node.getBoundingClientRect().top - top;
      this.#keepPlace();
    };
  }

  #keepPlace() {
    if (this.#atEnd) this.#toEnd();
    else this.#noteScroll();
  }

  #follow(event) {
    const link = event.target.closest('.words a, .words .command');
    if (!link) return;
    event.preventDefault();
    if (link.matches('a')) this.#on.link(link.getAttribute('href'));
    else this.#on.command(link.textContent);
  }
}

const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

function sameRun(message, before) {
  return (
    message.from?.id === before.from?.id &&
    message.kind !== 'service' &&
    before.kind !== 'service' &&
    message.date - before.date < SAME_RUN
  );
}
