"""Who has a card, what it may say, and how the clinic has it look."""

from dataclasses import replace

import pytest

from loyalty import privacy, ratings, recommending, registration, sharing, styling
from loyalty.cards import CardWaitsError, Colour, LinkKind, Style
from loyalty.cases import handling
from loyalty.desk.access import Decider
from loyalty.errors import OutOfTurnError
from loyalty.recommending import behind
from screens import rating
from screens.texts import texts_in
from tests.db.test_desk import MARIA as DESK_MARIA
from tests.db.test_desk import PHONE as DESK_PHONE
from tests.db.test_desk import admit, drafted, line, open_branch, recorded, register

MARIA, EMMA, OWNER = 7001, 7002, 101
PHONE = "+79123456789"


@pytest.fixture
async def maria(store) -> int:
    return await comes(store, MARIA, "Мария Ивановна")


async def comes(store, telegram: int, name: str | None = None, phone: str = PHONE) -> int:
    await store.change(registration.consent, telegram)
    await store.change(registration.prove_phone, telegram, phone)
    if name:
        await store.change(registration.answer_name, telegram, name)
    return telegram


async def test_the_card_has_one_link_for_ever_and_the_programmes_numbers(store, maria):
    first = await store.change(sharing.share, maria)
    assert await store.change(sharing.share, maria) == first
    assert (first.gift, first.cap, first.referral) == (1500, 3000, 500)
    assert await store.ask(behind, LinkKind.CARD, first.payload) == first.patient


async def test_the_name_is_the_first_one_and_is_shown_only_by_will(store, maria):
    card = await store.change(sharing.share, maria)
    assert (card.name, card.named) == ("Мария", False)
    assert await store.ask(recommending.name_shown, card.patient) is None

    assert (await store.change(sharing.show_name, maria, True)).named
    assert await store.ask(recommending.name_shown, card.patient) == "Мария"
    assert not (await store.change(sharing.show_name, maria, False)).named
    assert await store.ask(recommending.name_shown, card.patient) is None


async def test_the_link_tells_no_name_while_consent_is_withdrawn(store, maria):
    card = await store.change(sharing.show_name, maria, True)
    await store.change(privacy.withdraw, maria)
    assert await store.ask(recommending.name_shown, card.patient) is None
    await store.change(registration.consent, maria)
    assert await store.ask(recommending.name_shown, card.patient) == "Мария"


async def test_who_has_no_name_shows_none(store):
    telegram = await comes(store, EMMA)
    card = await store.change(sharing.show_name, telegram, True)
    assert (card.name, card.named) == (None, False)


async def test_a_picture_is_kept_for_its_content_alone(store, maria):
    card = await store.change(sharing.share, maria)
    await store.change(sharing.keep_picture, card.patient, "a" * 64, "file")
    assert await store.ask(sharing.picture, card.patient, "a" * 64) == "file"
    assert await store.ask(sharing.picture, card.patient, "b" * 64) is None


async def test_strangers_and_those_who_withdrew_have_none(store, maria):
    for telegram in (EMMA, maria):
        await store.change(privacy.withdraw, maria)
        with pytest.raises(OutOfTurnError):
            await store.change(sharing.share, telegram)


async def test_a_moved_phone_waits_for_the_desk(store, maria):
    await comes(store, EMMA)
    with pytest.raises(CardWaitsError):
        await store.change(sharing.share, EMMA)
    with pytest.raises(CardWaitsError):
        await store.change(sharing.show_name, EMMA, True)


async def test_erasure_takes_name_and_picture_and_leaves_the_link(store, maria):
    card = await store.change(sharing.show_name, maria, True)
    await store.change(sharing.keep_picture, card.patient, "a" * 64, "file")
    await store.change(privacy.erase, maria)

    assert await store.ask(recommending.name_shown, card.patient) is None
    assert await store.ask(sharing.picture, card.patient, "a" * 64) is None
    assert await store.ask(lambda tx: tx.cards.named(card.patient)) is False
    assert await store.ask(behind, LinkKind.CARD, card.payload) == card.patient


async def test_the_look_is_the_clinics_and_keeps_what_was_not_changed(store, maria):
    assert await store.ask(styling.style) == Style(Colour.TEAL, None)
    await store.change(styling.put_logo, OWNER, b"logo")
    look = await store.change(styling.choose_colour, OWNER, Colour.ROSE)
    assert look.colour is Colour.ROSE
    assert look.logo is not None
    assert await store.ask(styling.logo) == b"logo"
    assert (await store.change(sharing.share, maria)).style == look

    other = await store.change(styling.put_logo, OWNER, b"another")
    assert other.logo != look.logo
    assert await store.change(styling.put_logo, OWNER, None) == replace(look, logo=None)
    assert await store.ask(styling.logo) is None


# --- the offer -------------------------------------------------------------------------------


async def test_the_card_is_offered_to_who_is_known_and_content(store, maria):
    assert await store.ask(sharing.may_be_offered, maria)
    assert not await store.ask(sharing.may_be_offered, EMMA)
    await store.change(privacy.withdraw, maria)
    assert not await store.ask(sharing.may_be_offered, maria)


async def test_it_is_not_offered_before_the_desk_has_confirmed(store, maria):
    await comes(store, EMMA)
    assert not await store.ask(sharing.may_be_offered, EMMA)


async def test_an_open_case_stops_the_offer_and_not_the_card(store):
    anna = await store.change(admit, await store.change(open_branch))
    await register(store)
    draft = await drafted(store, anna, DESK_PHONE, line(1_000_00, 0), "l:1")
    visit = await recorded(store, anna, draft)
    await store.change(ratings.rate, DESK_MARIA, visit.id, 1, (OWNER,))
    assert not await store.ask(sharing.may_be_offered, DESK_MARIA)
    assert (await store.change(sharing.share, DESK_MARIA)).payload

    case = await store.ask(lambda tx: tx.cases.case_of(visit.id))
    owner = Decider(OWNER, is_owner=True)
    await store.change(handling.solve, owner, (OWNER,), "Олег", case.id, None)
    assert await store.ask(sharing.may_be_offered, DESK_MARIA)


async def test_the_offer_stands_under_five_stars_alone(store):
    anna = await store.change(admit, await store.change(open_branch))
    await register(store)
    draft = await drafted(store, anna, DESK_PHONE, line(1_000_00, 0), "l:1")
    visit = await recorded(store, anna, draft)
    made = await store.change(ratings.rate, DESK_MARIA, visit.id, 5, (OWNER,))
    texts = texts_in("ru")
    said = rating.rated(texts, made, offers_card=True)
    assert [b.text for row in said.keyboard.inline_keyboard for b in row] == ["Визитка другу"]
    assert rating.rated(texts, made, offers_card=False).keyboard is None
    four = replace(made, rating=replace(made.rating, stars=4))
    assert rating.rated(texts, four, offers_card=True).keyboard is None
