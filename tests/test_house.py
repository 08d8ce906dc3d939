"""The house checks itself: what the house's own laws say, read from the code as it stands.

The tables at the top are the laws; `tests/house/` knows how to look.
"""

import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterable
from itertools import chain

import pytest
from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.setting_words import SETTINGS
from bot.settings import Settings
from db.audit import CHECKS, REFERENCES
from handlers import commands
from handlers.staff.card import TYPED
from handlers.staff.tasks import OF_ONE
from loyalty import referrals
from loyalty.appointments.appointment import State
from loyalty.cards import Colour, LinkKind
from loyalty.categories import Category
from loyalty.desk.approving import DecidedBy
from loyalty.given_up import Why as LostBy
from loyalty.kinds import KINDS
from loyalty.numbers import NUMBERS, Group
from loyalty.opinions import Call, CaseState, Feels, Why
from loyalty.people import Relation
from loyalty.points import PAYMENT, Kind
from loyalty.programme import DEFAULTS
from loyalty.requests import RequestState
from loyalty.reviews import Site
from loyalty.sources import Place
from loyalty.tasks.task import Result as TaskResult
from loyalty.tasks.task import TaskKind, Wish
from loyalty.visits import ReversalKind, VisitKind
from screens.callbacks.corrections import GiftReason, ReturnReason
from screens.callbacks.kit import Paper
from screens.callbacks.rating import CaseAct, CaseList
from screens.callbacks.tasks import TaskAct
from screens.returns import Which
from screens.staff_chat import Whose
from screens.texts import LANGUAGES, MissingTextError, Texts, texts_in
from tests.house import arrows, buttons, catalogues, supply, text_keys, words
from tests.house.arrows import Room
from tests.house.catalogues import catalogue, messages
from tests.house.sources import HOUSE, ROOMS, SPEAKING, import_rooms, sources
from tests.house.text_keys import Use, exactly

# | room | may import |, as design.md has it. Room(rooms, libraries); the standard library always.
ARROWS = {
    "loyalty": Room((), ("phonenumbers",)),
    "db": Room(("loyalty",), ("sqlalchemy", "alembic", "aiosqlite")),
    "screens": Room(
        ("loyalty",),
        (
            *("aiogram.types", "aiogram.filters.callback_data", "pydantic"),
            *("fluent", "babel"),
            *("xlsxwriter", "qrcode", "PIL", "matplotlib"),
        ),
    ),
    "handlers": Room(("loyalty", "screens"), ("aiogram", "structlog")),
    "scheduler": Room(("loyalty", "screens"), ("aiogram", "apscheduler", "structlog")),
    "sandbox": Room((), ("aiohttp", "aiogram.types", "PIL", "zxingcpp")),
    "locales": Room(()),
    "bot": Room(("loyalty", "db", "screens", "handlers", "scheduler"), ...),
}
# One file may go where its room may not.
DOORS = {
    "scheduler/__main__.py": "bot",
    "bot/sandbox.py": "sandbox",
}

_NUMBERS = sorted({f"number-{one.text}" for one in NUMBERS})
_ABOUT_NUMBERS = [f"{key}-about" for key in _NUMBERS]
_GROUPS = [f"number-group-{group}" for group in Group]

# Keys that are not written where the text is asked for: which file, by what expression, and
# where they come from.
HANDED_ON = {
    ("bot/main.py", "key"): text_keys.seen_elsewhere,
    ("bot/sentence.py", "self.key"): text_keys.seen_elsewhere,
    ("bot/help.py", "command.help or ''"): text_keys.of_commands,
    ("bot/help.py", "parameter.help or ''"): text_keys.of_commands,
    ("bot/help.py", "heading"): exactly("help-required", "help-optional"),
    ("bot/help.py", "words.about"): text_keys.of_settings,
    ("bot/settings.py", "words.missing"): text_keys.of_settings,
    ("bot/settings.py", "words.wrong"): text_keys.of_settings,
    ("bot/settings.py", "detail['type']"): text_keys.of_checks_between_settings,
    ("handlers/errors.py", "refusal.text"): text_keys.of_refusals,
    ("screens/settings.py", "f'number-{one.text}'"): exactly(*_NUMBERS),
    ("screens/settings.py", "f'number-{one.text}-about'"): exactly(*_ABOUT_NUMBERS),
    ("screens/settings.py", "f'number-group-{group}'"): exactly(*_GROUPS),
    ("screens/settings.py", "f'number-group-{one.group}'"): exactly(*_GROUPS),
}

