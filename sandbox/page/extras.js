import { words } from './words.js';

const PLAIN_KINDS = ['photo', 'document', 'voice', 'sticker', 'video', 'video_note', 'location'];
const EMOJI = ['👍', '❤', '🔥'];

/** The menu of what can be sent besides text. */
export function attachments(deeds, { isPrivate, notices }) {
  return [
    ...PLAIN_KINDS.map((kind) => ({ label: words.kinds[kind], run: () => deeds.do(kind) })),
    { label: words.otherContact, run: () => deeds.do('contact', { kind: 'other' }) },
    { label: words.nakedContact, run: () => deeds.do('contact', { kind: 'without_id' }) },
    { label: words.forward, run: () => forward(deeds, notices) },
    ...(isPrivate ? [] : [{ label: words.anonymous, run: () => writeAsGroup(deeds, notices) }]),
  ];
}

async function forward(deeds, notices) {
  const text = await notices.prompt(words.forwardField, { yes: words.send });
  if (text) deeds.do('forward', { text, from_name: words.forwardFrom });
}

async function writeAsGroup(deeds, notices) {
  const text = await notices.prompt(words.anonymousField, { yes: words.send });
  if (text) deeds.do('anonymous_text', { text });
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
export function chatDeeds(deeds, { isPrivate, isMember, isBlocked }) {
  const items = [{ label: words.openLink, run: () => deeds.pasteLink() }];
  if (isPrivate && !isBlocked) {
    items.push({ label: words.block, danger: true, run: () => deeds.block() });
  }
  if (!isPrivate && isMember) {
    items.push({ label: words.leave, danger: true, run: () => deeds.do('leave') });
  }
  return items;
}
