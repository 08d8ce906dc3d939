async function ask(path, options) {
  const response = await fetch(path, options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `HTTP ${response.status}`);
  return answer;
}

export const readWorld = () => ask('/api/world');

export const readChat = (chat, person) => ask(`/api/chat?${new URLSearchParams({ chat, person })}`);

/** What has happened in a chat: events as the stream told them. */
export const readPast = (chat) => ask(`/api/past?${new URLSearchParams({ chat })}`);

const send = (method, path, body) =>
  ask(path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

export const act = (deed) => send('POST', '/api/act', deed);

/** Makes a group; the first of its members creates it. */
export const foundGroup = (title, kind, members) => send('POST', '/api/groups', { title, kind, members });

/** What the owner of the bot switches at BotFather. */
export const setPrivacy = (privacy) => send('PATCH', '/api/bot', { privacy });

/** Invents somebody, or changes who somebody is. */
export const addPerson = (profile) => send('POST', '/api/people', profile);
export const changePerson = (id, profile) => send('PATCH', `/api/people/${id}`, profile);

/** Moves the clock by seconds, or to the next thing that is due. */
export const addToClock = (seconds) => send('POST', '/api/clock', { add: seconds });
export const clockToNextEvent = () => send('POST', '/api/clock', { to: 'next_event' });

export const orderTrouble = (trouble) => send('POST', '/api/trouble', trouble);
export const callOffTroubles = () => send('DELETE', '/api/trouble', {});

/** A fresh clinic; answers when it is open. */
export const restart = () => send('POST', '/api/restart', {});

/** What the QR code in a message's photo says. */
export const scan = (chat, message) => send('POST', '/api/scan', { chat, message_id: message });
