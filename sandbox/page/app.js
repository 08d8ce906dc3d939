import { readWorld } from './api.js';
import { Feed } from './feed.js';
import { Pane } from './pane.js';
import { Tabs } from './tabs.js';
import { clockOf, sandboxNow, setSandboxNow } from './when.js';
import { language, words } from './words.js';
import { World } from './world.js';

const CLOCK_STEP = 1000;
const byId = (id) => document.getElementById(id);

function showLabels() {
  document.documentElement.lang = language;
  document.title = words.label;
  byId('label').textContent = words.label;
  byId('tabs').setAttribute('aria-label', words.chat);
}

function showClock() {
  byId('clock').textContent = clockOf(sandboxNow());
}

function showNetwork(onLine) {
  byId('network').textContent = onLine ? '' : words.offline;
}

function makePanes(world) {
  const panes = new Map();
  let tabs = null;
  const openLink = (from, person, address) => {
    const pane = seatOf(person, [...panes.values()], from);
    tabs.choose(pane.name);
    pane.follow(person, address);
  };
  for (const seat of world.panes) {
    const onNews = () => tabs?.tellNews(seat.name);
    const onLink = (person, address) => openLink(panes.get(seat.name), person, address);
    panes.set(seat.name, new Pane(seat, world, { onNews, onLink }));
  }
  byId('panes').append(...[...panes.values()].map((pane) => pane.node));
  tabs = new Tabs(byId('tabs'), new Map([...panes].map(([name, pane]) => [name, pane.node])));
  return [...panes.values()];
}

// Where this person sits, else where their group is shown, else where the link came from.
function seatOf(person, panes, from) {
  const sits = (pane) => pane.person === person;
  const works = (pane) => !pane.isPrivate && pane.world.isMember(person, pane.chat);
  return panes.find(sits) ?? panes.find(works) ?? from;
}

async function renew(tell) {
  const answer = await readWorld();
  setSandboxNow(answer.now);
  await tell(new World(answer));
  return answer.seq;
}

const meet = (panes) => renew((world) => Promise.all(panes.map((pane) => pane.meet(world))));
const catchUp = (panes) => renew((world) => Promise.all(panes.map((pane) => pane.catchUp(world))));

function hear(event, panes) {
  if (event.type === 'clock') setSandboxNow(event.now);
  else if (event.type === 'world') meet(panes).catch(() => showNetwork(false));
  else panes.forEach((pane) => pane.hear(event));
}

async function begin() {
  const answer = await readWorld();
  setSandboxNow(answer.now);
  setInterval(showClock, CLOCK_STEP);
  showClock();
  const panes = makePanes(new World(answer));
  new Feed({
    after: answer.seq,
    onEvent: (event) => hear(event, panes),
    catchUp: () => catchUp(panes),
    onLine: showNetwork,
  });
}

showLabels();
begin().catch(() => showNetwork(false));
