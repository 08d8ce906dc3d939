import { readChat } from './api.js';
import { Composer } from './composer.js';
import { Deeds } from './deeds.js';
import { el } from './dom.js';
import { attachments, chatDeeds, members, messageDeeds } from './extras.js';
import { Header } from './header.js';
import { Log } from './log.js';
import { openMenu } from './menu.js';
import { Notices } from './notices.js';
import { Offers } from './offers.js';
import { countMembers, words } from './words.js';
import { privateChatOf } from './world.js';

/** One chat as one person sees it: a phone of its own. */
export class Pane {
  node;
  world;
  person;
  chat;
  notices;
  #seat;
  #state = { started: true, blocked: false };
  #seq = 0;
  #opening = 0;
  #early = null;
  #deeds = new Deeds(this);
  #header;
  #log;
  #composer;
  #offers;
  #on;

  // What changes the chat is skipped when the chat as it was read already holds it …
  #lasting = {
    message: (event) => this.#receive(event),
    edit: ({ message }) => this.#log.replace(message),
    delete: ({ message_id: id }) => this.#log.remove(id),
    reaction: ({ message_id: id, emoji }) => this.#log.react(id, emoji),
    keyboard: (event) => this.#changeKeyboard(event),
    commands: () => this.#refresh(),
  };

  // … and what only passes by is always told.
  #passing = {
    action: ({ action }) => this.#header.busy(action),
    callback_answer: (event) => this.#hearAnswer(event),
    inline_answer: (event) => event.person === this.person && this.#offers.hear(event),
  };

  /**
   * `seat` is the pane's entry in the world. `on`: {news(), a message of others came;
   * link(person, address), this person shall open a link; scan(address), staff shall open it;
   * world(), the world has changed: waits until every pane knows it}.
   */
  constructor(seat, world, on) {
    this.#seat = seat;
    this.world = world;
    this.#on = on;
    this.#makeParts();
    this.node = el(
      'section',
      {
        class: 'pane',
        id: `pane-${seat.name}`,
        'data-testid': `pane-${seat.name}`,
        'aria-label': words.panes[seat.name],
      },
      this.#header.node,
      this.#log.node,
      this.#offers.node,
      this.#composer.node,
    );
    this.notices = new Notices(this.node);
    this.#open(seat.person, seat.chat);
  }

  #makeParts() {
    const deeds = this.#deeds;
    this.#header = new Header({
      person: (person) => this.become(person),
      newcomer: () => deeds.addPerson(),
      chat: (chat) => this.open(chat),
      members: (anchor) => openMenu(anchor, members(this)),
      more: (anchor) => openMenu(anchor, chatDeeds(deeds, this)),
    });
    this.#log = new Log({
      press: (message, button) => deeds.press(message, button),
      look: (message) => deeds.look(message),
      scan: this.name === 'patient' ? (message) => deeds.scanAtDesk(message) : null,
      link: (address) => deeds.follow(address),
      command: (text) => deeds.command(text),
      menu: (message, mine, anchor) => openMenu(anchor, this.#deedsOn(message, mine)),
    });
    this.#composer = new Composer({
      start: () => deeds.start(),
      unblock: () => deeds.unblock(),
      join: () => deeds.do('join'),
      send: (text, about) => deeds.write(text, about),
      command: (text) => deeds.command(text),
      key: (button) => deeds.pressKey(button),
      attach: (anchor) => openMenu(anchor, attachments(deeds, this, () => this.#composer.takeReply())),
      typed: (text) => this.#offers.typed(this.#queryIn(text)),
    });
    this.#offers = new Offers({
      ask: (query) => deeds.askInline(query),
      send: async (query, result) => (await deeds.sendResult(query, result)) && this.#composer.clear(),
      open: (payload) => {
        this.#composer.clear();
        return deeds.startWith(payload);
      },
    });
  }

  // What stands behind the bot's name at the beginning of a line, where the bot listens to that.
  #queryIn(text) {
    const { bot, inline } = this.world;
    const [name, query] = text.match(/^@(\w+)\s+([^]*)$/)?.slice(1) ?? [];
    return inline && name?.toLowerCase() === bot.username.toLowerCase() ? query : null;
  }

  #deedsOn(message, mine) {
    const take = (subject) => this.#composer.setSubject(subject);
    return messageDeeds(this.#deeds, { message, mine, take });
  }

  get isPrivate() {
    return this.world.isPrivate(this.chat);
  }

  get isTalk() {
    return this.world.isTalk(this.chat);
  }

  get isMember() {
    return this.world.isMember(this.person, this.chat);
  }

  get isBlocked() {
    return this.#state.blocked;
  }

  get name() {
    return this.#seat.name;
  }

  /** The world has changed: other people or members; the messages are the same. */
  meet(world) {
    this.world = world;
    const now = world.nowOf(this.chat);
    if (now !== this.chat) return this.open(now);
    this.#showHeader();
    return this.#refresh();
  }

  /** The connection was lost: reads everything again, in what may be another world altogether. */
  catchUp(world) {
    this.world = world;
    this.#seat = world.panes.find(({ name }) => name === this.#seat.name);
    if (!world.knows(this.person, this.chat)) return this.sitDown();
    const now = world.nowOf(this.chat);
    return now === this.chat ? this.#read() : this.open(now);
  }

  /** Another play has begun: nothing of the old one stays. */
  beginAnew(world) {
    this.world = world;
    this.#seat = world.panes.find(({ name }) => name === this.#seat.name);
    this.notices.beginAnew();
    return this.sitDown();
  }

  /** Back to who sits here when the page opens. */
  sitDown() {
    return this.#open(this.#seat.person, this.#seat.chat);
  }

  /** Somebody who sits nowhere has got a message, or has read it. */
  markPeople() {
    this.#showHeader();
  }

  /** Whether it shows what it showed when the page opened. */
  get isAtHome() {
    return this.person === this.#seat.person && this.chat === this.#seat.chat;
  }

  /** Another person sits here now. */
  become(person) {
    const isElsewhere = this.isPrivate || (this.isTalk && !this.world.isMember(person, this.chat));
    return this.#open(person, isElsewhere ? privateChatOf(person) : this.chat);
  }

  /** This person comes here with a link in hand and opens it. */
  async follow(person, address) {
    await this.#open(person, privateChatOf(person));
    return this.#deeds.follow(address);
  }

  /** Somebody opens a link in the pane where they sit. */
  handOver(person, address) {
    this.#on.link(person, address);
  }

  /** Staff open a link that they have read off this screen. */
  handToStaff(address) {
    this.#on.scan(address);
  }

  /** Waits until every pane knows what has changed in the world. */
  learn() {
    return this.#on.world();
  }

  /** Puts a line where the person writes, to be looked at and sent. */
  draft(text) {
    this.#composer.draft(text);
  }

  get deeds() {
    return this.#deeds;
  }

  /** Shows another chat of the same person. */
  open(chat) {
    return this.#open(this.person, chat);
  }

  /** Changes `started` or `blocked`, and with them what stands at the foot. */
  setState(change) {
    this.#state = { ...this.#state, ...change };
    this.#composer.setMode(this.#mode());
  }

  setWaiting(messageId, data) {
    this.#log.setWaiting(messageId, data);
  }

  // ---- what the server tells

  hear(event) {
    if (this.#early) this.#early.push(event);
    else if (event.chat === null || event.chat === this.chat) this.#take(event);
  }

  #take(event) {
    this.#passing[event.type]?.(event);
    if (event.seq <= this.#seq) return;
    this.#seq = event.seq;
    this.#lasting[event.type]?.(event);
  }

  #receive({ message }) {
    this.#log.add(message);
    this.#header.rest();
    if (message.from?.id === this.person) this.setState({ started: true });
    else this.#on.news();
  }

  #changeKeyboard({ person, reply_keyboard: keyboard }) {
    if (person === this.person) this.#composer.setKeyboard(keyboard);
  }

  #hearAnswer({ person, message_id: id, query_id: query, text, alert, url }) {
    if (person !== this.person) return;
    this.setWaiting(id);
    if (url) this.#deeds.offer(url);
    else if (text && alert) this.notices.alert(text, `${this.world.id} ${query}`);
    else if (text) this.notices.toast(text);
  }

  // ---- which chat is shown

  #open(person, chat) {
    this.person = person;
    this.chat = chat;
    this.world.unheard.delete(this.world.keyOf(chat, person));
    this.#composer.clear();
    return this.#read();
  }

  // Events that come while the chat is being read wait; then those it already holds are skipped.
  async #read() {
    const turn = ++this.#opening;
    this.#early ??= [];
    this.#log.setBusy(true);
    this.#showHeader();
    const chat = await this.#ask();
    if (turn !== this.#opening) return;
    if (chat) this.#show(chat);
    this.#log.setBusy(false);
    const early = this.#early;
    this.#early = null;
    early.forEach((event) => this.hear(event));
  }

  // Not the keyboard: one that its reader has put away must not come back by itself.
  async #refresh() {
    const chat = await this.#ask();
    if (chat) this.#showState(chat);
  }

  #ask() {
    return this.#deeds.attempt(() => readChat(this.chat, this.person));
  }

  #show(chat) {
    this.#seq = chat.seq;
    this.#log.fill(chat.messages, { person: this.person, chat: this.chat, group: !this.isPrivate && !this.isTalk });
    this.#composer.setKeyboard(chat.reply_keyboard);
    this.#showState(chat);
  }

  #showState({ commands, started, blocked }) {
    this.#composer.setCommands(commands);
    this.setState({ started, blocked });
  }

  #mode() {
    if (!this.isPrivate) return this.isMember ? 'write' : 'join';
    if (this.#state.blocked) return 'unblock';
    return this.#state.started ? 'write' : 'start';
  }

  #usualStatus() {
    if (this.isPrivate) return words.bot;
    return this.isTalk ? words.talk : countMembers(this.world.chats.get(this.chat).members.length);
  }

  #showHeader() {
    this.#header.show({
      chat: this.chat,
      title: this.world.titleOf(this.chat, this.person),
      status: this.#usualStatus(),
      hasMembers: !this.isPrivate && !this.isTalk,
      chats: this.world.chatsOf(this.person, this.chat),
      person: this.person,
      people: this.world.peopleAround(this.chat),
    });
  }
}
