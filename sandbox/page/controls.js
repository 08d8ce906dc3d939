import { addToClock, callOffTroubles, clockToNextEvent, orderTrouble, readWorld } from './api.js';
import { el, iconButton } from './dom.js';
import { openMenu } from './menu.js';
import { isDark, switchTheme } from './theme.js';
import { clockOf, momentOf, nextMonth, sandboxNow, setSandboxNow, zoneOf } from './when.js';
import { words } from './words.js';

const HOUR = 3600;
const DAY = 24 * HOUR;
const ENDLESS = 1_000_000;
const TROUBLES = {
  slow: { kind: 'slow', seconds: 3, times: ENDLESS },
  429: { kind: '429', method: 'sendMessage', retry_after: 5, times: 3 },
  502: { kind: '502', times: 10 },
  drop_before: { kind: 'drop_before', times: 10 },
  drop_after: { kind: 'drop_after', times: 10 },
};

/**
 * The page's own switches: the clock, misfortunes, light and dark.
 *
 * `on`: {people() → [{label, run, danger?}], the misfortunes that people cause}.
 */
export class Controls {
  #world;
  #notices;
  #on;
  #clock;
  #trouble;
  #theme;
  #switched = Promise.resolve();

  constructor(place, world, notices, on) {
    this.#notices = notices;
    this.#on = on;
    this.#clock = el('button', {
      type: 'button', class: 'clock', 'data-testid': 'clock', 'aria-haspopup': 'menu',
      onclick: () => openMenu(this.#clock, this.#moves()),
    });
    this.#trouble = iconButton('trouble', words.troubles, () => openMenu(this.#trouble, this.#misfortunes()), {
      'data-testid': 'troubles', 'aria-haspopup': 'menu',
    });
    this.#theme = iconButton('theme', '', () => this.#switchTheme(), { 'data-testid': 'theme' });
    place.append(this.#trouble, this.#theme, this.#clock);
    this.#nameTheme();
    this.meet(world);
  }

  meet(world) {
    this.#world = world;
    this.#clock.disabled = !world.can.clock;
    this.#trouble.classList.toggle('on', world.troubles.length > 0);
    this.showClock();
  }

  showClock() {
    const now = sandboxNow();
    this.#clock.textContent = clockOf(now);
    this.#clock.title = words.moveClock(zoneOf(now));
  }

  /** Lets the next thing that is due happen; where the host knows none, a day goes by. */
  async toNextEvent() {
    if (!this.#world.can.next_event) return this.#add(DAY);
    const moved = await this.#attempt(clockToNextEvent);
    if (!moved) return null;
    this.#set(moved.now);
    if (moved.due === null) return this.#notices.toast(words.nothingDue);
    return this.#notices.toast(words.nowItIs(momentOf(moved.now)));
  }

  #moves() {
    const add = (label, seconds) => ({ label, run: () => this.#add(seconds()) });
    const next = { label: words.nextEvent, run: () => this.toNextEvent() };
    return [
      ...(this.#world.can.next_event ? [next] : []),
      add(words.plusHour, () => HOUR),
      add(words.plusDay, () => DAY),
      add(words.plusMonth, () => nextMonth(sandboxNow()) - sandboxNow()),
    ];
  }

  async #add(seconds) {
    const moved = await this.#attempt(() => addToClock(seconds));
    if (!moved) return;
    this.#set(moved.now);
    this.#notices.toast(words.nowItIs(momentOf(moved.now)));
  }

  #set(now) {
    setSandboxNow(now);
    this.showClock();
  }

  #misfortunes() {
    const on = new Set(this.#world.troubles.map(({ kind }) => kind));
    const switches = Object.keys(TROUBLES).map((kind) => ({
      label: words.troubleKinds[kind],
      hint: words.troubleHints[kind],
      checked: on.has(kind),
      run: () => this.#switchTrouble(kind),
    }));
    return [...switches, ...this.#on.people()];
  }

  // One switch after another, each by what the server knows then: the page hears of the last one later.
  #switchTrouble(kind) {
    this.#switched = this.#switched.then(() => this.#attempt(() => switchTrouble(kind)));
    return this.#switched;
  }

  #switchTheme() {
    switchTheme();
    this.#nameTheme();
  }

  #nameTheme() {
    const label = isDark() ? words.toLight : words.toDark;
    this.#theme.title = label;
    this.#theme.setAttribute('aria-label', label);
  }

  async #attempt(deed) {
    try {
      return await deed();
    } catch (error) {
      this.#notices.toast(`${words.failed}: ${error.message}`);
      return null;
    }
  }
}

// The server calls all of them off together: those that stay are ordered again.
async function switchTrouble(kind) {
  const on = (await readWorld()).troubles.map((trouble) => trouble.kind);
  const wanted = on.includes(kind) ? on.filter((each) => each !== kind) : [...on, kind];
  await callOffTroubles();
  for (const each of wanted) await orderTrouble(TROUBLES[each]);
}