# What a text chooses its words by, where that is not a number: each of these has a word.
TIERS = [tier.name for tier in DEFAULTS.tiers]
STANDINGS = ["waiting", "staff", "manager"]  # of whom the pages show
DECIDED = [RequestState.GRANTED, RequestState.REFUSED, RequestState.UNDONE]
CALLS = [kind for kind in TaskKind if kind is not TaskKind.WORDS]  # there is nothing to say
CHOICES = {
    ("balance", "tier"): TIERS,
    ("balance-next", "tier"): TIERS,
    ("help-tier", "tier"): TIERS,
    ("help-tier-first", "tier"): TIERS,
    ("history-line", "kind"): [*Kind, PAYMENT],
    ("privacy-advertising", "choice"): ["on", "off"],
    ("privacy-care", "choice"): ["on", "off"],
    ("promo-is", "standing"): ["on", "off"],
    ("letter-reward", "ends"): ["day", "none"],
    ("friends-came", "ends"): ["day", "none"],
    ("referrals-bond", "paid"): ["yes", "no"],
    ("letter-kind", "kind"): list(KINDS),
    ("lost-count", "why"): list(LostBy),
    ("lost-why", "why"): list(LostBy),
    ("referrals-strange-line", "why"): list(referrals.Why),
    ("recommend-reward", "how"): ["share", "fixed", "both"],
    ("request-friends", "state"): ["waiting", "decided"],
    ("private-only", "who"): list(Whose),
    ("export-state-is", "state"): list(State),
    ("export-relation-is", "relation"): list(Relation),
    ("export-source-is", "source"): ["bot", "desk"],
    ("export-brought-is", "brought"): ["yes", "no"],
    ("export-link-kind", "kind"): [kind.name.lower() for kind in LinkKind],
    ("export-consent-is", "kind"): ["data", "advertising", "spending"],
    ("export-decision-is", "decision"): ["given", "refused", "withdrawn"],
    ("export-operation-is", "kind"): list(Kind),
    ("category", "category"): list(Category),
    ("card-colour", "colour"): list(Colour),
    ("card-bill", "kind"): [VisitKind.ATTENDANCE, VisitKind.ADVANCE],
    ("card-type", "what"): list(TYPED),
    ("card-awaits", "what"): list(TYPED),
    ("card-button-part", "chosen"): ["yes", "no"],
    ("receipt-cancelled", "kind"): [kind for kind in ReversalKind if kind.cancels],
    ("appointment-when", "near"): ["today", "tomorrow", "later"],
    ("appointment-remind-several", "named"): ["yes", "no"],
    ("promise", "near"): ["by", "today", "tomorrow", "later"],
    ("appointment-missed", "named"): ["yes", "no"],
    ("appointment-remind", "named"): ["yes", "no"],
    ("booking-title", "state"): list(State),
    ("booking-title", "asked"): ["yes", "no"],
    ("team-label", "standing"): STANDINGS,
    ("team-person", "standing"): STANDINGS,
    ("return-reason", "reason"): list(ReturnReason),
    ("return-all", "which"): [Which.ALL, Which.REST],
    ("return-question", "which"): list(Which),
    ("gift-reason", "reason"): list(GiftReason),
    ("review-at", "site"): list(Site),
    ("review-site", "site"): list(Site),
    ("request-decided", "state"): DECIDED,
    ("request-granted-by", "who"): list(DecidedBy),
    ("request-refused-by", "who"): list(DecidedBy),
    ("merge-undone-by", "who"): list(DecidedBy),
    ("rating-why", "why"): list(Why),
    ("rating-call", "call"): list(Call),
    ("rating-next", "call"): list(Call),
    ("aftercare-answer", "feels"): list(Feels),
    ("aftercare-stands", "feels"): [Feels.QUESTION, Feels.PAIN],
    ("audit-check", "check"): [*CHECKS, REFERENCES],
    ("export-feels", "feels"): list(Feels),
    ("case-why", "why"): list(Why),
    ("case-wishes", "call"): list(Call),
    ("case-urgent", "what"): ["pain", "call"],
    ("case-act", "act"): list(CaseAct),
    ("cases-line", "mark"): ["overdue", *CaseState],
    ("cases-presence", "act"): [CaseList.AWAY, CaseList.BACK],
    ("kit-place", "place"): list(Place),
    ("kit-put", "place"): [Place.SITE, Place.MAP],
    ("kit-file", "paper"): list(Paper),
    ("task-whom", "sign"): ["talk", "call"],
    ("task-why", "kind"): list(TaskKind),
    ("task-why-about", "kind"): list(TaskKind),
    ("task-wish", "wish"): list(Wish),
    ("task-ask", "kind"): CALLS,
    ("task-ask-about", "kind"): CALLS,
    ("task-act", "act"): [act for act in TaskAct if act is not TaskAct.LOOK],
    ("task-who", "act"): [TaskAct.BOOKED, TaskAct.NEVER, *(set(OF_ONE) - {TaskAct.NEVER_SURELY})],
    ("task-done", "result"): list(TaskResult),
    ("task-done-by", "result"): list(TaskResult),
    ("tasks-turn", "to"): ["earlier", "later"],
    ("tasks-line", "kind"): list(TaskKind),
}

