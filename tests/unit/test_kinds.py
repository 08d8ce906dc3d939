"""The table of kinds: whatever is put into the outbox has its row, and each row is used."""

import ast
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import get_type_hints
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest

import loyalty
import screens
from loyalty import mail
from loyalty.branches import Branch
from loyalty.kinds import KINDS, Class, Kind, Rank
from loyalty.letters import Letter
from loyalty.mail import Advert
from loyalty.ratings import RatingFacts
from loyalty.signboard import Signboard
from screens import outbox
from screens.callbacks.quiet import CarePress, OffersPress
from screens.texts import LANGUAGES, texts_in, unisolated
from tests.unit.test_hours import branch, visit

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
BOARD = Signboard("Улыбка", "ООО «Улыбка»", "+7 843 212-34-56", ZoneInfo("Europe/Moscow"))
RATING = RatingFacts(visit(NOON), branch(), "Мария", None)

# What comes by itself and belongs to no branch: the clinic's zone holds.
OF_THE_CLINIC = {"friend-gift", "reward"}


def sources(package: object) -> Iterator[ast.AST]:
    for file in Path(package.__path__[0]).rglob("*.py"):
        if file.name != "kinds.py":
            yield from ast.walk(ast.parse(file.read_text(encoding="utf-8")))


def put_by_name() -> Iterator[str]:
    """Kinds that a use case puts into the outbox, where it names them."""
    for node in sources(loyalty):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
            ("outbox.put", "outbox.put_in_chat")
        ):
            given = [*node.args]
            while isinstance(given[0], ast.Starred):
                given[:1] = given[0].value.elts
            if isinstance(given[1], ast.Constant):
                yield given[1].value


def compared() -> Iterator[str]:
    """Kinds that a letter's is compared with."""
    for package in (loyalty, screens):
        for node in sources(package):
            if isinstance(node, ast.Compare) and ast.unparse(node.left) == "letter.kind":
                literals = (one for one in ast.walk(node) if isinstance(one, ast.Constant))
                yield from (one.value for one in literals)


def test_every_kind_has_its_row():
    asked = {*mail.READ_AGAIN, *mail.FOLLOWS, *mail.TOGETHER, *mail.CASES}
    put = set(put_by_name())
    assert len(put) > 15, "the walk sees nothing"
    assert {*asked, *put, *compared()} <= KINDS.keys()


def test_every_row_is_used():
    words = {node.value for node in sources(loyalty) if isinstance(node, ast.Constant)}
    assert KINDS.keys() - words == set()


def test_what_waits_for_an_hour_knows_whose_hour_it_is():
    waits = {kind for kind, row in KINDS.items() if row.class_ is not Class.ANSWER}
    facts = {kind: get_type_hints(mail.READ_AGAIN[kind])["return"] for kind in waits}
    placed = {kind for kind, its in facts.items() if "branch" in {one.name for one in fields(its)}}
    assert all(get_type_hints(facts[kind])["branch"] is Branch for kind in placed)
    assert waits - placed == OF_THE_CLINIC


def test_what_may_leave_together_has_words_for_all_of_it():
    assert {kind for kind, row in KINDS.items() if row.together is not None} == set(mail.TOGETHER)


def test_what_makes_others_wait_is_of_care_or_promo():
    for row in KINDS.values():
        assert not row.spaced or row.class_ in {Class.CARE, Class.PROMO}
        assert not row.any_hour or row.class_ is Class.SERVICE
        assert not (row.any_day or row.free) or row.class_ is Class.CARE


# --- how they end ----------------------------------------------------------------------------


def letter(kind: str) -> Letter:
    return Letter(1, kind, 1, 7001, "ru", {"visit": 1}, 0)


def last_button(screen):
    return screen.keyboard.inline_keyboard[-1][-1]


@pytest.fixture
def offer() -> Iterator[str]:
    """A kind of promo, as a later version will have it."""
    row = Kind(Class.PROMO, Rank.PROMO, never_twice=True)
    with patch.dict(KINDS, {"test-offer": row}):
        yield "test-offer"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("marker", [None, "2VtzqwABC"])
def test_no_promo_is_rendered_without_its_legal_line_and_its_way_out(offer, language, marker):
    texts = texts_in(language)
    said = outbox.render(letter("rating-words"), RATING, texts, BOARD)
    with pytest.raises(LookupError):
        outbox.render(letter(offer), RATING, texts, BOARD)

    advert = outbox.render(letter(offer), Advert(RATING, marker), texts, BOARD)
    legal = texts("promo-legal", legal=BOARD.legal)
    ending = legal if marker is None else f"{legal} erid: {marker}"
    assert advert.text == f"{said.text}\n\n{ending}"
    assert advert.keyboard.inline_keyboard[:-1] == said.keyboard.inline_keyboard
    assert last_button(advert).callback_data == OffersPress(on=False).pack()


def test_the_legal_line_is_the_programmes(offer):
    text = outbox.render(letter(offer), Advert(RATING, None), texts_in("ru"), BOARD).text
    assert unisolated(text).endswith(
        "Реклама. ООО «Улыбка». Имеются противопоказания, необходима консультация специалиста."
    )


@pytest.mark.parametrize("kind", sorted(k for k, row in KINDS.items() if row.class_ is Class.CARE))
def test_all_of_care_can_be_switched_off_under_the_message_itself(kind):
    way_out = last_button(outbox.render(letter(kind), RATING, texts_in("ru"), BOARD))
    assert CarePress.unpack(way_out.callback_data).on is False
