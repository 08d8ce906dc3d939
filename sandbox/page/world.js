import { language, words } from './words.js';

/** In Telegram a private chat bears the number of its person. */
export const privateChatOf = (person) => person;

/** Who and what the sandbox holds, as the page asks for it. */
export class World {
  constructor({ id, bot, people, chats, panes, privacy, can, troubles }) {
    this.id = id;
    this.can = can;
    this.troubles = troubles;
    this.bot = bot;
    this.privacy = privacy;
    this.panes = panes.map((pane) => seated(pane, people));
    this.people = new Map(people.map((person) => [person.id, person]));
    this.chats = new Map(chats.map((chat) => [chat.id, chat]));
  }

  nameOf(person) {
    const { first_name: first, last_name: last } = this.people.get(person) ?? this.bot;
    return [first, last].filter(Boolean).join(' ');
  }

  titleOf(chat) {
    return this.chats.get(chat).title ?? this.bot.first_name;
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
    const groups = [...this.chats.keys()].filter((chat) => !this.isPrivate(chat));
    return groups.filter((chat) => this.isMember(person, chat));
  }

  /** The chats this person can open: the bot's private one, the groups they are in, and `current`. */
  chatsOf(person, current) {
    const open = new Set([privateChatOf(person), ...this.groupsOf(person), current]);
    return [...open].map((id) => ({ id, title: this.titleOf(id) }));
  }

  /** Everybody, with a word beside those who are not in this group: [{id, name, extra}]. */
  peopleAround(chat) {
    return [...this.people.values()].map(({ id, extra }) => ({
      id,
      extra,
      name: this.isMember(id, chat) ? this.nameOf(id) : `${this.nameOf(id)} (${words.outsider})`,
    }));
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
