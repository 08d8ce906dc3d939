"""The right to stop, to take along, and to be forgotten."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import text

from db import inbox
from db.inbox import Arrived, Closing, Form
from db.tables import metadata
from loyalty import ledger, privacy, registration, statement
from loyalty.desk.newcomers import record_patient
from loyalty.people import Relation
from loyalty.points import Credit, Kind, Reason
from loyalty.registration import Family, Question, next_question
from tests.db.test_ledger import END
from tests.db.test_registration import EMMA, MARIA, PHONE, joins


async def everything(store) -> str:
    """Every value of every table, as one text."""

    def read(connection):
        return [
            str(tuple(row))
            for table in metadata.sorted_tables
            for row in connection.execute(table.select())
        ]

    return "\n".join(await store.engines.read(read))


async def known_person(store):
    await store.change(registration.open_account, MARIA, "s_stand7")
    await joins(store)
    await store.change(registration.answer_name, MARIA, "Маргарита")
    return await store.ask(statement.who, MARIA)


async def test_erasure_leaves_no_trace_of_who_it_was(store):
    account = await known_person(store)
    assert "Маргарита" in await everything(store)

    await store.change(privacy.erase, MARIA)

    left = await everything(store)
    for trace in ("Маргарита", PHONE, PHONE[1:], str(MARIA), "s_stand7"):
        assert trace not in left
    assert (await store.ask(statement.statement, account.wallet)).points == 0
    history = await store.ask(statement.history, account.wallet)
    assert [(line.kind, line.points) for line in history.lines] == [
        ("erasure", -1000),
        ("welcome", 1000),
    ]


async def test_erasing_twice_is_erasing_once(store):
    await known_person(store)

    await store.change(privacy.erase, MARIA)
    await store.change(privacy.erase, MARIA)
    assert await store.ask(statement.who, MARIA) is None


async def test_somebody_for_whom_another_account_speaks_keeps_their_name(store):
    for name in ("Мария", "Иван"):
        await store.change(record_patient, PHONE, name)
    asked = await joins(store)
    await store.change(registration.choose_family, MARIA, Family.ALL, asked.family[0].id)
    await joins(store, EMMA, "+79990000000")
    emma = await store.ask(statement.who, EMMA)

    def emma_speaks_for_ivan_too(tx):
        tx.people.speaks_for(emma.id, asked.family[1].id, "family")

    await store.change(emma_speaks_for_ivan_too)
    await store.change(privacy.erase, MARIA)

    left = await everything(store)
    assert "Иван" in left
    assert "'Мария'" not in left


async def test_withdrawn_consent_stops_everything_and_can_be_given_again(store):
    await known_person(store)
    await store.change(registration.answer_advertising, MARIA, True)

    account = await store.change(privacy.withdraw, MARIA)

    assert next_question(account) is Question.CONSENT
    assert not account.registered
    account = await store.change(registration.consent, MARIA)
    assert account.registered
    assert next_question(account) is Question.BIRTHDAY
    assert account.advertising is None


async def test_withdrawn_data_is_erased_within_thirty_days(store, clock):
    await known_person(store)
    await store.change(privacy.withdraw, MARIA)

    clock.pass_(days=29, microseconds=-1)
    assert await store.ask(privacy.overdue_withdrawals) == []
    clock.pass_(microseconds=1)
    (overdue,) = await store.ask(privacy.overdue_withdrawals)
    assert await store.change(privacy.erase_withdrawn, overdue)
    assert "Маргарита" not in await everything(store)


async def test_one_who_came_back_is_not_erased(store, clock):
    await known_person(store)
    await store.change(privacy.withdraw, MARIA)
    await store.change(registration.consent, MARIA)

    clock.pass_(days=40)
    assert await store.ask(privacy.overdue_withdrawals) == []


async def test_consent_given_again_between_the_look_and_the_act_stops_the_erasure(store, clock):
    account = await known_person(store)
    await store.change(privacy.withdraw, MARIA)
    clock.pass_(days=40)
    assert await store.ask(privacy.overdue_withdrawals) == [account.id]
    await store.change(registration.consent, MARIA)

    assert not await store.change(privacy.erase_withdrawn, account.id)
    assert "Маргарита" in await everything(store)


async def test_who_lost_the_number_can_still_be_forgotten(store):
    await known_person(store)
    await joins(store, EMMA)

    await store.change(privacy.erase, MARIA)

    assert "Маргарита" not in await everything(store)


async def test_erasure_takes_forms_letters_and_unanswered_updates_along(store):
    account = await known_person(store)
    waiting = Arrived(1, f"{MARIA}:{MARIA}", '{"first_name": "Маргарита"}')
    write = partial(inbox.keep, bot_id=42, arrived=[waiting], now=datetime.now(UTC))
    (kept,) = await store.engines.write(write)
    form = {(42, MARIA, MARIA): Form("name", {"typed": "Маргарита"})}
    closing = Closing(kept.seq, form, "ValueError")
    await store.engines.write(lambda c: inbox.close(c, [closing], datetime.now(UTC)))
    await store.change(lambda tx: tx.outbox.put("k", "account-moved", account.id, name="Маргарита"))

    await store.change(privacy.erase, MARIA)

    left = await everything(store)
    assert "Маргарита" not in left
    assert str(MARIA) not in left


async def test_an_answered_update_no_longer_tells_whose_it_was(store):
    arrived = Arrived(1, f"{MARIA}:{MARIA}", "{}")
    write = partial(inbox.keep, bot_id=42, arrived=[arrived], now=datetime.now(UTC))
    (kept,) = await store.engines.write(write)
    await store.engines.write(lambda c: inbox.close(c, [Closing(kept.seq, {})], datetime.now(UTC)))

    assert str(MARIA) not in await everything(store)


async def test_points_stay_while_somebody_else_shares_the_wallet(store):
    for name in ("Мария", "Иван"):
        await store.change(record_patient, PHONE, name)
    asked = await joins(store)
    account = (
        await store.change(registration.choose_family, MARIA, Family.ALL, asked.family[0].id)
    ).account
    await joins(store, EMMA, "+79990000000")
    emma = await store.ask(statement.who, EMMA)
    await store.change(
        lambda tx: tx.people.speaks_for(emma.id, asked.family[1].id, Relation.FAMILY)
    )

    await store.change(privacy.erase, MARIA)

    assert (await store.ask(statement.statement, account.wallet)).points == 1000


async def test_what_is_stored_is_told_completely(store):
    await known_person(store)

    dossier = await store.ask(privacy.dossier, MARIA)

    assert dossier.account.name == "Маргарита"
    assert dossier.account.phone == PHONE
    assert [payload for payload, _ in dossier.arrivals] == ["s_stand7"]
    assert [(c.kind, c.decision) for c in dossier.consents] == [("data", "given")]
    assert dossier.points == 1000


async def test_pouring_wallets_together_keeps_every_point_and_its_end(store):
    patients = [await store.change(record_patient, PHONE, name) for name in ("Анна", "Иван")]

    def gift(tx, wallet, points):
        credit = Credit(wallet, Reason.WELCOME, points, END)
        ledger.post(tx, f"gift:{wallet}", Kind.WELCOME, [wallet], [credit])
        purse = tx.people.wallet(wallet)
        tx.people.save_wallet(replace(purse, cash_paid=points, debt=points // 10))

    for number, patient in enumerate(patients, start=1):
        await store.change(gift, patient.wallet, 100 * number)
    asked = await joins(store)
    registered = await store.change(
        registration.choose_family, MARIA, Family.ALL, asked.family[0].id
    )

    assert registered.balance == 1300
    poured = await store.ask(lambda tx: [tx.people.wallet(p.wallet) for p in patients])
    assert [(w.cash_paid, w.debt) for w in poured] == [(3_00, 30), (0, 0)]
    total = await store.engines.read(
        lambda c: c.execute(
            text(
                "SELECT (SELECT sum(remaining) FROM lots), (SELECT sum(points) FROM entries),"
                " (SELECT sum(points) FROM allocations), (SELECT sum(balance) FROM wallets)"
            )
        ).one()
    )
    assert tuple(map(int, total)) == (1300, 1300, 1300, 1300)


@pytest.mark.parametrize("use_case", [privacy.dossier, privacy.withdraw])
async def test_a_stranger_has_nothing_here(store, use_case):
    from loyalty.errors import OutOfTurnError

    with pytest.raises(OutOfTurnError):
        await store.change(use_case, 5)
