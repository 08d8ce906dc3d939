/** Makes an element. Strings among the children become text nodes, never HTML. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) put(node, name, value);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function put(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
  else node.setAttribute(name, value === true ? '' : value);
}

const SHAPES = {
  send: 'M3 20.5v-7l9-1.5-9-1.5v-7L22 12z',
  clip: 'M16.5 6.5v10a4.5 4.5 0 0 1-9 0V6a3 3 0 0 1 6 0v9.5a1.5 1.5 0 0 1-3 0V7H9v8.5a3 3 0 0 0 6 0V6a4.5 4.5 0 0 0-9 0v10.5a6 6 0 0 0 12 0v-10z',
  dots: 'M12 7.8a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8zm0 6.1a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8zm0 6.1a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8z',
  keyboard: 'M5 4h5a1 1 0 0 1 1 1v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zm9 0h5a1 1 0 0 1 1 1v5a1 1 0 0 1-1 1h-5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM5 13h5a1 1 0 0 1 1 1v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-5a1 1 0 0 1 1-1zm9 0h5a1 1 0 0 1 1 1v5a1 1 0 0 1-1 1h-5a1 1 0 0 1-1-1v-5a1 1 0 0 1 1-1z',
  slash: 'M14.6 3h2.5L9.4 21H6.9z',
  cross: 'M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4z',
  down: 'M12 16.4 4.6 9 6 7.6l6 6 6-6L19.4 9z',
  theme: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 2v16a8 8 0 0 1 0-16z',
  trouble: 'M12 2.5 23 21H1zM11 9v6h2V9zm0 7.5v2h2v-2z',
  tour: 'M5 2h2v1.5h12.5L17 8.5l2.5 5H7V22H5z',
  code: 'M3 3h8v8H3zm2 2v4h4V5zm8-2h8v8h-8zm2 2v4h4V5zM3 13h8v8H3zm2 2v4h4v-4zm8-2h3v3h-3zm5 0h3v3h-3zm-2.5 3.5h3v3h-3zM13 18h2.5v3H13zm5 0h3v3h-3z',
  play: 'M8 5v14l11-7z',
  fold: 'M12 8.6 18.6 15.2 17.2 16.6 12 11.4 6.8 16.6 5.4 15.2z',
  file: 'M6 2h8l5 5v13a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zm7.5 1.5V8H18z',
};

const SVG = 'http://www.w3.org/2000/svg';

/** A drawn sign. It is decoration: the button around it carries the name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', SHAPES[name]);
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'icon');
  svg.append(path);
  return svg;
}

/** A button that shows only a sign; `label` is what it is called. */
export function iconButton(name, label, onclick, attributes = {}) {
  return el(
    'button',
    { type: 'button', class: 'round', 'aria-label': label, title: label, onclick, ...attributes },
    icon(name),
  );
}
