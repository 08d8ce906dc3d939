import { locale, words } from './words.js';

const TIME = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false });
const DAY = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' });
const DAY_AND_YEAR = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' });
const CLOCK = new Intl.DateTimeFormat(locale, {
  day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hour12: false,
});
const NUMBER = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

export const timeOf = (unix) => TIME.format(unix * 1000);

/** The day as a messenger heads it; the year only where it is not the sandbox's own. */
export function dayOf(unix) {
  const date = new Date(unix * 1000);
  const sameYear = date.getFullYear() === new Date(sandboxNow() * 1000).getFullYear();
  return (sameYear ? DAY : DAY_AND_YEAR).format(date);
}

/** Short enough for the head of the page on a phone. */
export const clockOf = (unix) => CLOCK.format(unix * 1000);

export const momentOf = (unix) => `${dayOf(unix)}, ${timeOf(unix)}`;

// The sandbox's clock may stand months ahead: the page keeps only how far.
let ahead = 0;

export function setSandboxNow(unix) {
  ahead = unix - Date.now() / 1000;
}

export const sandboxNow = () => Date.now() / 1000 + ahead;

/** 3 seconds are 0:03. */
export const lengthOf = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

export function sizeOf(bytes) {
  const step = bytes < 1024 ? 0 : bytes < 1024 ** 2 ? 1 : 2;
  return `${NUMBER.format(bytes / 1024 ** step)}\u00a0${words.bytes[step]}`;
}

/** The same hour a month later; the 31st becomes the last day of a shorter month. */
export function nextMonth(unix) {
  const date = new Date(unix * 1000);
  const day = date.getDate();
  date.setDate(1);
  date.setMonth(date.getMonth() + 1);
  const last = new Date(date.getFullYear(), date.getMonth() + 1, 0).getDate();
  date.setDate(Math.min(day, last));
  return date.getTime() / 1000;
}
