import { language, words } from './words.js';

/** In Telegram a private chat bears the number of its person. */
export const privateChatOf = (person) => person;

/** Who and what the sandbox holds, as the page asks for it. */
export class World {
  /** `unheard`: how many messages wait in the chats that no pane shows; it outlives this answer. */
  constructor({ id, bot, people, chats, panes, privacy, inline, can, troubles }, unheard = new Map()) {
    this.unheard = unheard;
    this.id = id;
    this.can = can;
    this.troubles = troubles;
    this.bot = bot;
    this.privacy = privacy;
    this.inline = inline;
    this.panes = panes.map((pane) => seated(pane, people));
    this.people = new Map(people.map((person) => [person.id, person]));
    this.chats = new Map(chats.map((chat) => [chat.id, chat]));
    this.talks = chats.filter(({ type }) => type === 'talk');
  }

  nameOf(person) {
    const { first_name: first, last_name: last } = this.people.get(person) ?? this.bot;
    return [first, last].filter(Boolean).join(' ');
  }

  /** As this person sees it: to each of two the other one gives a talk its name. */
  titleOf(chat, person) {
    if (this.isTalk(chat)) return this.nameOf(this.otherOf(chat, person));
    return this.chats.get(chat).title ?? this.bot.first_name;
  }

  /** Whether it is the private chat of two people. */
  isTalk(chat) {
    return this.chats.get(chat)?.type === 'talk';
  }

  otherOf(talk, person) {
    return this.chats.get(talk).members.find((id) => id !== person);
  }

  isPrivate(chat) {
    return this.chats.get(chat).type === 'private';
  }

  /** The supergroup that a group has become, else the chat itself. */
  nowOf(chat) {
    return this.chats.get(chat)?.moved_to ?? chat;
  }

  /** Who is what in this group: [{id, name, status}]. */
  membersOf(chat) {
    return this.chats.get(chat).statuses.map(({ id, status }) => ({ id, name: this.nameOf(id), status }));
  }

  statusOf(person, chat) {
    return this.chats.get(chat).statuses.find(({ id }) => id === person)?.status ?? 'left';
  }

  isMember(person, chat) {
    return this.isPrivate(chat) || this.chats.get(chat).members.includes(person);
  }

  groupsOf(person) {
    const groups = [...this.chats.keys()].filter((chat) => !this.isPrivate(chat) && !this.isTalk(chat));
    return groups.filter((chat) => this.isMember(person, chat));
  }

  talksOf(person) {
    return this.talks.filter(({ members }) => members.includes(person)).map(({ id }) => id);
  }

  /** The chats this person can open: the bot's private one, groups, talks, and `current`. */
  chatsOf(person, current) {
    const open = new Set([privateChatOf(person), ...this.groupsOf(person), ...this.talksOf(person), current]);
    return [...open].map((id) => ({ id, title: this.#marked(this.titleOf(id, person), [this.keyOf(id, person)]) }));
  }

  /** By what `unheard` counts: each of two people reads their talk on a phone of their own. */
  keyOf(chat, person) {
    return this.isTalk(chat) ? `${chat}/${person}` : chat;
  }

  /** Everybody, with a word beside those who are not in this group: [{id, name, extra}]. */
  peopleAround(chat) {
    return [...this.people.values()].map(({ id, extra }) => {
      const talks = this.talksOf(id).map((talk) => this.keyOf(talk, id));
      const name = this.#marked(this.nameOf(id), [privateChatOf(id), ...talks]);
      const isHere = this.isTalk(chat) || this.isMember(id, chat);
      return { id, extra, name: isHere ? name : `${name} (${words.outsider})` };
    });
  }

  #marked(name, keys) {
    const count = keys.reduce((sum, key) => sum + (this.unheard.get(key) ?? 0), 0);
    return count ? `${name} · ${count} ${words.newOnes}` : name;
  }

  /**
   * People to choose from, those of the clinic's groups first: [{label, value}]. The crowd of a
   * demo clinic is left out: no dialog holds two hundred buttons.
   */
  everybody() {
    const all = [...this.people.values()].filter(({ extra }) => !extra).map(({ id }) => id);
    const works = (id) => this.groupsOf(id).length > 0;
    const inOrder = [...all.filter(works), ...all.filter((id) => !works(id))];
    return inOrder.map((id) => ({ label: this.nameOf(id), value: id }));
  }

  /** Both are still here; after a fresh start of the sandbox they may not be. */
  knows(person, chat) {
    return this.people.has(person) && this.chats.has(chat);
  }
}

const speaksReadersLanguage = ({ language: spoken }) => Boolean(spoken?.startsWith(language));

// The bot answers in the language of a person's Telegram: whoever reads the page in another one
// would meet a patient that is spoken to in a strange tongue.
function seated(pane, people) {
  const usual = people.find(({ id }) => id === pane.person);
  if (pane.name !== 'patient' || speaksReadersLanguage(usual)) return pane;
  const person = people.find(speaksReadersLanguage);
  return person ? { ...pane, person: person.id, chat: privateChatOf(person.id) } : pane;
}
