import { el } from './dom.js';
import { words } from './words.js';

const PHONE = '\\+?[\\d\\s\\(\\)\\-]{7,20}';

/** The fields of somebody's Telegram profile, to be filled in a form. `person`: as in the world. */
export function profileFields(person) {
  return [
    field(words.firstName, { name: 'first_name', value: person.first_name, required: true }),
    field(words.lastName, { name: 'last_name', value: person.last_name }),
    field(words.phone, { name: 'phone', type: 'tel', pattern: PHONE, value: person.phone }, words.phoneHint),
    languageField(person.language),
    field(words.birthday, { name: 'birthdate', type: 'date', value: dateOf(person.birthdate) }, words.birthdayHint),
  ];
}

/** What the form says, as the server wants it; an empty field is something the person does not have. */
export function profileOf({ birthdate, phone, ...rest }) {
  const filled = Object.entries(rest).map(([name, value]) => [name, value.trim() || null]);
  return { ...Object.fromEntries(filled), phone: digitsOf(phone), birthdate: birthdateOf(birthdate) };
}

/** A number that belongs to nobody: Russia gives out none that begin with +7 999 000. */
export const inventedPhone = () => `+7999000${String(Math.random()).slice(2, 6).padEnd(4, '0')}`;

function field(label, attributes, hint) {
  const input = el('input', { class: 'field', dir: 'auto', autocomplete: 'off', ...attributes });
  return el('label', {}, label, input, hint ? el('small', {}, hint) : null);
}

function languageField(language) {
  const select = el(
    'select',
    { class: 'field', name: 'language' },
    ...Object.entries(words.languages).map(([value, label]) => el('option', { value }, label)),
  );
  select.value = language in words.languages ? language : '';
  return el('label', {}, words.telegramLanguage, select);
}

const digitsOf = (phone) => phone.replace(/[\s()\u2011-]/g, '') || null;

const two = (number) => String(number).padStart(2, '0');

// Telegram lets people hide the year; a field for dates knows no such thing.
const dateOf = (birthdate) =>
  birthdate ? `${birthdate.year ?? 1980}-${two(birthdate.month)}-${two(birthdate.day)}` : '';

function birthdateOf(date) {
  if (!date) return null;
  const [year, month, day] = date.split('-').map(Number);
  return { day, month, year };
}
