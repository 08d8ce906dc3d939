/**
 * The walk through the clinic, in order. Its words stand in words.js under the same ids.
 *
 * A step: `id`; `pane`, where it happens; `done(event, cast)`, whether this event of the server's
 * stream ends it; `point`, what to press there (a CSS selector inside the pane, the last that
 * matches); `aid`, the button that the tour itself offers: `line` or `clock`; `astray(event, cast)`,
 * whether this event leads away from the walk: the step then says how to come back.
 *
 * `cast`: the chats of the play by pane: {patient, staff, owner}. Buttons are known by the first
 * word of their callback data, never by their labels: the walk is the same in every language.
 */
export const STEPS = [
  {
    id: 'start',
    pane: 'patient',
    done: (event, cast) => says(event, cast.patient, '/start'),
    point: '[data-testid="start-button"]',
  },
  {
    id: 'consent',
    pane: 'patient',
    done: (event, cast) => keyboard(event, cast.patient)?.some((key) => key.request_contact) ?? false,
    point: '.row:first-child > [data-callback^="consent:"]',
  },
  {
    id: 'phone',
    pane: 'patient',
    done: (event, cast) => keyboard(event, cast.patient)?.every((key) => !key.request_contact) ?? false,
    point: '.keys .row:first-child > .key:first-child',
  },
  {
    id: 'name',
    pane: 'patient',
    done: (event, cast) => presses(event, cast.patient, 'name'),
    point: '.row:first-child > [data-callback^="name:"]',
  },
  {
    id: 'code',
    pane: 'patient',
    done: (event, cast) => shows(event, cast.patient, 'code'),
    point: '.keys .row:first-child > .key:first-child',
  },
  {
    id: 'line',
    pane: 'staff',
    done: (event, cast) => shows(event, cast.staff, 'card'),
    point: '[data-testid="send"]',
    aid: 'line',
  },
  {
    id: 'record',
    pane: 'staff',
    done: (event, cast) => shows(event, cast.patient, 'complain'),
    point: '[data-callback^="card:"][data-callback*=":rec:"]',
  },
  {
    id: 'later',
    pane: 'patient',
    done: (event, cast) => shows(event, cast.patient, 'rate'),
    aid: 'clock',
  },
  {
    id: 'rate',
    pane: 'patient',
    done: (event, cast) => shows(event, cast.patient, 'why'),
    astray: (event, cast) => presses(event, cast.patient, 'rate') && /:[45]$/.test(event.data),
    point: '[data-callback^="rate:"][data-callback$=":2"]',
  },
  {
    id: 'why',
    pane: 'patient',
    done: (event, cast) => presses(event, cast.patient, 'why'),
    point: '.inline:has([data-callback^="why:"])',
  },
  {
    id: 'take',
    pane: 'owner',
    done: (event, cast) => presses(event, cast.owner, 'case', 'take'),
    point: '[data-callback^="case:"][data-callback*="take"]',
  },
  {
    id: 'solve',
    pane: 'owner',
    done: (event, cast) => shows(event, cast.owner, 'cases') && event.message.text.includes('✅'),
    point: '[data-callback^="case:"][data-callback*="solve"]',
  },
];

/** The one-time code on the patient's screen: the newest message that can renew it. */
export function codeIn(messages) {
  const shown = messages.findLast((message) => holds(message, 'code'));
  return shown?.text.match(/\b\d{4}\b/)?.[0] ?? null;
}

const kindOf = (data) => data?.split(':')[0];

const holds = (message, kind) =>
  message.from.is_bot && Boolean(message.buttons?.flat().some(({ callback_data: data }) => kindOf(data) === kind));

const says = ({ type, chat, message }, where, words) =>
  type === 'message' && chat === where && !message.from.is_bot && message.text.startsWith(words);

const shows = ({ type, chat, message }, where, kind) =>
  (type === 'message' || type === 'edit') && chat === where && holds(message, kind);

const presses = ({ type, chat, data }, where, kind, word = '') =>
  type === 'callback_waiting' && chat === where && kindOf(data) === kind && data.includes(word);

// The large buttons that somebody has got, if this event brings any.
const keyboard = ({ type, chat, reply_keyboard: keys }, where) =>
  type === 'keyboard' && chat === where ? keys?.rows.flat() : null;
