"""Whatever people are called and however much there is to say, Telegram takes every screen."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup, ReplyKeyboardMarkup
from hypothesis import given
from hypothesis import strategies as st

from loyalty.branches import Branch
from loyalty.cards import Link, LinkKind
from loyalty.errors import NotANameError
from loyalty.letters import Letter
from loyalty.numbers import changed
from loyalty.papers import ConsentEvent, PaperConsent
from loyalty.people import Account, Birthday, Patient, Relation, SpendingOff, clean_name
from loyalty.points import PAYMENT, HistoryLine, Kind
from loyalty.privacy import Dossier
from loyalty.programme import DEFAULTS
from loyalty.recommending import Recommending
from loyalty.registration import Family, Gift, Question, Registered
from loyalty.signboard import Signboard
from loyalty.statement import Ending, HistoryPage, Statement
from sandbox.markup import parse_html, utf16_length
from screens import (
    alerts,
    callbacks,
    clinic,
    export,
    menu,
    outbox,
    owner,
    points,
    privacy,
    registration,
)
from screens.callbacks import Place
from screens.texts import LANGUAGES, texts_in, unisolated

ZONE = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ROBIN = '<b>Робин & "Бобби"</b>'
LONGEST_MESSAGE, LONGEST_CAPTION, LONGEST_TOAST = 4096, 1024, 200
BIGGEST_ID = 2**52
LENINA = Branch(1, "<b>Ленина</b>", -100, "Europe/Moscow", "ООО «Улыбка»", "+7 843 212-34-56")


def possible_name(words):
    try:
        return clean_name(words)
    except NotANameError:
        return None


names = st.one_of(
    st.just(ROBIN),
    st.just("م" * 60),
    st.just("Ы" * 60),
    st.text(min_size=1, max_size=60).map(possible_name).filter(bool),
)
languages = st.sampled_from(LANGUAGES).map(texts_in)
signboards = st.builds(
    Signboard,
    name=st.sampled_from(["Стоматология «Улыбка»", "<i>Зуб & Ко", "Ы" * 100]),
    legal=st.sampled_from(["ООО «Улыбка», ИНН 1655000001", "ООО «<" + "&" * 193]),
    phone=st.just("+7 843 212-34-56"),
    zone=st.just(ZONE),
)
birthdays = st.builds(Birthday, st.integers(1, 28), st.integers(1, 12), st.none() | st.just(1980))
patients = st.builds(
    Patient,
    id=st.integers(1, BIGGEST_ID),
    wallet=st.just(1),
    source=st.sampled_from(["bot", "desk", "<medical system>"]),
    name=st.none() | names,
    surname=st.none() | names,
    phone=st.just("+79123456789"),
    birthday=st.none() | birthdays,
)
amounts = st.integers(0, 10**9)
statements = st.builds(
    Statement,
    points=amounts,
    endings=st.lists(st.builds(Ending, st.dates(date(2026, 1, 1), date(2030, 1, 1)), amounts)),
    tier=st.just(DEFAULTS.tiers[0]),
    next_tier=st.sampled_from([*DEFAULTS.tiers[1:], None]),
    cash_paid=st.integers(0, 99_999_99),
    spending_off=st.sampled_from([None, *SpendingOff]),
    programme=st.just(DEFAULTS),
    debt=st.just(0) | amounts,
)
history_lines = st.builds(
    HistoryLine,
    at=st.integers(0, 20_000).map(lambda hours: NOW + timedelta(hours=hours)),
    kind=st.sampled_from([*Kind, PAYMENT, "something new"]),
    spent=st.integers(0, 10**9),
    earned=st.integers(0, 10**9),
    debt=st.integers(-(10**9), 10**9),
)
accounts = st.builds(
    Account,
    id=st.just(1),
    telegram=st.none() | st.integers(1, BIGGEST_ID),
    language=st.none() | st.sampled_from(LANGUAGES),
    name=st.none() | names,
    phone=st.none() | st.just("+79123456789"),
    wallet=st.none() | st.just(1),
    consent_version=st.just("2026-11"),
    consented_at=st.just(NOW),
    withdrawn_at=st.none() | st.just(NOW),
    advertising=st.none() | st.booleans(),
)
dossiers = st.builds(
    Dossier,
    account=accounts,
    patients=st.lists(st.tuples(patients, st.sampled_from(Relation)), max_size=30),
    consents=st.lists(
        st.builds(
            ConsentEvent,
            kind=st.sampled_from(["data", "advertising", "<new>"]),
            decision=st.sampled_from(["given", "refused", "withdrawn", "<new>"]),
            version=st.just("2026-11"),
            at=st.just(NOW),
        )
    ),
    arrivals=st.lists(st.tuples(st.just("s_" + "<&" * 31), st.just(NOW)), max_size=5),
    operations=st.lists(history_lines),
    points=amounts,
    recommending=st.lists(
        st.builds(
            Recommending,
            patient=st.just(1),
            links=st.just([(LinkKind.CARD, Link("x" * 12, 1, NOW))]) | st.just([]),
            name=st.none() | names,
            brought=st.booleans(),
        ),
        max_size=30,
    ),
)
facts = st.builds(
    registration.Facts,
    signboard=signboards,
    programme=st.just(DEFAULTS),
    returning=st.booleans(),
    name=st.none() | names,
    birthday=st.none() | birthdays,
    birthday_in_profile=st.none() | birthdays,
)


def plain(screen):
    """What a person reads of a screen that Telegram has taken."""
    words, _ = parse_html(screen.text)
    limit = LONGEST_CAPTION if screen.document else LONGEST_MESSAGE
    assert 1 <= utf16_length(words.strip()) <= limit
    _check_keyboard(screen.keyboard)
    return words


def _check_keyboard(keyboard):
    if isinstance(keyboard, InlineKeyboardMarkup):
        for row in keyboard.inline_keyboard:
            assert 1 <= len(row) <= 2
            for button in row:
                assert button.text.strip()
                assert utf16_length(button.text) <= 40
                assert button.url or 1 <= len(button.callback_data.encode()) <= 64
    if isinstance(keyboard, ReplyKeyboardMarkup):
        assert all(1 <= len(row) <= 2 for row in keyboard.keyboard)
        assert len(keyboard.input_field_placeholder or "") <= 64


def labels(screen):
    return [button.text for row in screen.keyboard.inline_keyboard for button in row]


def presses(screen):
    return [button.callback_data for row in screen.keyboard.inline_keyboard for button in row]


@given(languages, st.sampled_from(Question), facts)
def test_every_question(texts, which, known):
    assert plain(registration.question(texts, which, known))


@given(languages, signboards, names)
def test_screens_that_need_little(texts, signboard, name):
    for screen in (
        registration.full_consent(texts, signboard),
        registration.consent_given(texts),
        registration.consent_cancelled(texts),
        registration.phone_by_button_only(texts),
        registration.phone_not_yours(texts),
        registration.family_chosen(texts),
        registration.write_name(texts),
        registration.write_birthday(texts),
        registration.finished(texts),
        menu.home(texts, name, 5),
        menu.home(texts, None, 0),
        clinic.clinic(texts, signboard, []),
        menu.language(texts, None),
        menu.language(texts, Place.CLINIC),
        menu.language_chosen(texts, None),
        menu.language_chosen(texts, Place.CLINIC),
        menu.language_menu(texts),
        menu.said_text(texts, signboard),
        menu.said_other(texts, signboard),
        menu.group(texts, "molar_bot"),
        owner.owner(texts, signboard, "UlybkaMolarBot", is_patient=False),
        owner.owner(texts, signboard, "UlybkaMolarBot", is_patient=True),
        owner.manager(texts, signboard, [LENINA], is_patient=False),
        owner.as_patient(texts, is_owner=True),
        owner.as_patient(texts, is_owner=False),
        points.how_it_works(texts, DEFAULTS),
        points.how_it_works(texts, DEFAULTS, Place.CLINIC),
        points.how_it_works(texts, DEFAULTS, Place.BALANCE),
        privacy.advertising(texts, signboard),
        privacy.withdraw(texts),
        privacy.withdraw_edited(texts),
        privacy.withdraw_done(texts),
        privacy.erase(texts, 0),
        privacy.erase(texts, 1000),
        privacy.erase_edited(texts),
        privacy.erase_done(texts),
        alerts.second_bot(texts),
        alerts.set_aside_person(texts),
        alerts.set_aside_owner(texts, 10**9),
        outbox.render(Letter(1, "account-moved", 1, 4242, None, {}, 0), None, texts, signboard),
    ):
        assert plain(screen)


@given(languages, st.sampled_from(Family), st.lists(patients, max_size=20))
def test_a_whole_family_on_buttons(texts, choice, family):
    screen = registration.family_who(texts, choice, family)
    assert plain(screen)
    assert len(labels(screen)) == len(family) + 1
    assert all(len(label) <= 20 for label in labels(screen))


@given(languages, amounts, st.none() | st.just(1000), st.booleans(), st.booleans())
def test_every_welcome(texts, balance, gift, moved, repeated):
    registered = Registered(
        Account(1, 1),
        DEFAULTS,
        balance,
        gift and Gift(gift, date(2027, 6, 21)),
        moved=moved,
        repeated=repeated,
    )
    assert plain(registration.welcome(texts, registered))


@given(languages, birthdays)
def test_every_birthday_is_confirmed(texts, born):
    screen = registration.confirm_birthday(texts, born)
    assert plain(screen)
    press = callbacks.BornPress.unpack(presses(screen)[0])
    assert Birthday(press.day, press.month, press.year) == born


@given(languages, statements)
def test_every_balance(texts, statement):
    assert plain(points.balance(texts, statement))


@given(languages, st.lists(history_lines, max_size=8), st.integers(0, 1000), st.booleans())
def test_every_page_of_history(texts, lines, page, more):
    screen = points.history(texts, HistoryPage(lines, page, more), ZONE)
    words = plain(screen)
    assert words.count("·") == 2 * len(lines) + sum(1 for line in lines if line.debt)
    assert len(presses(screen)) == 1 + (page > 0) + more


@given(languages, dossiers, signboards)
def test_every_dossier(texts, dossier, signboard):
    assert plain(privacy.privacy(texts, dossier, signboard))
    assert plain(privacy.file(texts, dossier, signboard))


class Tags(HTMLParser):
    """Which tags a page has; every opened one must be closed in its place."""

    def __init__(self, page):
        super().__init__()
        self.open, self.seen = [], set()
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, _attributes):
        self.seen.add(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@given(languages, dossiers, signboards)
def test_nothing_a_person_is_called_becomes_markup_of_the_file(texts, dossier, signboard):
    tags = Tags(export.page(texts, dossier, signboard)).seen
    assert tags <= {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p"} | {
        "table", "tr", "th", "td", "bdi",
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_names_all_that_is_stored(language):
    robin = Patient(2, 1, "desk", name=ROBIN, surname="Гуд", birthday=Birthday(5, 3, 1980))
    dossier = Dossier(
        Account(1, 4242, "ru", name="Мария", phone="+79123456789", wallet=1),
        [(robin, Relation.FAMILY)],
        [ConsentEvent("data", "given", "2026-11", NOW)],
        [("s_stand", NOW)],
        [HistoryLine(NOW, Kind.WELCOME, 0, 1000)],
        1000,
        papers=[PaperConsent(2, "2025-03", NOW)],
    )
    page = export.page(texts_in(language), dossier, Signboard("У", "ООО", "+7", ZONE))
    robins_name = "&lt;b&gt;Робин &amp; &quot;Бобби&quot;&lt;/b&gt; Гуд"
    for stored in ("Мария", "+7 912 345-67-89", "4242", robins_name, "s_stand", "2026-11"):
        assert stored in page
    assert "2025-03" in page  # signed on paper
    assert "15:00" in page  # noon in UTC, by the clinic's clock


def own_card(name=None, brought=False, relation=Relation.SELF):
    patient = Patient(2, 1, "bot", name="Мария")
    links = [(LinkKind.CARD, Link("c4rd", 2, NOW)), (LinkKind.INVITATION, Link("c0me", 2, NOW))]
    kept = Recommending(2, links, name, brought)
    account = Account(1, 4242, "ru", name="Мария", phone="+79123456789", wallet=1)
    return Dossier(account, [(patient, relation)], [], [], [], 0, recommending=[kept])


@pytest.mark.parametrize(
    ("name", "screen_says", "file_says"),
    [
        ("Мария", "на ней имя «Мария», его видит каждый", "Мария"),
        (None, "без имени", "не показано"),
    ],
)
def test_whether_the_card_tells_a_name_is_told(name, screen_says, file_says):
    dossier, board = own_card(name), Signboard("У", "ООО", "+7", ZONE)
    assert screen_says in unisolated(plain(privacy.privacy(texts_in("ru"), dossier, board)))
    page = export.page(texts_in("ru"), dossier, board)
    told = "Имя, которое видит каждый, у кого есть ссылка</bdi></th><td><bdi>"
    assert page.index("r_c4rd") < page.index(told + file_says) < page.index("i_c0me")
    assert page.count(told) == 2
    assert page.count(told + "не показано") == (1 if name else 2), "an invitation tells no name"


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_links_of_ones_own_nothing_is_said_of_them(language):
    dossier = replace(own_card(), recommending=[Recommending(2, [], None, brought=False)])
    screen = privacy.privacy(texts_in(language), dossier, Signboard("У", "ООО", "+7", ZONE))
    assert "/card" not in screen.text
    assert texts_in(language)("privacy-card-nameless") not in screen.text


def test_who_came_by_a_recommendation_reads_that_they_did_and_of_a_child_in_the_file():
    board, line = Signboard("У", "ООО", "+7", ZONE), "Пришли по рекомендации"
    for brought, relation in itertools.product((True, False), Relation):
        dossier = own_card(brought=brought, relation=relation)
        screen = plain(privacy.privacy(texts_in("ru"), dossier, board))
        assert (line in screen) is (brought and relation is Relation.SELF)
        answer = f"{line}</bdi></th><td><bdi>{'да' if brought else 'нет'}"
        assert answer in export.page(texts_in("ru"), dossier, board)


@pytest.mark.parametrize("language", LANGUAGES)
def test_refusals_fit_a_passing_note(language):
    texts = texts_in(language)
    for words in (
        texts.plain("refusal-not-a-phone"),
        texts.plain("refusal-not-a-name", longest=60),
        texts.plain("refusal-not-a-birthday"),
        texts.plain("refusal-birthday-locked"),
        texts.plain("refusal-another-phone"),
        texts.plain("refusal-out-of-turn"),
    ):
        assert len(words) <= LONGEST_TOAST


def test_an_outbox_row_of_an_unknown_kind_is_an_error():
    letter = Letter(1, "no-such-kind", 1, 4242, "ru", {}, 0)
    with pytest.raises(LookupError):
        outbox.render(letter, None, texts_in("ru"), Signboard("У", "ООО", "+7", ZONE))


def test_prefixes_of_buttons_differ():
    found = [
        kind.__prefix__
        for kind in vars(callbacks).values()
        if isinstance(kind, type) and issubclass(kind, CallbackData) and kind is not CallbackData
    ]
    assert len(found) == len(set(found)) > 10


def test_a_page_of_history_that_no_button_of_ours_has_is_refused():
    with pytest.raises(ValueError, match="page"):
        callbacks.HistoryPress.unpack(f"history:{10**30}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_is_known_by_its_words_in_any_language(language):
    rows = menu.keyboard(texts_in(language)).keyboard
    words = [button.text for row in rows for button in row]
    labels_of = (
        menu.code_labels(),
        menu.points_labels(),
        menu.card_labels(),
        menu.clinic_labels(),
    )
    assert all(word.lower() in known for word, known in zip(words, labels_of, strict=True))


def test_a_name_never_travels_in_a_button():
    screen = registration.name(texts_in("ru"), "Мария")
    assert labels(screen) == ["Мария — верно", "Написать иначе"]
    assert presses(screen) == ["name:suggested", "name:other"]


def test_a_long_name_is_in_the_text_and_the_button_only_agrees():
    screen = registration.name(texts_in("ru"), "Мария Ивановна Петрова")
    assert labels(screen)[0] == "Верно"
    assert "Мария Ивановна Петрова" in plain(screen)


def test_a_patient_is_shown_by_name_and_initial():
    assert registration.patient_name(Patient(1, 1, "desk", "Мария", "петрова")) == "Мария П."
    assert registration.patient_name(Patient(1, 1, "desk", "Мария")) == "Мария"


def test_the_way_to_the_next_tier_is_a_strip_and_a_sum():
    statement = Statement(
        1000,
        [Ending(date(2027, 6, 21), 1000)],
        DEFAULTS.tiers[0],
        DEFAULTS.tiers[1],
        36_000_00,
        None,
        DEFAULTS,
    )
    words = plain(points.balance(texts_in("ru"), statement))
    assert "▰▰▰▱▱▱▱▱▱▱" in words
    assert "До Серебра — ещё 64\u00a0000\u00a0₽" in words
    assert "до 21\u00a0июня\u00a02027" in words


def test_a_wallet_that_owes_says_so_and_promises_no_points():
    texts = texts_in("ru")
    statement = Statement(0, [], DEFAULTS.tiers[0], None, 0, None, DEFAULTS, debt=201)
    words = plain(points.balance(texts, statement)).replace("\u00a0", " ")
    assert words.endswith("Сейчас баллов нет.\n\nДолг 201 балл: его закроют следующие начисления.")
    assert "после следующей оплаты" in plain(points.balance(texts, replace(statement, debt=0)))


def told(line: HistoryLine) -> str:
    page = HistoryPage([line], 0, more=False)
    return plain(points.history(texts_in("ru"), page, ZONE)).replace("\u00a0", " ")


def test_a_line_of_history_says_what_debt_took_and_what_was_left_as_debt():
    repaid = HistoryLine(NOW, Kind.VISIT, 0, 150, debt=-150)
    assert "Визит · +150 · из них 150 в счёт долга" in told(repaid)
    returned = HistoryLine(NOW, Kind.RETURN, 480, 163, debt=201)
    assert "Возврат денег · −480, +163 · 201 в долг" in told(returned)


def test_a_payment_without_attendance_is_no_visit_in_the_history():
    assert "Оплата · +3 000" in told(HistoryLine(NOW, PAYMENT, 0, 3000))


@pytest.mark.parametrize(("held", "later"), [(50, True), (30, False)])
def test_of_the_ends_that_are_not_named_it_says_that_they_come_later(held, later):
    endings = [Ending(date(2027, 1, 1) + timedelta(days=n), 10) for n in range(3)]
    statement = Statement(held, endings, DEFAULTS.tiers[2], None, 0, None, DEFAULTS)
    words = plain(points.balance(texts_in("ru"), statement))
    assert words.count("10\u00a0баллов — до") == 3
    assert ("Остальные — позже" in words) is later


def test_a_line_of_history_is_dated_by_the_clinics_clock():
    late = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)  # already the 21st in Moscow
    page = HistoryPage([HistoryLine(late, Kind.WELCOME, 0, 1000)], 0, more=False)
    words = plain(points.history(texts_in("ru"), page, ZONE))
    assert "21\u00a0ноября · За знакомство · +1\u00a0000" in words


def test_the_rules_are_the_programmes_own_numbers():
    words = plain(points.how_it_works(texts_in("ru"), DEFAULTS))
    assert "5–15\u00a0% баллами" in words
    assert "до 30\u00a0% счёта" in words
    assert "Баллы живут год, за гигиену — 7\u00a0месяцев" in words
    assert "Золото — 15\u00a0%, когда оплачено от 300\u00a0000\u00a0₽" in words


def test_hygiene_without_a_validity_of_its_own_is_not_mentioned():
    programme = changed(DEFAULTS, "months-hygiene", None)
    words = plain(points.how_it_works(texts_in("ru"), programme))
    assert "Баллы живут год; о сроке предупредим" in words


def test_one_rate_for_all_tiers_is_no_range():
    programme = replace(DEFAULTS, tiers=tuple(replace(t, rate=500) for t in DEFAULTS.tiers))
    words = plain(points.how_it_works(texts_in("ru"), programme))
    assert "получаете 5\u00a0% баллами" in words


def test_gifts_that_are_off_are_not_promised():
    programme = replace(DEFAULTS, welcome=0, birthday=0)
    texts, signboard = texts_in("ru"), Signboard("У", "ООО", "+7", ZONE)
    greeting = registration.greeting(texts, signboard, programme, returning=False)
    assert "За знакомство" not in plain(greeting)
    welcome = registration.welcome(texts, Registered(Account(1, 1), programme))
    assert "одарок" not in plain(welcome)
    birthday = registration.birthday(texts, registration.Facts(signboard, programme))
    assert "балл" not in plain(birthday)


def test_who_withdrew_consent_can_still_have_everything_erased():
    account = Account(1, 1, consented_at=NOW, withdrawn_at=NOW, phone="+79123456789", wallet=1)
    dossier = Dossier(account, [], [], [], [], 1000)
    screen = privacy.privacy(texts_in("ru"), dossier, Signboard("У", "ООО", "+7", ZONE))
    assert "Удалить данные" in labels(screen)
    assert "Отозвать согласие" not in labels(screen)
    assert "Включить рекламу" not in labels(screen)
