import { readWorld } from './api.js';
import { Controls } from './controls.js';
import { el } from './dom.js';
import { troublesByPeople } from './extras.js';
import { Feed } from './feed.js';
import { Notices } from './notices.js';
import { Pane } from './pane.js';
import { Tabs } from './tabs.js';
import { recallTheme } from './theme.js';
import { Tour } from './tour.js';
import { setClock, setSandboxNow } from './when.js';
import { language, words } from './words.js';
import { World } from './world.js';

const CLOCK_STEP = 1000;
const byId = (id) => document.getElementById(id);

function showLabels() {
  document.documentElement.lang = language;
  document.title = words.label.join(' · ');
  const [name, about] = words.label;
  byId('label').replaceChildren(name, el('span', { class: 'about-people' }, ` · ${about}`));
  for (const id of ['chats', 'tabs']) byId(id).setAttribute('aria-label', words.chat);
}

function showNetwork(onLine) {
  byId('network').textContent = onLine ? '' : words.offline;
}

/** Everything on the page, and what passes between its parts. */
class Page {
  #world;
  #panes = new Map();
  #tabs;
  #controls;
  #tour;
  #meeting = null;
  #nextMeeting = null;
  #marking = null;

  constructor(world) {
    this.#world = world;
    for (const seat of world.panes) this.#panes.set(seat.name, new Pane(seat, world, this.#ears(seat.name)));
    byId('panes').append(...this.#all().map((pane) => pane.node));
    this.#tabs = new Tabs(byId('tabs'), new Map(this.#all().map((pane) => [pane.name, pane.node])));
    const notices = new Notices(byId('panes'));
    this.#controls = new Controls(byId('controls'), world, notices, {
      people: () => troublesByPeople(this.#all()),
    });
    this.#tour = new Tour(byId('tour'), byId('controls'), {
      world, notices, panes: this.#panes,
      showPane: (name) => this.#tabs.choose(name),
      toNextEvent: () => this.#controls.toNextEvent(),
    });
    setInterval(() => this.#controls.showClock(), CLOCK_STEP);
  }

  #all() {
    return [...this.#panes.values()];
  }

  #ears(name) {
    return {
      news: () => this.#tabs?.tellNews(name),
      link: (person, address) => this.#openLink(name, person, address),
      scan: (address) => this.#openLink(name, this.#panes.get('staff').person, address),
      world: () => this.meet(),
    };
  }

  #openLink(from, person, address) {
    const pane = this.#seatOf(person) ?? this.#panes.get(from);
    this.#tabs.choose(pane.name);
    pane.follow(person, address);
  }

  // Where this person sits, else where their group is shown.
  #seatOf(person) {
    const sits = (pane) => pane.person === person;
    const works = (pane) => !pane.isPrivate && pane.world.isMember(person, pane.chat);
    return this.#all().find(sits) ?? this.#all().find(works);
  }

  hear(event) {
    if (event.type === 'clock') this.#turnClock(event.now);
    else if (event.type === 'world' || event.type === 'restarted') this.meet().catch(() => showNetwork(false));
    else this.#tell(event);
  }

  #turnClock(now) {
    setSandboxNow(now);
    this.#controls.showClock();
  }

  #tell(event) {
    this.#all().forEach((pane) => pane.hear(event));
    this.#tour.hear(event);
    if (event.type === 'message') this.#noteUnheard(event);
  }

  // Whoever sits in no pane gets messages too: the choice of people says so.
  #noteUnheard({ chat, message: { from } }) {
    const world = this.#world;
    const { unheard } = world;
    const isTalk = world.isTalk(chat);
    const reader = isTalk ? world.otherOf(chat, from.id) : null;
    if (!isTalk && !from.is_bot) return;
    if (this.#all().some((pane) => pane.chat === chat && (!isTalk || pane.person === reader))) return;
    const key = world.keyOf(chat, reader);
    unheard.set(key, (unheard.get(key) ?? 0) + 1);
    this.#marking ??= requestAnimationFrame(() => {
      this.#marking = null;
      this.#all().forEach((pane) => pane.markPeople());
    });
  }

  /** The world has changed. What changes while it is being read is read together, once, after that. */
  meet() {
    if (this.#meeting) {
      this.#nextMeeting ??= this.#meeting.catch(() => {}).then(() => {
        this.#nextMeeting = null;
        return this.meet();
      });
      return this.#nextMeeting;
    }
    this.#meeting = this.#renew((pane, world) => pane.meet(world)).finally(() => {
      this.#meeting = null;
    });
    return this.#meeting;
  }

  /** The connection was lost: every chat is read again. */
  catchUp() {
    return this.#renew((pane, world) => pane.catchUp(world));
  }

  async #renew(tell) {
    const answer = await readWorld();
    const begins = answer.id !== this.#world.id;
    const world = new World(answer, begins ? new Map() : this.#world.unheard);
    this.#world = world;
    setClock(answer);
    this.#controls.meet(world);
    this.#tour.meet(world);
    if (begins) this.#tabs.beginAnew();
    await Promise.all(this.#all().map((pane) => (begins ? pane.beginAnew(world) : tell(pane, world))));
    return answer.seq;
  }
}

async function begin() {
  const answer = await readWorld();
  setClock(answer);
  const page = new Page(new World(answer));
  new Feed({
    after: answer.seq,
    onEvent: (event) => page.hear(event),
    catchUp: () => page.catchUp(),
    onLine: showNetwork,
  });
}

recallTheme();
showLabels();
begin().catch(() => showNetwork(false));
