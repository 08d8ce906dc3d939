const OUTSIDE = new Set(['http:', 'https:', 'mailto:', 'tel:']);
const TELEGRAM = new Set(['t.me', 'telegram.me', 'telegram.dog']);

/**
 * Says what a link means here: `start` and `startgroup` of the bot (with the payload, empty for a
 * bare link), `telegram` for any other place in Telegram, `outside` for the rest of the world, or
 * null for an address nobody should follow.
 */
export function readLink(address, username) {
  const url = parse(address);
  if (!url) return null;
  const name = telegramName(url);
  if (name === username.toLowerCase()) return toBot(url.searchParams);
  // An invented username may be somebody's real one: the page does not go there.
  if (name !== null) return { kind: 'telegram' };
  return OUTSIDE.has(url.protocol) ? { kind: 'outside', url: url.href } : null;
}

function parse(address) {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
  return URL.canParse(full) ? new URL(full) : null;
}

function toBot(query) {
  if (query.has('startgroup')) return { kind: 'startgroup', payload: query.get('startgroup') };
  return { kind: 'start', payload: query.get('start') ?? '' };
}

/** The name a Telegram link is about, in lower case; null where the link is no Telegram one. */
function telegramName(url) {
  if (url.protocol === 'tg:') return url.searchParams.get('domain')?.toLowerCase() ?? '';
  return TELEGRAM.has(url.hostname) ? url.pathname.split('/')[1].toLowerCase() : null;
}
