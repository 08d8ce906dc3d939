import { el, iconButton } from './dom.js';
import { initial } from './bubble.js';
import { words } from './words.js';

const TYPING_LASTS = 5000;
const NEWCOMER = 'new';

/**
 * The head of a pane: the chat, what the bot is doing, and who you are here.
 *
 * `on`: {person(id), newcomer(), chat(id), members(anchor), more(anchor)}.
 */
export class Header {
  node;
  #picture = el('span', { class: 'picture', 'aria-hidden': 'true' });
  #title = el('h2', { dir: 'auto' });
  #chats;
  #status;
  #people;
  #person = '';
  #usualStatus = '';
  #typing;

  constructor(on) {
    this.#chats = el('select', {
      class: 'chats', 'aria-label': words.chat, 'data-testid': 'chat-select',
      onchange: ({ target }) => on.chat(Number(target.value)),
    });
    this.#people = el('select', {
      'aria-label': words.youAre, 'data-testid': 'person-select',
      onchange: ({ target }) => this.#choosePerson(target, on),
    });
    this.#status = el('button', {
      type: 'button', class: 'status', onclick: (event) => on.members(event.currentTarget),
    });
    const more = iconButton('dots', words.more, (event) => on.more(event.currentTarget), {
      'data-testid': 'more', 'aria-haspopup': 'menu',
    });
    this.node = el(
      'header',
      { class: 'head' },
      this.#picture,
      el(
        'div',
        { class: 'about' },
        this.#title,
        this.#chats,
        el('div', { class: 'below' }, this.#status, el('label', { class: 'you' }, el('span', { class: 'you-are' }, `${words.you}: `), this.#people)),
      ),
      more,
    );
  }

  /** `chats` are those open to this person: [{id, title}]; `people` [{id, name, extra}]. */
  show({ chat, title, status, hasMembers, chats, person, people }) {
    this.#picture.textContent = initial(title);
    this.#title.textContent = title;
    this.#title.hidden = chats.length > 1;
    this.#chats.hidden = chats.length < 2;
    fill(this.#chats, chats.map(({ id, title: label }) => [id, label]), chat);
    this.#showPeople(people, person);
    this.#usualStatus = status;
    this.#status.disabled = !hasMembers;
    this.#status.title = hasMembers ? words.showMembers : '';
    this.rest();
  }

  // The crowd of a demo clinic stands apart: whoever plays looks for the few with a part.
  #showPeople(people, person) {
    const extras = people.filter(({ extra }) => extra).sort((a, b) => a.name.localeCompare(b.name));
    const main = people.filter(({ extra }) => !extra);
    const groups = extras.length
      ? [group(words.mainPeople, main), group(words.extraPeople, extras)]
      : choices(main);
    this.#people.replaceChildren(...groups, el('option', { value: NEWCOMER }, words.newPerson));
    this.#people.value = this.#person = String(person);
  }

  #choosePerson(select, on) {
    if (select.value !== NEWCOMER) return on.person(Number(select.value));
    select.value = this.#person;
    return on.newcomer();
  }

  /** Telegram shows an action for five seconds, or until the message comes. */
  busy(action) {
    clearTimeout(this.#typing);
    this.#status.textContent = words.actions[action] ?? words.actions.other;
    this.#status.dataset.testid = 'typing';
    this.#typing = setTimeout(() => this.rest(), TYPING_LASTS);
  }

  rest() {
    clearTimeout(this.#typing);
    this.#status.textContent = this.#usualStatus;
    delete this.#status.dataset.testid;
  }
}

function fill(select, choices, chosen) {
  select.replaceChildren(...choices.map(([value, label]) => el('option', { value }, label)));
  select.value = String(chosen);
}

const choices = (people) => people.map(({ id, name }) => el('option', { value: id }, name));

const group = (label, people) => el('optgroup', { label }, ...choices(people));
