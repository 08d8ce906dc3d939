import { act, addPerson, changePerson, foundGroup, scan, setPrivacy } from './api.js';
import { el } from './dom.js';
import { readLink } from './links.js';
import { readable } from './phones.js';
import { inventedPhone, profileFields, profileOf } from './profile.js';
import { language, words } from './words.js';
import { privateChatOf } from './world.js';

/**
 * What the person of a pane does. Each deed goes to the server; a refusal becomes a toast and null.
 *
 * The pane gives: world, person, chat, isPrivate, notices, setState(change),
 * setWaiting(messageId, data?), open(chat), become(person), learn(), handOver(person, address) and
 * handToStaff(address).
 */
export class Deeds {
  #pane;

  constructor(pane) {
    this.#pane = pane;
  }

  async attempt(deed) {
    try {
      return await deed();
    } catch (error) {
      this.#pane.notices.toast(`${words.failed}: ${error.message}`);
      return null;
    }
  }

  do(type, fields = {}) {
    const { person, chat } = this.#pane;
    return this.attempt(() => act({ person, chat, type, ...fields }));
  }

  write(text, { replyTo, edits }) {
    if (edits !== null) return this.do('edit', { message_id: edits, text });
    return this.do('text', replyTo === null ? { text } : { text, reply_to: replyTo });
  }

  command(text) {
    return this.write(text, { replyTo: null, edits: null });
  }

  async start(payload) {
    const done = await this.do('start', payload ? { payload } : {});
    if (done) this.#pane.setState({ started: true, blocked: false });
  }

  async block() {
    if (await this.do('block')) this.#pane.setState({ blocked: true });
  }

  async unblock() {
    if (await this.do('unblock')) this.#pane.setState({ blocked: false });
  }

  /** True when the key did its work, false when the person thought better of it. */
  async pressKey({ text, request_contact: asksPhone }) {
    if (asksPhone && !(await this.#agreesToShare())) return false;
    const done = asksPhone ? await this.do('contact', { kind: 'own' }) : await this.do('text', { text });
    return done !== null;
  }

  // The applications of Telegram ask this themselves before a bot learns a number.
  #agreesToShare() {
    const { world, person, notices } = this.#pane;
    const { phone } = world.people.get(person);
    if (phone) return notices.confirm(words.askPhone(readable(phone)), { yes: words.share, testid: 'contact-confirm' });
    notices.toast(words.noPhone);
    return false;
  }

  press(message, button) {
    if (button.callback_data !== undefined) return this.#callBack(message.id, button.callback_data);
    if (button.url !== undefined) return this.follow(button.url);
    if (button.copy_text !== undefined) return this.#copy(button.copy_text.text ?? button.copy_text);
    const where = button.switch_inline_query_chosen_chat;
    if (where !== undefined && this.#pane.world.inline) return this.#sendOn(where);
    return this.#pane.notices.toast(words.otherButton);
  }

  // Telegram asks to whom, opens that chat and writes the bot's name there.
  async #sendOn({ query = '', allow_user_chats: people, allow_group_chats: groups }) {
    const { world, person, notices } = this.#pane;
    const friends = world.everybody().filter(({ value }) => value !== person);
    const chats = world.groupsOf(person).map((id) => ({ label: world.titleOf(id), value: id }));
    const chosen = await notices.choose(words.sendTo, [...(people ? friends : []), ...(groups ? chats : [])]);
    const chat = world.people.has(chosen) ? await this.#talkWith(chosen) : chosen;
    if (chat === null) return;
    await this.#pane.open(chat);
    this.#pane.draft(`@${world.bot.username} ${query}`);
  }

  async #talkWith(friend) {
    const opened = await this.do('talk', { with: friend });
    if (!opened) return null;
    await this.#pane.learn();
    return opened.chat;
  }

  /** Types behind the bot's name; the number of the query. */
  async askInline(query) {
    return (await this.do('inline', { query }))?.query_id ?? null;
  }

  sendResult(query, result) {
    return this.do('inline_send', { query_id: query, result_id: result });
  }