# What staff type, not what they read: the vocabulary of the staff line.
HEARD = {"loyalty/line/words.py"}

# Sentences in the code that no person reads: the file, and a word by which they are known.
READ_BY_MACHINES = {
    "bot/telegram.py": {"message", "query"},  # Telegram's own words, to be recognised
    "scheduler/delivery.py": {"chat not found"},  # likewise
    "screens/export.py": {"font"},
}


def none(found: Iterable[object], what_to_do: str) -> None:
    """Fail with every place and what to do about it."""
    lines = sorted({str(one) for one in found})
    assert not lines, "\n".join([what_to_do, *lines])


# --- rooms -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_imports_only_what_its_arrows_allow(name):
    wrong = (
        f"{what.where} imports {what.module}"
        for source in sources(name)
        for what in arrows.imports(source)
        if what.top not in {name, DOORS.get(source.path)} and not arrows.allowed(what, ARROWS[name])
    )
    none(wrong, f"{name} may not import these; move the code to the room that may:")


def test_every_room_has_its_arrows():
    there = {file.parent.name for file in HOUSE.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert there == set(ROOMS) == set(ARROWS), "a new room needs a line in ARROWS and in ROOMS"


def test_nothing_is_imported_by_a_string():
    hidden = chain.from_iterable(map(arrows.hidden_imports, sources()))
    none(hidden, "an import that no table can hold; write it as an import:")


def test_of_the_sandbox_the_bot_knows_only_its_public_names():
    import sandbox

    wrong = (
        f"{what.where} {what.module}.{what.name}"
        for source in sources("bot")
        for what in arrows.imports(source)
        if what.top == "sandbox" and (what.module != "sandbox" or what.name not in sandbox.__all__)
    )
    none(wrong, "only `from sandbox import …` of a name in its __all__:")


# --- texts -----------------------------------------------------------------------------------


def uses() -> list[Use]:
    handed_on = (source() for source in HANDED_ON.values())
    return [*text_keys.literal_uses(), *chain.from_iterable(handed_on)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_fluent_reads_every_text(language):
    none(catalogues.strange(language), "mend or remove:")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_stands_twice(language):
    count = Counter(message.key for message in messages(language))
    doubled = (f"{m.where} {m.key}" for m in messages(language) if count[m.key] > 1)
    none(doubled, "the last one would win; keep one:")


def test_the_languages_have_the_same_files():
    names = {language: {file.name for file in catalogues.files(language)} for language in LANGUAGES}
    assert names["ru"] == names["en"], "one file per conversation, in both languages"


def test_the_languages_have_the_same_texts_in_the_same_files():
    ru, en = ({m.key: m.file for m in messages(language)} for language in LANGUAGES)
    differ = (
        f"{key}: ru {ru.get(key)}, en {en.get(key)}"
        for key in ru.keys() | en.keys()
        if ru.get(key) != en.get(key)
    )
    none(differ, "a text stands in the file of the same name in both languages:")


def test_the_languages_take_the_same_arguments():
    en = catalogue("en")
    differ = (
        f"{ru.where} {ru.key}: ru {sorted(ru.arguments)}, en {sorted(en[ru.key].arguments)}"
        for ru in messages("ru")
        if ru.key in en and ru.arguments != en[ru.key].arguments
    )
    none(differ, "a text says the same in both languages:")


def test_every_text_asked_for_exists_with_exactly_these_arguments():
    known = catalogue(LANGUAGES[0])
    wrong = [f"{use.where} {use.key}: no such text" for use in uses() if use.key not in known]
    wrong += [
        f"{use.where} {use.key}: gives {sorted(use.arguments)}, "
        f"the text wants {sorted(known[use.key].arguments)}"
        for use in uses()
        if use.key in known
        and use.arguments is not None
        and use.arguments != known[use.key].arguments
    ]
    none(wrong, "the code and locales/ disagree:")


def test_the_arguments_of_every_text_are_written_where_it_is_asked_for():
    unseen = (f"{use.where} {use.key}" for use in uses() if use.arguments is None)
    none(unseen, "arguments in a mapping can't be checked; write them as `name=value`:")


def test_a_text_asked_for_by_a_key_from_elsewhere_says_from_where():
    found = {(asked.file, asked.key): asked.where for asked in text_keys.handed_on()}
    unknown = (f"{where} {key[1]}" for key, where in found.items() if key not in HANDED_ON)
    none(unknown, "write the key as a literal, or tell HANDED_ON which keys it may be:")
    none(HANDED_ON.keys() - found.keys(), "nobody asks so any more; take it out of HANDED_ON:")


def test_every_text_is_asked_for():
    used = {use.key for use in uses()}
    unused = (
        f"{message.where} {message.key}"
        for language in LANGUAGES
        for message in messages(language)
        if message.key not in used
    )
    none(unused, "no code asks for these; remove them:")


def test_every_word_that_is_chosen_by_has_its_variant():
    wrong = (
        f"{message.where} {message.key} by ${selector.argument}: no variant for {missing}"
        for language in LANGUAGES
        for message in messages(language)
        for selector in message.selectors
        if not selector.by_number
        for missing in missing_variants(message.key, selector)
    )
    none(wrong, "a text that chooses by a word needs a line in CHOICES and all its variants:")


def missing_variants(key: str, selector: catalogues.Selector) -> list[str]:
    chosen_by = CHOICES.get((key, selector.argument))
    if chosen_by is None:
        return ["what CHOICES doesn't list"]
    return [word for word in map(str, chosen_by) if word not in selector.variants]


def test_choices_names_only_choices_that_are_there():
    there = {(m.key, s.argument) for m in messages("ru") for s in m.selectors if not s.by_number}
    none(CHOICES.keys() - there, "no text chooses so any more; take it out of CHOICES:")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [0, 1, 2, 5, 11, 21, 1000])
def test_every_text_can_be_said_with_any_number(language, number):
    texts = texts_in(language)
    none(unsayable(texts, number), "the text breaks:")


def unsayable(texts: Texts, number: int) -> Iterable[str]:
    for message in messages(texts.language):
        try:
            said = texts(message.key, **dict.fromkeys(message.arguments, number))
        except MissingTextError as broken:
            yield f"{message.where} {broken}"
        else:
            if not said.strip():
                yield f"{message.where} {message.key}: empty"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_counted_follows_its_number(language):
    numbers = {s.argument for m in messages(language) for s in m.selectors if s.by_number}
    stiff = (
        f"{m.where} {m.key}: {{ ${number} }}{noun}"
        for m in messages(language)
        for number, noun in m.stiff
        if number in numbers
    )
    none(stiff, "«1 балл, 2 балла, 5 баллов»: let the text choose by the number:")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_choice_by_number_covers_every_number(language):
    """Fluent takes the default where a form is missing: for numbers it must be the last form."""
    last = {"ru": "many", "en": "other"}[language]
    wrong = (
        f"{m.where} {m.key} by ${s.argument}: default is {s.default}"
        for m in messages(language)
        for s in m.selectors
        if s.by_number and s.default != last
    )
    none(wrong, f"the default variant of a number is *[{last}]:")


def test_no_russian_stands_in_the_code():
    spoken = (source for source in sources(*SPEAKING) if source.path not in HEARD)
    none(
        chain.from_iterable(map(words.russian, spoken)),
        "what a person reads stands in locales/*/*.ftl:",
    )


def test_no_words_are_given_straight_to_what_shows_them():
    found = chain.from_iterable(map(words.shown, sources(*SPEAKING)))
    none(found, "what a person reads stands in locales/*/*.ftl:")


def test_no_sentence_stands_in_the_code():
    """Not even in English, unless it is for the log, for a developer or for a machine."""
    found = (
        sentence
        for source in sources("bot", "handlers", "loyalty", "scheduler", "screens")
        for sentence in words.sentences(source)
        if not any(word in sentence for word in READ_BY_MACHINES.get(source.path, ()))
    )
    none(found, "what a person reads stands in locales/*/*.ftl:")


# --- handlers and buttons --------------------------------------------------------------------


async def test_every_handler_is_given_what_it_asks_for():
    dispatcher = supply.real_dispatcher()
    in_vain = [
        f"{asking.where} asks for {sorted(asking.wanted)}"
        for event in supply.heard_events(dispatcher) - {"update"}
        for given in [await supply.supplied(supply.real_dispatcher(), event)]
        for asking in supply.unsupplied(dispatcher, event, given)
    ]
    none(in_vain, "neither the wiring, nor a middleware, nor its own filters give it:")


async def test_a_handler_that_asks_for_what_nobody_gives_is_found():
    async def greedy(message: Message, visitor: object, moon: object) -> None:
        """Asks for the moon."""

    async def commanded(message: Message, command: object) -> None:
        """Has the command by its filter."""

    def filtered(message: Message, stars: object = None) -> bool:
        return True

    router = Router()
    router.message.register(greedy)
    router.message.register(commanded, Command("x"))
    router.message.register(commanded, filtered)
    given = await supply.supplied(supply.real_dispatcher(), "message")
    wanted = [sorted(asking.wanted) for asking in supply.unsupplied(router, "message", given)]
    assert wanted == [["moon"], ["stars"], ["command"]]


def test_every_kind_of_button_has_its_own_prefix():
    import_rooms("handlers", "scheduler", "screens")
    count = Counter(press.__prefix__ for press in buttons.presses())
    assert count, "no button was found"
    none((prefix for prefix, n in count.items() if n > 1), "two kinds of button share a prefix:")


def test_every_button_fits_into_64_bytes_whatever_it_carries():
    import_rooms("handlers", "scheduler", "screens")
    none(filter(None, map(too_large, buttons.presses())), "Telegram takes 64 bytes; carry less:")


def too_large(press: type) -> str | None:
    try:
        packed = buttons.largest(press).pack()
    except (TypeError, ValueError) as error:
        return f"{press.__module__}.{press.__name__}: {error}"
    if press.unpack(packed) != buttons.largest(press):
        return f"{press.__module__}.{press.__name__}: comes back as something else: {packed}"
    return None


# --- papers ----------------------------------------------------------------------------------


def paper(name: str) -> str:
    file = HOUSE / name
    assert file.exists(), f"{name} is missing"
    return file.read_text("utf-8")


def named(words: Iterable[str], text: str) -> set[str]:
    return {word for word in words if not re.search(rf"(?<![\w/]){re.escape(word)}(?!\w)", text)}


def test_every_setting_of_the_code_has_its_words():
    assert {name.upper() for name in Settings.model_fields} == SETTINGS.keys()


def test_every_setting_is_in_the_readme():
    none(named(SETTINGS, paper("README.md")), "README.md doesn't name these settings:")


def test_every_setting_is_in_the_example():
    example = paper(".env.example")
    missing = (name for name in SETTINGS if not re.search(rf"^#?\s*{name}=", example, re.MULTILINE))
    none(missing, ".env.example lacks these settings:")


@pytest.fixture
def help_text(capsys) -> str:
    from bot.cli import main

    assert main(["--help"]) == 0
    return capsys.readouterr().out


def test_every_setting_is_in_the_help(help_text):
    none(named(SETTINGS, help_text), "`python -m bot --help` doesn't explain these settings:")


def shell_commands() -> list[str]:
    from bot.cli import app

    return [command.name or command.callback.__name__ for command in app.registered_commands]


def test_every_command_of_the_shell_is_in_the_readme():
    calls = [f"python -m bot {command}" for command in shell_commands()]
    none(named(calls, paper("README.md")), "README.md doesn't name these commands:")


def test_every_command_of_the_shell_is_in_the_help(help_text):
    missing = (c for c in shell_commands() if not re.search(rf"^ +{c}\b", help_text, re.MULTILINE))
    none(missing, "`python -m bot --help` doesn't name these commands:")


def test_every_target_of_make_is_in_the_readme():
    (targets,) = re.findall(r"^\.PHONY: (.*)$", paper("Makefile"), re.MULTILINE)
    calls = [f"make {target}" for target in targets.split()]
    none(named(calls, paper("README.md")), "README.md doesn't name these targets:")


def answered_commands() -> set[str]:
    """Every word after a slash that a handler listens to."""
    return {
        str(word)
        for router in supply.real_dispatcher().chain_tail
        for handler in router.message.handlers
        for one in handler.filters or ()
        for command in commands_in(one)
        for word in command.commands
    }


def commands_in(one) -> list[Command]:
    if isinstance(one.callback, Command):
        return [one.callback]
    parts = getattr(one.callback, "targets", ())
    return [command for part in parts for command in commands_in(part)]


def test_every_command_of_the_bot_is_in_the_readme():
    calls = {f"/{command}" for command in answered_commands()}
    assert calls, "no command was found"
    none(named(calls, paper("README.md")), "README.md doesn't name these commands of the bot:")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_of_the_menu_is_answered(language):
    menus = (commands.commands, commands.managers, commands.owners, commands.staff)
    offered = {command.command for menu in menus for command in menu(texts_in(language))}
    none(offered - answered_commands(), "a menu offers what no handler answers:")


def test_the_papers_of_the_house_are_there():
    for name in ("README.md", "CHANGELOG.md", "CONTEXT.md", ".env.example", ".ci/run"):
        assert paper(name).strip(), f"{name} is empty"


def test_every_decision_can_be_found():
    lists = paper("README.md") + paper("docs/decisions/README.md")
    pages = {page.name for page in (HOUSE / "docs" / "decisions").glob("*.md")} - {"README.md"}
    none((p for p in pages if p not in lists), "docs/decisions/README.md doesn't link these pages:")


# --- what is committed -----------------------------------------------------------------------


def packaging() -> dict:
    return tomllib.loads(paper("pyproject.toml"))["tool"]["setuptools"]


def test_pyproject_lists_every_package():
    there = {
        str(file.parent.relative_to(HOUSE)).replace("/", ".")
        for room in ROOMS
        for file in (HOUSE / room).rglob("__init__.py")
    }
    assert set(packaging()["packages"]) == there, "an unlisted package is not installed"


def test_pyproject_lists_every_file_that_is_not_python():
    packages, data = packaging()["packages"], packaging()["package-data"]
    installed = {
        file
        for package, patterns in data.items()
        for pattern in patterns
        for file in (HOUSE / package.replace(".", "/")).glob(pattern)
    }
    there = {
        file
        for package in packages
        for file in (HOUSE / package.split(".")[0]).rglob("*")
        if file.is_file() and file.suffix not in {".py", ".pyc"}
    }
    none((f.relative_to(HOUSE) for f in there - installed), "package-data doesn't list these:")


# Written in pieces so that this file doesn't hold what it looks for.
FORBIDDEN = {
    "a path of somebody's machine": r"(?<![\w.])/(?:home|Users|work|root)" + r"/\w+",
    "a host of a registry": r"\b(?:[\w-]+\.)*(?:py" + r"pi|python" + r"hosted|npm" + r"js)\.\w{2,}",
    "an address of an index": r"--(?:extra-)?ind" + r"ex-url\s*[=\s]\s*\S",
    "something like a real token": r"\b\d{8,10}:" + r"[A-Za-z0-9_-]{35}\b",
}


def committed() -> list[str]:
    """Files that git has or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=HOUSE,
        check=True,
        capture_output=True,
        text=True,
    )
    names = filter(None, listed.stdout.split("\0"))
    return [name for name in names if (HOUSE / name).is_file()]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_committed_file_gives_away(what):
    pattern = re.compile(FORBIDDEN[what])
    found = (
        f"{name}:{number} {match[0]}"
        for name in committed()
        for number, line in enumerate(lines_of(name), 1)
        if (match := pattern.search(line))
    )
    none(found, f"{what} must not be committed:")


def lines_of(name: str) -> list[str]:
    try:
        return (HOUSE / name).read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        return []  # a picture
