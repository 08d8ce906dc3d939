/** A number as people read it; Telegram sends it with or without its plus and always shows it. */
export function readable(phone) {
  const number = phone.startsWith('+') ? phone : `+${phone}`;
  return number.replace(/^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/, '+7\u00a0$1\u00a0$2\u2011$3\u2011$4');
}
