"""What a reviewer of the desk found, mended: each named by its bug."""

from functools import partial

import pytest

from loyalty.counting import TooManyPointsError
from loyalty.desk import codes, connecting, drafting
from loyalty.desk.card import Stage, card
from loyalty.desk.drafting import CodeRecordedError, StaleCardError
from loyalty.desk.newcomers import record_patient
from loyalty.ledger import post
from loyalty.points import Credit, Kind, Reason
from loyalty.recalls import Interval
from tests.db.test_desk import (
    MARIA,
    PHONE,
    admit,
    drafted,
    line,
    open_branch,
    recorded,
    register,
)


@pytest.fixture
async def branch(store):
    return await store.change(open_branch)


@pytest.fixture
async def anna(store, branch):
    return await store.change(admit, branch)


async def gift(store, wallet: int, points: int, clock) -> None:
    def give(tx) -> None:
        ends_at = tx.now.replace(year=tx.now.year + 1)
        post(tx, "gift:test", Kind.GIFT, [points], [Credit(wallet, Reason.GIFT, points, ends_at)])

    await store.change(give)


async def signed(store, anna, sum_: int, points: int | None = None):
    laid = await drafted(store, anna, PHONE, line(sum_, points, most=points is None))
    draft = laid.draft
    return await store.change(drafting.sign, anna, draft.id, draft.revision)


async def test_most_is_recorded_as_the_card_showed_it(store, anna, clock):
    patient = await store.change(record_patient, PHONE, "Пётр")
    await gift(store, patient.wallet, 1000, clock)
    laid = await signed(store, anna, 12_400_00)
    await store.change(
        lambda tx: post(
            tx,
            "gift:more",
            Kind.GIFT,
            [300],
            [Credit(patient.wallet, Reason.GIFT, 300, tx.now.replace(year=tx.now.year + 1))],
        )
    )

    visit = await recorded(store, anna, laid)

    assert (visit.points, visit.cash) == (1000, 11_400_00)


async def test_most_that_has_shrunk_meanwhile_is_refused(store, anna, clock):
    patient = await store.change(record_patient, PHONE, "Пётр")
    await gift(store, patient.wallet, 1000, clock)
    laid = await signed(store, anna, 12_400_00)
    other = await drafted(store, anna, PHONE, line(12_400_00, 600), source="line:1:2")
    other = await store.change(drafting.sign, anna, other.draft.id, other.draft.revision)
    await recorded(store, anna, other)

    again = await store.ask(card, laid.draft.id)  # the card is looked at again, and pressed
    with pytest.raises(TooManyPointsError):
        await recorded(store, anna, again)


async def test_a_signature_covers_only_what_was_signed_for(store, anna, clock):
    patient = await store.change(record_patient, PHONE, "Пётр")
    await gift(store, patient.wallet, 3000, clock)
    laid = await signed(store, anna, 1_000_00)
    draft = laid.draft
    assert draft.signed
    laid = await store.change(drafting.set_sum, anna, draft.id, draft.revision, 0, 10_000_00)
    assert (laid.points, laid.draft.signed) == (3000, False)


async def test_four_digits_never_become_a_patients_phone(store, anna):
    await store.change(record_patient, PHONE, "Пётр")
    laid = await drafted(store, anna, "6788", line(900_00))
    with pytest.raises(StaleCardError):
        await store.change(drafting.name_newcomer, anna, laid.draft.id, "Анна")


async def test_two_lines_with_one_new_phone_make_one_patient(store, anna):
    first = await drafted(store, anna, PHONE, line(900_00))
    second = await drafted(store, anna, PHONE, line(700_00), source="line:1:2")
    for laid in (first, second):
        await store.change(drafting.name_newcomer, anna, laid.draft.id, "Пётр")
    one = await store.change(drafting.write_down, anna, first.draft.id, 1)
    other = await store.change(drafting.write_down, anna, second.draft.id, 1)
    assert one.patient == other.patient


async def test_the_code_of_an_open_card_changes_that_card(store, anna):
    await register(store)
    digits = (await store.change(codes.show, MARIA)).code.digits
    slip = await drafted(store, anna, digits, line(1_240_00, most=True))
    right = await drafted(store, anna, digits, line(12_400_00, most=True), source="line:1:2")
    assert (right.draft.id, right.draft.bill, right.points) == (slip.draft.id, 12_400_00, 1000)
    assert right.draft.revision > slip.draft.revision

    await recorded(store, anna, right)
    with pytest.raises(CodeRecordedError):
        await drafted(store, anna, digits, line(12_400_00), source="line:1:3")


async def test_one_more_of_a_family_is_written_down_under_the_same_phone(store, anna):
    await store.change(record_patient, PHONE, "Пётр")
    laid = await drafted(store, anna, PHONE, line(900_00))
    draft = laid.draft
    asked = await store.change(drafting.another_of_phone, anna, draft.id, draft.revision)
    assert (asked.stage, [p.name for p in asked.candidates]) == (Stage.WHO, ["Пётр"])
    name = partial(drafting.name_newcomer, another=True)
    named = await store.change(name, anna, draft.id, "Анна")
    laid = await store.change(drafting.write_down, anna, draft.id, named.draft.revision)
    assert (laid.patient.name, laid.patient.phone) == ("Анна", PHONE)


async def test_undo_takes_what_was_recorded_last_not_opened_last(store, anna, branch, clock):
    await register(store)
    early = await drafted(store, anna, PHONE, line(900_00))
    late = await drafted(store, anna, PHONE, line(700_00), source="line:1:2")
    await recorded(store, anna, late)
    clock.pass_(minutes=1)
    await recorded(store, anna, await store.ask(card, early.draft.id))

    last = await store.ask(lambda tx: tx.desk.last_by(branch.id, anna.telegram))

    assert last.id == early.draft.id


async def test_a_branch_in_another_chat_forgets_its_old_messages(store, anna, branch):
    laid = await drafted(store, anna, PHONE, line(900_00))
    await store.change(drafting.put_on_card, laid.draft.id, 57)
    await store.change(connecting.disconnect, branch.chat)
    await store.change(lambda tx: connecting._take_up(tx, tx.branches.branch(branch.id), -200))
    assert (await store.ask(lambda tx: tx.desk.draft(laid.draft.id))).card is None


@pytest.mark.parametrize("step", ["day", "recall", "doctor"])
async def test_a_crafted_number_does_no_harm(store, anna, step):
    await register(store)
    laid = await drafted(store, anna, PHONE, line(900_00))
    where = (anna, laid.draft.id, laid.draft.revision)
    huge = 9_999_999_999
    if step == "day":
        changed = await store.change(drafting.set_day, *where, huge)
        assert (laid.draft.day - changed.draft.day).days == 60
    elif step == "recall":
        changed = await store.change(drafting.set_recall, *where, Interval(months=huge))
        assert changed.recall_on.year == laid.draft.day.year + 2
    else:
        with pytest.raises(StaleCardError):
            await store.change(drafting.set_doctor, *where, 0, 777)
