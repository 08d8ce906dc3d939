import { readChat, readPast, readWorld, restart } from './api.js';
import { el, icon, iconButton } from './dom.js';
import { confirmAll, coverAll, withdraw } from './notices.js';
import { STEPS, codeIn } from './tour_steps.js';
import { words } from './words.js';

// A phone that is held upright has room for it too.
const ROOM = matchMedia('(width >= 900px) or (height >= 480px)');
// Whether it is folded away is each window's own, whatever is played there; how far it went is not.
const STORES = { open: () => sessionStorage, done: () => localStorage };

/**
 * A walk beside the chats. Its steps tick themselves off as they happen; a step that is reached
 * ticks those before it. How far it went lasts as long as this play, and is the same in every window.
 *
 * `stage`: {world, notices, panes by name, showPane(name), toNextEvent()}.
 */
export class Tour {
  #place;
  #stage;
  #world;
  #cast;
  #done = 0;
  #open;
  #toggle;
  #list = el('ol', { class: 'steps' });
  #progress = el('span', { class: 'progress' });
  #all = el('button', { type: 'button', class: 'all-steps', 'aria-expanded': 'false', onclick: () => this.#showAll() });
  #told = el('p', { class: 'unseen', role: 'status' });
  #again;
  #astray = false;
  #asking = false;
  #finger = null;