  async #callBack(id, data) {
    this.#pane.setWaiting(id, data);
    if (!(await this.do('press', { message_id: id, data }))) this.#pane.setWaiting(id);
  }

  async #copy(text) {
    const copied = await navigator.clipboard.writeText(text).then(() => true, () => false);
    this.#pane.notices.toast(copied ? words.copied : words.notCopied);
  }

  /** Opens a link the person clicked: one to the bot stays in this pane. */
  follow(address) {
    const link = this.#read(address);
    if (link?.kind === 'start') return this.startWith(link.payload);
    if (link?.kind === 'startgroup') return this.#startInGroup(link.payload);
    if (link?.kind === 'outside') return window.open(link.url, '_blank', 'noopener');
    return this.#pane.notices.toast(link ? words.inTelegram : words.badLink);
  }

  /** Opens a link the bot sent as an answer: browsers open no window unasked, so it is shown instead. */
  offer(address) {
    const link = this.#read(address);
    if (link?.kind !== 'outside') return this.follow(address);
    const anchor = el('a', { href: link.url, target: '_blank', rel: 'noopener' }, link.url);
    return this.#pane.notices.toast(`${words.goOut}: `, anchor);
  }

  #read(address) {
    return readLink(address, this.#pane.world.bot.username);
  }

  async startWith(payload) {
    if (!this.#pane.isPrivate) await this.#pane.open(privateChatOf(this.#pane.person));
    if (payload) await this.start(payload);
  }

  async #startInGroup(payload) {
    const { world, person, notices } = this.#pane;
    const groups = world.groupsOf(person).map((id) => ({ label: world.titleOf(id), value: id }));
    if (!groups.length) return notices.toast(words.noGroup);
    const group = await notices.choose(words.whichGroup, groups);
    if (group === null) return null;
    await this.#pane.open(group);
    if (!world.isMember(world.bot.id, group)) return this.do('bot_role', { role: 'member', payload });
    return this.do('text', { text: `/start@${world.bot.username} ${payload}`.trim() });
  }

  /** Enlarges a photo; somebody may scan the code in it with a phone of their own. */
  async look({ id, photo }) {
    const { chat, world, notices } = this.#pane;
    if (!(await notices.look(photo))) return;
    const found = await this.attempt(() => scan(chat, id));
    if (!found) return;
    const person = await notices.choose(words.scanAs, world.everybody());
    if (person !== null) this.#pane.handOver(person, found.link);
  }

  /** Staff scan the code in a photo, as if this person held the screen up at the desk. */
  async scanAtDesk({ id }) {
    const found = await this.attempt(() => scan(this.#pane.chat, id));
    if (found) this.#pane.handToStaff(found.link);
  }

  /** Invents somebody, who sits here from then on. */
  async addPerson() {
    const profile = await this.#askProfile(words.newPersonTitle, { language, phone: inventedPhone() }, words.create);
    const added = profile && (await this.attempt(() => addPerson(profile)));
    if (!added) return;
    await this.#pane.learn();
    await this.#pane.become(added.id);
  }

  async changeProfile() {
    const { world, person } = this.#pane;
    const profile = await this.#askProfile(words.profileTitle, world.people.get(person), words.save);
    if (profile) await this.attempt(() => changePerson(person, profile));
  }

  async #askProfile(title, person, yes) {
    const form = await this.#pane.notices.fill(title, profileFields(person), { yes });
    return form && profileOf(form);
  }

  async foundGroup(kind) {
    const { person, notices } = this.#pane;
    const title = await notices.prompt(words.groupTitle, { yes: words.create });
    const group = title && (await this.attempt(() => foundGroup(title, kind, [person])));
    if (!group) return;
    await this.#pane.learn();
    await this.#pane.open(group.id);
  }

  setPrivacy(privacy) {
    return this.attempt(() => setPrivacy(privacy));
  }

  async pasteLink() {
    const pasted = await this.#pane.notices.prompt(words.linkField, { yes: words.open });
    if (!pasted) return;
    if (/^[\w-]+$/.test(pasted)) this.startWith(pasted);
    else this.follow(pasted);
  }
}
