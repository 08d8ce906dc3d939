"""A person comes to the bot: the four cases of a phone, and what may be done twice."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from db.tables import consents, outbox, patients
from loyalty import privacy, registration, statement
from loyalty.desk.newcomers import record_patient
from loyalty.errors import (
    AnotherPhoneError,
    AwaitsDeskError,
    BirthdayLockedError,
    NotABirthdayError,
    NotANameError,
    NotAPhoneError,
    OutOfTurnError,
)
from loyalty.people import Birthday, Relation, SpendingOff
from loyalty.registration import Family, Gift, Question, next_question

MARIA, EMMA, PHONE = 5_550_001_001, 5_550_001_002, "+79123456789"


async def joins(store, telegram=MARIA, phone=PHONE):
    await store.change(registration.consent, telegram)
    return await store.change(registration.prove_phone, telegram, phone)


async def rows(store, query):
    return await store.engines.read(lambda connection: connection.execute(query).all())


async def points(store, telegram=MARIA):
    account = await store.ask(statement.who, telegram)
    return (await store.ask(statement.statement, account.wallet)).points


async def test_a_new_person_gets_the_welcome_until_the_end_of_the_seventh_month(store):
    registered = await joins(store)

    assert registered.balance == 1000
    assert registered.gift == Gift(1000, date(2027, 6, 21))
    assert not registered.moved


async def test_the_questions_come_in_order_and_are_remembered(store):
    async def question():
        return next_question(await store.ask(statement.who, MARIA))

    await store.change(registration.open_account, MARIA)
    assert await question() is Question.CONSENT
    await store.change(registration.consent, MARIA)
    assert await question() is Question.PHONE
    await store.change(registration.prove_phone, MARIA, PHONE)
    assert await question() is Question.NAME
    await store.change(registration.answer_name, MARIA, " Мария ")
    assert await question() is Question.BIRTHDAY
    await store.change(registration.answer_birthday, MARIA, None)
    assert await question() is Question.ADVERTISING
    await store.change(registration.answer_advertising, MARIA, False)
    assert await question() is None


async def test_nothing_is_asked_of_a_phone_before_consent(store):
    await store.change(registration.open_account, MARIA)

    with pytest.raises(OutOfTurnError):
        await store.change(registration.prove_phone, MARIA, PHONE)


async def test_the_same_contact_twice_is_one_registration(store):
    first = await joins(store)
    again = await joins(store)

    assert again == first
    assert await points(store) == 1000
    assert len(await rows(store, select(patients))) == 1


async def test_a_contact_after_registration_changes_nothing(store):
    await joins(store)
    await store.change(registration.answer_name, MARIA, "Мария")

    assert (await joins(store)).repeated
    with pytest.raises(AnotherPhoneError):
        await joins(store, phone="+79990000000")
    with pytest.raises(NotAPhoneError):
        await joins(store, phone="12")


async def test_a_phone_known_from_the_desk_joins_that_patient(store):
    known = await store.change(record_patient, PHONE, "Мария", "Петрова")

    registered = await joins(store)

    assert registered.account.wallet == known.wallet
    assert registered.balance == 1000
    assert len(await rows(store, select(patients))) == 1


async def family(store):
    for name in ("Мария", "Иван", "Анна"):
        await store.change(record_patient, PHONE, name, "Петрова")
    return await joins(store)


async def test_a_shared_phone_asks_who_the_person_is(store):
    asked = await family(store)

    assert [patient.name for patient in asked.family] == ["Мария", "Иван", "Анна"]
    assert next_question(asked.account) is Question.FAMILY
    assert await store.ask(registration.family_to_choose, MARIA) == list(asked.family)


async def test_all_of_a_family_share_one_wallet(store):
    asked = await family(store)
    ivan = asked.family[1]

    registered = await store.change(registration.choose_family, MARIA, Family.ALL, ivan.id)

    dossier = await store.ask(privacy.dossier, MARIA)
    assert registered.account.wallet == ivan.wallet
    assert registered.balance == 1000
    assert {(p.name, p.wallet, relation) for p, relation in dossier.patients} == {
        ("Мария", ivan.wallet, Relation.FAMILY),
        ("Иван", ivan.wallet, Relation.SELF),
        ("Анна", ivan.wallet, Relation.FAMILY),
    }


async def test_only_me_leaves_the_others_to_themselves(store):
    asked = await family(store)

    await store.change(registration.choose_family, MARIA, Family.ONLY_ME, asked.family[0].id)

    dossier = await store.ask(privacy.dossier, MARIA)
    assert [patient.name for patient, _ in dossier.patients] == ["Мария"]


async def test_none_of_them_is_a_new_patient(store):
    await family(store)

    registered = await store.change(registration.choose_family, MARIA, Family.ONLY_ME, None)

    assert registered.balance == 1000
    assert len(await rows(store, select(patients))) == 4


async def test_a_choice_made_twice_is_one_choice(store):
    asked = await family(store)
    choice = (registration.choose_family, MARIA, Family.ALL, asked.family[0].id)

    first = await store.change(*choice)
    assert await store.change(*choice) == first


async def test_a_stranger_cannot_be_chosen(store):
    other = await store.change(record_patient, "+79990000000", "Чужой")
    await family(store)

    with pytest.raises(OutOfTurnError):
        await store.change(registration.choose_family, MARIA, Family.ALL, other.id)


async def test_the_same_phone_with_a_new_account_detaches_the_old_one_and_tells_it(store):
    old = await joins(store, MARIA)
    await store.change(registration.answer_name, MARIA, "Мария")

    moved = await joins(store, EMMA)

    assert moved.moved
    assert moved.account.wallet == old.account.wallet
    assert moved.balance == 1000
    wallet = await store.ask(statement.statement, moved.account.wallet)
    assert wallet.spending_off is SpendingOff.MOVED
    before = await store.ask(statement.who, MARIA)
    assert before.wallet is None
    assert next_question(before) is Question.PHONE
    letters = await rows(store, select(outbox.c.kind, outbox.c.account_id))
    assert letters == [("account-moved", old.account.id)]


async def test_who_got_the_number_sees_nothing_of_the_one_before(store):
    await joins(store, MARIA)
    await store.change(registration.answer_name, MARIA, "Маргарита")
    await store.change(registration.answer_birthday, MARIA, Birthday(5, 3, 1980))

    moved = await joins(store, EMMA)
    await store.change(registration.answer_name, EMMA, "Эмма")

    assert moved.account.name is None
    assert next_question(moved.account) is Question.NAME
    assert await store.ask(registration.oneself, moved.account) is None
    dossier = await store.ask(privacy.dossier, EMMA)
    assert (dossier.patients, dossier.operations) == ((), ())
    with pytest.raises(AwaitsDeskError):
        await store.ask(statement.history, moved.account.wallet)
    await store.change(privacy.erase, EMMA)
    (patient,) = await rows(store, select(patients.c.name, patients.c.birth_year))
    assert patient == ("Маргарита", 1980)
    assert (await joins(store, MARIA)).balance == 1000


async def test_erasing_oneself_opens_nothing_of_the_one_before(store):
    for name in ("Мария", "Иван"):
        await store.change(record_patient, PHONE, name, "Петрова")
    asked = await joins(store, MARIA)
    await store.change(registration.choose_family, MARIA, Family.ALL, asked.family[0].id)
    await joins(store, EMMA)
    await store.change(privacy.erase, EMMA)

    again = await joins(store, EMMA)

    assert again.moved
    assert again.family == ()
    dossier = await store.ask(privacy.dossier, EMMA)
    assert (dossier.patients, dossier.operations) == ((), ())
    stated = await store.ask(statement.statement, again.account.wallet)
    assert stated.spending_off is SpendingOff.MOVED


async def test_who_got_the_number_is_not_asked_for_a_birthday_nor_told_the_tier(store):
    first = await joins(store, MARIA)

    def paid(tx):
        tx.people.save_wallet(replace(tx.people.wallet(first.account.wallet), cash_paid=300_000_00))

    await store.change(paid)
    moved = await joins(store, EMMA)

    assert moved.account.birthday_answered
    stated = await store.ask(statement.statement, moved.account.wallet)
    assert (stated.tier.name, stated.cash_paid) == ("standard", 0)


@pytest.mark.parametrize(
    ("contact", "number"),
    [
        ("79123456789", "+79123456789"),
        ("+79123456789", "+79123456789"),
        ("84912345678", "+84912345678"),
        ("4791234567", "+4791234567"),
        ("3725551234", "+3725551234"),
    ],
)
async def test_a_number_from_telegram_is_international(store, contact, number):
    assert (await joins(store, MARIA, contact)).account.phone == number


async def test_ended_points_are_not_promised_on_return(store, clock):
    await joins(store, MARIA)
    clock.pass_(days=300)

    again = await joins(store, MARIA)
    assert (again.balance, again.gift) == (0, None)


async def test_the_consent_noted_is_the_one_that_was_shown(store):
    await store.change(registration.consent, MARIA, "2020-01")

    dossier = await store.ask(privacy.dossier, MARIA)
    assert dossier.account.consent_version == "2020-01"
    assert [consent.version for consent in dossier.consents] == ["2020-01"]


async def test_the_reply_to_a_move_is_the_same_after_a_crash(store):
    await joins(store, MARIA)

    assert await joins(store, EMMA) == await joins(store, EMMA)


async def test_links_beyond_the_twentieth_are_not_kept(store):
    for number in range(30):
        await store.change(registration.open_account, MARIA, f"s_{number}")

    dossier = await store.ask(privacy.dossier, MARIA)
    assert len(dossier.arrivals) == registration.MOST_ARRIVALS


async def test_moving_there_and_back_tells_each_time_and_gives_nothing(store, clock):
    await joins(store, MARIA)
    clock.pass_(minutes=1)
    await joins(store, EMMA)
    clock.pass_(minutes=1)
    back = await joins(store, MARIA)

    assert back.balance == 1000
    assert back.moved
    assert len(await rows(store, select(outbox))) == 2


async def test_the_welcome_is_once_for_a_phone_and_once_for_a_telegram_account(store):
    await joins(store, MARIA, PHONE)
    await store.change(privacy.erase, MARIA)

    assert (await joins(store, MARIA, "+79990000000")).balance == 0
    assert (await joins(store, EMMA, PHONE)).balance == 0


@pytest.mark.parametrize("nameless", ["", "123", "\u202e\u200f", "я" * 61])
async def test_what_is_no_name_is_refused(store, nameless):
    await joins(store)

    with pytest.raises(NotANameError):
        await store.change(registration.answer_name, MARIA, nameless)


async def test_a_name_at_the_desk_stays_the_desks(store):
    await store.change(record_patient, PHONE, "Мария Ивановна", "Петрова")
    await joins(store)

    account = await store.change(registration.answer_name, MARIA, "Маша")

    dossier = await store.ask(privacy.dossier, MARIA)
    assert account.name == "Маша"
    assert dossier.patients[0][0].name == "Мария Ивановна"


async def test_a_birthday_is_locked_after_its_first_entry(store):
    await joins(store)
    birthday = Birthday(5, 3, 1980)
    await store.change(registration.answer_birthday, MARIA, birthday)

    await store.change(registration.answer_birthday, MARIA, birthday)
    with pytest.raises(BirthdayLockedError):
        await store.change(registration.answer_birthday, MARIA, Birthday(6, 3, 1980))


@pytest.mark.parametrize(
    "wrong",
    [
        Birthday(30, 2),
        Birthday(29, 2, 1981),
        Birthday(22, 11, 2026),  # tomorrow
        Birthday(1, 1, 1900),
        Birthday(0, 1),
        Birthday(1, 13),
        Birthday(99_999_999_999, 1),
    ],
)
async def test_what_is_no_birthday_is_refused(store, wrong):
    await joins(store)

    with pytest.raises(NotABirthdayError):
        await store.change(registration.answer_birthday, MARIA, wrong)


async def test_the_29th_of_february_is_a_birthday(store):
    await joins(store)

    await store.change(registration.answer_birthday, MARIA, Birthday(29, 2))
    await store.change(registration.answer_name, MARIA, "Мария")

    dossier = await store.ask(privacy.dossier, MARIA)
    assert dossier.patients[0][0].birthday == Birthday(29, 2)


async def test_every_change_of_mind_about_advertising_is_kept(store):
    await joins(store)
    for agrees in (False, True, True, False):
        await store.change(registration.answer_advertising, MARIA, agrees)

    kept = await rows(store, select(consents.c.decision).where(consents.c.kind == "advertising"))
    assert [decision for (decision,) in kept] == ["refused", "given", "withdrawn"]
