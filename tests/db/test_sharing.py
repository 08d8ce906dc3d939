"""Who has a card, what it may say, and how the clinic has it look."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from loyalty import privacy, ratings, recommending, registration, sharing, styling
from loyalty.cards import CardWaitsError, Colour, LinkKind, Style
from loyalty.cases import handling
from loyalty.desk import approving, merging
from loyalty.desk.access import Decider
from loyalty.errors import OutOfTurnError
from loyalty.people import Relation
from loyalty.recommending import behind
from loyalty.signboard import Signboard
from screens import rating, recommend
from screens.texts import texts_in
from tests.db.test_desk import MARIA as DESK_MARIA
from tests.db.test_desk import PHONE as DESK_PHONE
from tests.db.test_desk import admit, drafted, line, open_branch, recorded, register

MARIA, EMMA, OWNER = 7001, 7002, 101
PHONE = "+79123456789"
BOARD = Signboard("Улыбка", "ООО «Улыбка»", "+7 843 000-00-00", ZoneInfo("Europe/Moscow"))


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


async def test_a_relatives_consent_is_not_the_persons(store, maria):
    card = await store.change(sharing.show_name, maria, True)
    await also_speaks(store, await comes(store, EMMA, phone="+79120000002"), card.patient)
    await store.change(privacy.withdraw, maria)
    assert await store.ask(recommending.name_shown, card.patient) is None


async def also_speaks(store, telegram: int, patient: int) -> None:
    def speak(tx):
        tx.people.speaks_for(tx.people.account_of(telegram).id, patient, Relation.FAMILY)

    await store.change(speak)


async def test_of_two_records_that_became_one_no_link_tells_a_hidden_name(store):
    """She showed it on the one that went, by her second phone, and can write the other alone."""
    anna = await store.change(admit, await store.change(open_branch))
    for telegram, phone in ((MARIA, PHONE), (EMMA, "+79120000002")):
        await comes(store, telegram, "Мария", phone)
    kept = await store.change(sharing.share, MARIA)
    gone = await store.change(sharing.show_name, EMMA, True)
    by = (anna, "Анна", kept.patient, gone.patient)
    asked = await store.change(merging.ask, *by, source="m:1", owners=(OWNER,))
    how = {"is_owner": True, "granted": True, "owners": (OWNER,)}
    await store.change(approving.decide, OWNER, asked.id, **how)

    async def told() -> list[str | None]:
        links = [await store.ask(behind, LinkKind.CARD, one.payload) for one in (kept, gone)]
        return [await store.ask(recommending.name_shown, record) for record in links]

    assert await told() == [None, None]  # on one of them they never agreed
    assert (await store.change(sharing.show_name, MARIA, True)).named
    assert await told() == ["Мария", "Мария"]
    assert not (await store.change(sharing.show_name, EMMA, False)).named
    assert await told() == [None, None]


@pytest.mark.parametrize(
    "spelling", ["t.me/ScamBot", "@ScamBot", "scam.ru", "https://scam.ru/x", "scam.ru Мария", "a_b"]
)
async def test_what_could_be_a_link_is_no_name_on_a_card(store, maria, spelling):
    """The bot would be recommending it, to a stranger. An older one is told no more either."""
    shown = await store.change(sharing.show_name, maria, True)
    assert shown.named
    await store.change(registration.answer_name, maria, spelling)
    assert await store.ask(recommending.name_shown, shown.patient) is None
    card = await store.change(sharing.show_name, maria, True)
    assert (card.name, card.named) == (None, False)
    drawn = recommend.card(texts_in("ru"), BOARD, card, "MolarBot")
    assert "scam" not in repr(drawn.words).casefold()


@pytest.mark.parametrize("spelling", ["Анна-Мария", "О’Коннор", "Zoë", "Әлфия", "мария"])
async def test_names_are_names(store, maria, spelling):
    await store.change(registration.answer_name, maria, spelling)
    assert (await store.change(sharing.show_name, maria, True)).name == spelling


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


async def test_who_erased_themselves_is_named_on_no_card_whoever_speaks_for_them_too(store, maria):
    card = await store.change(sharing.show_name, maria, True)
    await also_speaks(store, await comes(store, EMMA, phone="+79120000002"), card.patient)
    await store.change(privacy.erase, maria)
    assert (await store.ask(lambda tx: tx.people.patient(card.patient))).name
    assert await store.ask(recommending.name_shown, card.patient) is None


async def test_a_relative_who_leaves_hides_nobodys_name(store, maria):
    card = await store.change(sharing.show_name, maria, True)
    await also_speaks(store, await comes(store, EMMA, phone="+79120000002"), card.patient)
    await store.change(privacy.erase, EMMA)
    assert await store.ask(recommending.name_shown, card.patient) == "Мария"


async def test_who_left_the_phone_behind_can_still_be_named_by_nobody(store, maria):
    """The desk wrote them down, and has not yet seen who has the phone now."""
    named = await store.change(sharing.show_name, maria, True)
    await store.change(from_the_desk, named.patient)
    await comes(store, EMMA)
    await store.change(privacy.erase, maria)
    assert await store.ask(recommending.name_shown, named.patient) is None


def from_the_desk(tx, patient: int) -> None:
    tx.people._connection.execute(text(f"UPDATE patients SET source = 'desk' WHERE id = {patient}"))


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
