"""The two catalogues say the same things, with the same arguments, in words that are there."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

import locales
from screens.texts import LANGUAGES, Html, MissingTextError, Texts, texts_in

CATALOGUES = Path(locales.__file__).parent


class Arguments(Visitor):
    def __init__(self):
        self.names = set()

    def visit_VariableReference(self, node):  # noqa: N802 (the visitor's own spelling)
        self.names.add(node.id.name)


def messages(file):
    """Every key of a file with the arguments its words take."""
    found = {}
    for entry in FluentParser().parse(file.read_text("utf-8")).body:
        assert not isinstance(entry, ast.Junk), f"{file.name}: {entry.content}"
        if isinstance(entry, ast.Message):
            arguments = Arguments()
            arguments.visit(entry)
            assert entry.id.name not in found, f"{file.name} says {entry.id.name} twice"
            found[entry.id.name] = arguments.names
    return found


FILES = sorted(file.name for file in (CATALOGUES / "ru").glob("*.ftl"))


def test_both_languages_have_the_same_files():
    assert sorted(file.name for file in (CATALOGUES / "en").glob("*.ftl")) == FILES


@pytest.mark.parametrize("name", FILES)
def test_both_languages_have_the_same_keys_and_arguments(name):
    assert messages(CATALOGUES / "ru" / name) == messages(CATALOGUES / "en" / name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_in_two_files(language):
    keys = [key for name in FILES for key in messages(CATALOGUES / language / name)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_words_for_every_number(language):
    texts = texts_in(language)
    for name in FILES:
        for key, arguments in messages(CATALOGUES / language / name).items():
            for number in (0, 1, 2, 5, 21, 365, 1000):
                assert texts(key, **dict.fromkeys(arguments, number)).strip(), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_key_or_argument_is_an_error_not_a_gap(language):
    texts = Texts(language)
    with pytest.raises(MissingTextError):
        texts("no-such-text")
    with pytest.raises(MissingTextError):
        texts("home-named", points=5)


def test_a_persons_words_are_escaped_and_kept_from_turning_the_sentence():
    home = texts_in("en")("home-named", name='<b>Робин & "Бобби"</b>', points=5)
    assert '\u2068&lt;b&gt;Робин &amp; "Бобби"&lt;/b&gt;\u2069' in home


def test_an_initial_at_the_end_of_a_sentence_has_one_full_stop():
    texts, name = texts_in("ru"), "Мария Т."
    assert "✓ Отправлено: \u2068Мария Т.\u2069 Можно писать" in texts("case-answered", name=name)
    assert "Занимается: <b>\u2068Мария Т.\u2069</b> Пред" in texts("case-taken", name=name)
    assert "занимается Мария Т. Если" in texts.plain("refusal-case-taken", name=name)
    assert "занимается Мария. Если" in texts.plain("refusal-case-taken", name="Мария")
    assert texts_in("en").plain("name-right", name="Ну..") == "Yes, Ну.."


def test_ready_html_goes_in_as_it_is():
    assert texts_in("en")("money", amount=Html("<b>5</b>")) == "<b>5</b> ₽"


def test_buttons_get_plain_words():
    assert texts_in("en").plain("name-right", name="A & B") == "Yes, A & B"


@pytest.mark.parametrize(
    ("given", "russian", "english"),
    [
        (date(2027, 6, 21), "21\u00a0июня\u00a02027", "21\u00a0June\u00a02027"),
        (
            datetime(2027, 6, 1, 14, 5, tzinfo=UTC),
            "1\u00a0июня\u00a02027, 14:05",
            "1\u00a0June\u00a02027, 14:05",
        ),
        (time(9, 5), "09:05", "09:05"),
    ],
)
def test_days_and_hours_are_written_as_the_language_does(given, russian, english):
    assert texts_in("ru")("export-moment", at=given) == russian
    assert texts_in("en")("export-moment", at=given) == english


@pytest.mark.parametrize(("language", "words"), [("ru", "3 из 5"), ("en", "3 of 5")])
def test_a_line_never_ends_inside_so_many_of_so_many(language, words):
    said = texts_in(language)("rating-shown", row=Html("★★★☆☆"), stars=3)
    assert words.replace(" ", "\u00a0") in said


@pytest.mark.parametrize(
    ("points", "words"),
    [(1, "1 балл"), (2, "2 балла"), (5, "5 баллов"), (21, "21 балл"), (1000, "1\u00a0000 баллов")],
)
def test_russian_plurals(points, words):
    said = texts_in("ru")("home", points=points)
    assert f"У вас {words}.".replace(" ", "\u00a0") in said.replace(" ", "\u00a0")
    assert words.replace(" ", "\u00a0") in said, "a number never parts from its word"
