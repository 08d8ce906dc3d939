"""What a person's dossier says of their card, their invitation, and of who recommended them."""

from loyalty import inviting, privacy, registration, sharing
from loyalty.cards import LinkKind
from loyalty.desk import spoken
from loyalty.people import Relation
from screens import export
from screens.privacy import privacy as privacy_screen
from screens.texts import LANGUAGES, texts_in
from tests.db.test_arriving import EMMA, LEV, MARIA, books_agree, emmas, town
from tests.db.test_correcting import OWNERS, desk
from tests.db.test_posting_unseen import BOARD
from tests.support.newcomers import phone_of

__all__ = ["books_agree", "desk", "emmas", "town"]


async def kept(store, telegram: int):
    """Of the only record of whom they speak for."""
    (one,) = (await store.ask(privacy.dossier, telegram)).recommending
    return one


async def test_the_cards_link_is_kept_and_its_name_only_while_it_is_shown(town, store):
    await town.registers(MARIA)
    await store.change(registration.answer_name, MARIA, "Мария Ивановна")
    assert (await kept(store, MARIA)).links == []

    card = await store.change(sharing.share, MARIA)
    one = await kept(store, MARIA)
    assert [kind + link.code for kind, link in one.links] == [card.payload]
    assert (one.has_card, one.name, one.brought) == (True, None, False)

    await store.change(sharing.show_name, MARIA, True)
    assert (await kept(store, MARIA)).name == "Мария"
    await store.change(sharing.show_name, MARIA, False)
    assert (await kept(store, MARIA)).name is None


async def test_an_invitation_is_kept_and_tells_nobodys_name(town, store):
    patient = await town.known(MARIA, "Мария")
    await store.change(lambda tx: tx.desk.sign_paper(patient.id, registration.CONSENT_VERSION, 1))
    (invited,) = await store.change(inviting.invite, 0)
    await town.registers(MARIA)
    one = await kept(store, MARIA)
    assert [(kind, kind + link.code) for kind, link in one.links] == [
        (LinkKind.INVITATION, invited.payload)
    ]
    assert (one.has_card, one.name) == (False, None)


async def test_by_a_card_or_by_a_word_they_came_recommended_and_never_read_by_whom(
    town, store, emmas
):
    await store.change(registration.answer_name, EMMA, "Эммануила")
    await store.change(sharing.show_name, EMMA, True)
    await town.registers(MARIA, emmas)
    lev, emma = await town.known(LEV, "Лев"), await town.patient(EMMA)
    await store.change(spoken.name, town.desk.anna, lev.id, emma.id, owners=OWNERS)
    await town.registers(LEV)

    assert not (await kept(store, EMMA)).brought
    for friend in (MARIA, LEV):
        assert (await kept(store, friend)).brought
        dossier = await store.ask(privacy.dossier, friend)
        for texts in map(texts_in, LANGUAGES):
            shown = privacy_screen(texts, dossier, BOARD).text + export.page(texts, dossier, BOARD)
            for whose in ("Эммануила", phone_of(EMMA), phone_of(EMMA)[-4:]):
                assert whose not in shown


async def test_a_referrer_reads_nothing_of_friends(town, store, emmas):
    before = await store.ask(privacy.dossier, EMMA)
    await town.registers(MARIA, emmas)
    await town.visit(MARIA)
    assert await store.ask(privacy.dossier, EMMA) == before


async def test_a_child_who_was_recommended_is_told_of_to_who_speaks_for_it(town, store, emmas):
    child, emma = await town.known(LEV, "Лев"), await town.patient(EMMA)
    await store.change(spoken.name, town.desk.anna, child.id, emma.id, owners=OWNERS)
    account = (await town.registers(MARIA)).account
    await store.change(lambda tx: tx.people.speaks_for(account.id, child.id, Relation.FAMILY))
    dossier = await store.ask(privacy.dossier, MARIA)
    assert {one.patient for one in dossier.recommending if one.brought} == {child.id}


async def test_before_the_desk_has_seen_who_it_is_no_link_is_told(town, store):
    await town.registers(MARIA)
    await store.change(sharing.share, MARIA)
    await town.registers(LEV, phone=phone_of(MARIA))
    assert (await store.ask(privacy.dossier, LEV)).recommending == []
