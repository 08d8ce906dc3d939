async function ask(path, options) {
  const response = await fetch(path, options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `HTTP ${response.status}`);
  return answer;
}

export const readWorld = () => ask('/api/world');

export const readChat = (chat, person) => ask(`/api/chat?${new URLSearchParams({ chat, person })}`);

const send = (method, path, body) =>
  ask(path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

export const act = (deed) => send('POST', '/api/act', deed);

/** Makes a group; the first of its members creates it. */
export const foundGroup = (title, kind, members) => send('POST', '/api/groups', { title, kind, members });

/** What the owner of the bot switches at BotFather. */
export const setPrivacy = (privacy) => send('PATCH', '/api/bot', { privacy });

/** What the QR code in a message's photo says. */
export const scan = (chat, message) => send('POST', '/api/scan', { chat, message_id: message });
