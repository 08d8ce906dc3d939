import { words } from './words.js';

const PLAIN_KINDS = ['photo', 'document', 'voice', 'sticker', 'video', 'video_note', 'location'];
const EMOJI = ['👍', '❤', '🔥'];

/** The menu of what can be sent besides text; `reply()` tells what it answers. */
export function attachments(deeds, { isPrivate, isTalk, notices }, reply) {
  return [
    ...PLAIN_KINDS.map((kind) => ({ label: words.kinds[kind], run: () => deeds.do(kind, reply()) })),
    { label: words.otherContact, run: () => deeds.do('contact', { kind: 'other' }) },
    { label: words.nakedContact, run: () => deeds.do('contact', { kind: 'without_id' }) },
    { label: words.forward, run: () => forward(deeds, notices) },
    ...(isPrivate || isTalk ? [] : nameless(deeds, notices)),
  ];
}

async function forward(deeds, notices) {
  const text = await notices.prompt(words.forwardField, { yes: words.send });
  if (text) deeds.do('forward', { text, from_name: words.forwardFrom });
}

const nameless = (deeds, notices) => [
  { label: words.anonymous, run: () => writeAs(deeds, notices, 'anonymous_text', words.anonymousField) },
  { label: words.asChannel, run: () => writeAs(deeds, notices, 'channel_text', words.channelField) },
];

async function writeAs(deeds, notices, type, field) {
  const text = await notices.prompt(field, { yes: words.send });
  if (text) deeds.do(type, { text });
}

/** The menu of a message; `take(subject)` hands it to the line to be answered or changed. */
export function messageDeeds(deeds, { message, mine, take }) {
  const of = { message_id: message.id };
  const canEdit = mine && message.kind === 'text';
  return [
    { label: words.reply, run: () => take({ message, edits: false }) },
    ...(canEdit ? [{ label: words.edit, run: () => take({ message, edits: true }) }] : []),
    ...EMOJI.map((emoji) => ({ label: emoji, run: () => deeds.do('react', { ...of, emoji }) })),
    { label: words.remove, danger: true, run: () => deeds.do('delete', of) },
  ];
}

/** The menu of a chat. */
export function chatDeeds(deeds, pane) {
  const items = [
    { label: words.profile, hint: pane.world.nameOf(pane.person), run: () => deeds.changeProfile() },
    { label: words.openLink, run: () => deeds.pasteLink() },
  ];
  if (pane.isTalk) return items;
  if (!pane.isPrivate && pane.isMember) return [...items, ...groupDeeds(deeds, pane)];
  items.push({ label: words.newGroup, run: () => deeds.foundGroup('supergroup') });
  items.push({ label: words.newBasicGroup, run: () => deeds.foundGroup('group') });
  if (pane.isPrivate && !pane.isBlocked) {
    items.push({ label: words.block, danger: true, run: () => deeds.block() });
  }
  return items;
}

function groupDeeds(deeds, pane) {
  const leave = { label: words.leave, danger: true, run: () => deeds.do('leave') };
  const { person, chat, world } = pane;
  if (!['creator', 'administrator'].includes(world.statusOf(person, chat))) return [leave];
  const isBasic = world.chats.get(chat).type === 'group';
  return [
    ...botDeeds(deeds, pane),
    privacyDeed(deeds, world),
    ...(isBasic ? [{ label: words.migrate, run: () => deeds.do('migrate') }] : []),
    leave,
  ];
}

const DESK_RIGHTS = ['can_delete_messages', 'can_pin_messages'];

// What the desk depends on, each switched by one click; the rest of the rights belongs to tests.
function botDeeds(deeds, { chat, world }) {
  const role = (label, wanted) => ({ label, run: () => deeds.do('bot_role', { role: wanted }) });
  const status = world.statusOf(world.bot.id, chat);
  if (status === 'left') return [role(words.addBot, 'member')];
  if (status === 'member') return [role(words.raiseBot, 'administrator'), role(words.removeBot, 'left')];
  const held = new Set(world.chats.get(chat).bot_rights);
  const rights = DESK_RIGHTS.map((right) => ({
    label: `${held.has(right) ? '✓' : '✗'} ${words.botRights[right]}`,
    run: () => deeds.do('rights', { rights: { [right]: !held.has(right) } }),
  }));
  return [...rights, role(words.demoteBot, 'member'), role(words.removeBot, 'left')];
}

function privacyDeed(deeds, { privacy }) {
  return {
    label: privacy ? words.privacyOff : words.privacyOn,
    hint: words.privacyHint,
    run: () => deeds.setPrivacy(!privacy),
  };
}

/** Who is in the group and as what; a click seats that person here. */
export function members(pane) {
  return pane.world.membersOf(pane.chat).map(({ id, name, status }) => ({
    label: name,
    hint: id === pane.world.bot.id ? `${words.bot}, ${words.statuses[status]}` : words.statuses[status],
    run: () => id !== pane.world.bot.id && pane.become(id),
  }));
}

/** What people do that a bot has to live with; one click for each pane where it is possible. */
export function troublesByPeople(panes) {
  return panes.filter(({ isAtHome, name }) => isAtHome && name !== 'owner').map(troubleBy);
}

function troubleBy(pane) {
  const { deeds, isPrivate, isBlocked, isMember } = pane;
  const name = pane.world.nameOf(pane.person);
  if (!isPrivate) {
    return isMember
      ? { label: words.leavesGroup(name), danger: true, run: () => deeds.do('leave') }
      : { label: words.comesBack(name), run: () => deeds.do('join') };
  }
  return isBlocked
    ? { label: words.unblocksBot(name), run: () => deeds.unblock() }
    : { label: words.blocksBot(name), danger: true, run: () => deeds.block() };
}
