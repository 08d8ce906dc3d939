import { locale, words } from './words.js';

const NUMBER = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

const clock = { hour: '2-digit', minute: '2-digit', hour12: false };
const FORMATS = {
  time: clock,
  day: { day: 'numeric', month: 'long' },
  dayAndYear: { day: 'numeric', month: 'long', year: 'numeric' },
  clock: { day: 'numeric', month: 'short', ...clock },
  zone: { timeZoneName: 'short' },
};
const WALL = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' };

// In the zone where the bot speaks of time: in the reader's own its words and the bubbles' would disagree.
let formats;
let wallFormat;

// The sandbox's clock may stand months ahead: the page keeps only how far.
let ahead = 0;

function readIn(timeZone) {
  const format = (options) => new Intl.DateTimeFormat(locale, { ...options, timeZone });
  formats = Object.fromEntries(Object.entries(FORMATS).map(([name, options]) => [name, format(options)]));
  wallFormat = new Intl.DateTimeFormat('en', { ...WALL, timeZone });
}

readIn(undefined);

/** The clock of the world as the server tells of it; without a zone it is the reader's. */
export function setClock({ now, zone }) {
  setSandboxNow(now);
  readIn(zone ?? undefined);
}

export function setSandboxNow(unix) {
  ahead = unix - Date.now() / 1000;
}

export const sandboxNow = () => Date.now() / 1000 + ahead;

export const timeOf = (unix) => formats.time.format(unix * 1000);

/** The day as a messenger heads it; the year only where it is not the sandbox's own. */
export function dayOf(unix) {
  const sameYear = wall(unix).getUTCFullYear() === wall(sandboxNow()).getUTCFullYear();
  return (sameYear ? formats.day : formats.dayAndYear).format(unix * 1000);
}

/** Short enough for the head of the page on a phone. */
export const clockOf = (unix) => formats.clock.format(unix * 1000);

export const momentOf = (unix) => `${dayOf(unix)}, ${timeOf(unix)}`;

/** `GMT+3`: where the clock is read. */
export const zoneOf = (unix) => formats.zone.formatToParts(unix * 1000).find(({ type }) => type === 'timeZoneName').value;

// What calendar and clock show there, as if it were in Greenwich.
function wall(unix) {
  const at = Object.fromEntries(wallFormat.formatToParts(unix * 1000).map(({ type, value }) => [type, Number(value)]));
  return new Date(Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second));
}

/** 3 seconds are 0:03. */
export const lengthOf = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

export function sizeOf(bytes) {
  const step = bytes < 1024 ? 0 : bytes < 1024 ** 2 ? 1 : 2;
  return `${NUMBER.format(bytes / 1024 ** step)}\u00a0${words.bytes[step]}`;
}

/** The same hour a month later; the 31st becomes the last day of a shorter month. */
export function nextMonth(unix) {
  const here = wall(unix);
  const there = new Date(here);
  there.setUTCDate(1);
  there.setUTCMonth(there.getUTCMonth() + 1);
  const last = new Date(Date.UTC(there.getUTCFullYear(), there.getUTCMonth() + 1, 0)).getUTCDate();
  there.setUTCDate(Math.min(here.getUTCDate(), last));
  const later = unix + (there - here) / 1000;
  return later + (there - wall(later)) / 1000; // summer time may begin or end on the way
}