  constructor(place, controls, stage) {
    this.#place = place;
    this.#stage = stage;
    this.#toggle = el(
      'button',
      { type: 'button', class: 'tour-toggle', 'data-testid': 'tour-toggle', 'aria-controls': 'tour', onclick: () => this.#choose(!this.#open) },
      icon('tour'), words.tour.short,
    );
    controls.prepend(this.#toggle);
    this.#makeParts();
    this.meet(stage.world);
    this.#fold(this.#remembered('open', ROOM.matches));
    addEventListener('storage', () => this.#keepUp());
    // Buttons come and go with every message: what is pointed at is looked for after each change.
    const watch = { childList: true, subtree: true, attributes: true, attributeFilter: ['hidden'] };
    new MutationObserver(() => this.#point()).observe(document.getElementById('panes'), watch);
  }

  #makeParts() {
    this.#place.setAttribute('aria-label', words.tour.title);
    this.#again = el('button', { type: 'button', class: 'again', 'data-testid': 'restart', onclick: () => this.#restart() }, words.tour.again);
    this.#place.append(
      el(
        'header',
        {},
        el('h2', {}, words.tour.title),
        this.#progress,
        this.#all,
        iconButton('cross', words.tour.fold, () => this.#foldAway(), { 'data-testid': 'tour-fold' }),
      ),
      this.#list,
      el('footer', {}, this.#again),
      this.#told,
    );
  }

  /** The world has changed; in another play the walk begins anew. */
  meet(world) {
    const begins = world.id !== this.#world?.id;
    this.#world = world;
    this.#cast = Object.fromEntries(world.panes.map(({ name, chat }) => [name, chat]));
    this.#again.hidden = !world.can.restart;
    if (begins) this.#begin();
    this.#draw();
  }

  #begin() {
    withdraw();
    this.#showAll(false);
    this.#done = this.#remembered('done', 0);
    this.#astray = false;
    this.#lookBack(this.#world).catch(() => {});
  }

  // What was played before this window opened, or in a browser that remembers nothing. What stands
  // in the chats is not enough: a press leaves no message, and a message changes.
  async #lookBack(world) {
    for (const { chat } of world.panes) {
      const { events } = await readPast(chat);
      if (world.id !== this.#world.id) return; // that was another play
      events.forEach((event) => this.hear(event));
    }
  }

  // A step that was skipped is no event: another window of this browser says it here.
  #keepUp() {
    const done = this.#remembered('done', 0);
    if (done > this.#done) this.#goOn(done);
  }

  hear(event) {
    if (STEPS[this.#done]?.astray?.(event, this.#cast)) this.#goAstray();
    const reached = STEPS.findLastIndex((step, at) => at >= this.#done && step.done(event, this.#cast));
    if (reached >= 0) this.#goOn(reached + 1);
  }

  #goAstray() {
    this.#astray = true;
    this.#told.textContent = words.tour.steps[STEPS[this.#done].id].astray;
    this.#draw();
  }

  #goOn(done) {
    this.#done = done;
    this.#astray = false;
    this.#remember('done', done);
    this.#told.textContent = words.tour.ticked(done, STEPS.length);
    this.#draw();
  }

  // ---- what it looks like

  #draw() {
    const progress = `${Math.min(this.#done + 1, STEPS.length)} / ${STEPS.length}`;
    this.#progress.textContent = this.#all.textContent = progress;
    this.#all.setAttribute('aria-label', `${words.tour.all}, ${progress}`);
    const names = Object.fromEntries(this.#world.panes.map(({ name, person }) => [name, this.#world.people.get(person).first_name]));
    const rows = STEPS.map((step, at) => this.#row(step, at, words.tour.steps[step.id], names));
    this.#list.replaceChildren(...rows, ...(this.#isOver ? [this.#farewell()] : []));
    this.#place.classList.toggle('over', this.#isOver);
    this.#list.querySelector('[data-state=now]')?.scrollIntoView({ block: 'nearest' });
    this.#point();
  }

  get #isOver() {
    return this.#done >= STEPS.length;
  }

  #row(step, at, { title, text, astray }, names) {
    const state = at < this.#done ? 'done' : at === this.#done ? 'now' : 'ahead';
    return el(
      'li',
      { 'data-step': step.id, 'data-state': state, 'aria-current': state === 'now' ? 'step' : null },
      el('span', { class: 'tick', 'aria-hidden': 'true' }, state === 'done' ? '✓' : String(at + 1)),
      el(
        'div',
        {},
        el('b', {}, title, state === 'done' ? el('span', { class: 'unseen' }, `, ${words.tour.done}`) : null),
        ...(state === 'now' ? [el('p', {}, this.#astray ? astray : text(names)), this.#aids(step)] : []),
      ),
    );
  }

  #aids(step) {
    const offers = {
      line: () => this.#aid(words.tour.writeLine, 'tour-line', () => this.#writeLine()),
      clock: () => this.#aid(words.nextEvent, 'tour-clock', () => this.#stage.toNextEvent()),
    };
    return el(
      'div',
      { class: 'aids' },
      step.aid === 'clock' && !this.#world.can.clock ? null : offers[step.aid]?.(),
      el('button', { type: 'button', class: 'aid show-pane', 'data-pane': step.pane, 'data-testid': 'tour-show', onclick: () => this.#showPane(step) }, words.tour.show(words.panes[step.pane])),
      el('button', { type: 'button', class: 'skip', 'data-testid': 'tour-skip', onclick: () => this.#goOn(this.#done + 1) }, words.tour.skip),
    );
  }

  #aid(label, testid, onclick) {
    return el('button', { type: 'button', class: 'aid main', 'data-testid': testid, onclick }, label);
  }

  #farewell() {
    return el('li', { class: 'farewell', 'data-state': 'now', 'data-testid': 'tour-over' }, el('div', {}, el('b', {}, words.tour.over), el('p', {}, words.tour.whatNext)));
  }

  #choose(open) {
    this.#remember('open', open);
    this.#fold(open);
  }

  #fold(open) {
    this.#open = open;
    this.#place.hidden = !open;
    this.#toggle.setAttribute('aria-expanded', String(open));
    this.#point();
  }

  // Where the tour is a strip, it shows one step until all are asked for.
  #showAll(all) {
    this.#all.setAttribute('aria-expanded', String(this.#place.classList.toggle('all', all)));
  }

  #foldAway() {
    this.#choose(false);
    this.#toggle.focus();
  }

  // ---- where to press

  #point() {
    const target = this.#open ? this.#target() : null;
    if (target === this.#finger) return;
    this.#finger?.classList.remove('pressed-next');
    target?.classList.add('pressed-next');
    this.#finger = target;
  }

  #target() {
    const step = STEPS[this.#done];
    const pane = step && this.#stage.panes.get(step.pane);
    this.#place.classList.toggle('away', Boolean(pane && !pane.isAtHome));
    if (!step?.point || !pane.isAtHome) return null;
    return [...pane.node.querySelectorAll(step.point)].findLast((node) => !node.closest('[hidden]')) ?? null;
  }

  async #showPane({ pane }) {
    this.#stage.showPane(pane);
    const shown = this.#stage.panes.get(pane);
    if (!shown.isAtHome) await shown.sitDown();
  }

  // ---- what it does for the reader

  async #writeLine() {
    const { patient } = this.#cast;
    const chat = await readChat(patient, patient).catch(() => ({ messages: [] }));
    const code = codeIn(chat.messages);
    if (!code) return this.#stage.notices.toast(words.tour.noCode);
    await this.#showPane({ pane: 'staff' });
    return this.#stage.panes.get('staff').draft(`${code} ${words.tour.bill}`);
  }

  async #restart() {
    if (this.#asking) return;
    this.#asking = true;
    try {
      if (await this.#mayRestart()) await coverAll(words.tour.restarting, restart);
    } catch (error) {
      this.#stage.notices.toast(`${words.failed}: ${error.message}`);
    } finally {
      this.#asking = false;
    }
  }

  // A click too many would throw away what somebody has played; where that is nothing, it is not asked.
  async #mayRestart() {
    const { played } = await readWorld();
    return !played || confirmAll(words.tour.loses, { yes: words.tour.afresh, testid: 'restart-confirm' });
  }

  // ---- what it remembers

  #remember(what, value) {
    try {
      STORES[what]().setItem(`tour-${what}`, JSON.stringify({ play: this.#world.id, value }));
    } catch {
      // a browser may forbid pages to remember
    }
  }

  #remembered(what, otherwise) {
    try {
      const { play, value } = JSON.parse(STORES[what]().getItem(`tour-${what}`));
      return what === 'open' || play === this.#world.id ? value : otherwise;
    } catch {
      return otherwise;
    }
  }
}
