"""Tasks on both databases: what opens, joins, comes again and closes; free text and its answers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from loyalty import delivery, leaving, mail, privacy, undelivered
from loyalty.appointments import booking, wishing
from loyalty.desk import approving, connecting, merging
from loyalty.desk.access import Decider
from loyalty.desk.newcomers import record_patient
from loyalty.errors import OutOfTurnError
from loyalty.leaving import TakenError
from loyalty.letters import UntrueError
from loyalty.saying import NobodyListensError, Said
from loyalty.tasks import closing, looking, never, posting, results, talking
from loyalty.tasks.doing import Doer, StaleTaskError, TaskDoneError
from loyalty.tasks.opening import open_task
from loyalty.tasks.results import NotThenError, TriedJustNowError
from loyalty.tasks.task import Result, TaskKind, Wish
from screens import tasks
from screens.texts import texts_in
from tests.db.test_access import BOARD
from tests.db.test_desk import (
    ANNA,
    MARIA,
    PHONE,
    admit,
    drafted,
    line,
    open_branch,
    recorded,
    register,
)

OWNERS = (7,)
MORNING = datetime(2026, 11, 23, 7, tzinfo=UTC)  # Monday, 10:00 in Moscow


@pytest.fixture
async def branch(store, clock):
    clock.moment = MORNING
    return await store.change(open_branch)


@pytest.fixture
async def anna(store, branch):
    await store.change(admit, branch)
    return Doer(ANNA, "Анна", branch.id)


@pytest.fixture
async def maria(store, anna):
    await register(store)
    return (await store.ask(lambda tx: tx.people.patients_with_phone(PHONE)))[0].id


async def opened(store, branch, patient, kind=TaskKind.BOOK, key="wish:1", **more):
    await store.change(open_task, key, kind, branch=branch.id, patient=patient, **more)
    tasks = await store.ask(lambda tx: tx.tasks.about(patient))
    return tasks[-1] if tasks else None


async def task(store, number):
    return await store.ask(lambda tx: tx.tasks.task(number))


async def letters(store, kind):
    due = await store.change(lambda tx: tx.outbox.due(200))
    return [letter for letter in due if letter.kind == kind]


async def test_what_a_patient_caused_is_in_the_chat_at_once_and_only_once(store, branch, maria):
    await opened(store, branch, maria)
    await opened(store, branch, maria)
    (posted,) = await letters(store, "task")
    assert posted.telegram == branch.chat
    facts = await store.ask(mail.facts, posted)
    assert [one.patient.id for one in facts.people] == [maria]
    assert len(facts.people[0].reasons) == 1


async def test_a_household_gets_one_call_with_all_its_reasons(store, branch, maria):
    def born(tx):
        mother = tx.people.patient(maria)
        kid = tx.people.add_patient(
            type(mother)(0, mother.wallet, "desk", "Петя", phone=mother.phone)
        )
        return kid.id

    kid = await store.change(born)
    first = await opened(store, branch, maria, TaskKind.SILENT, "silent:1")
    second = await opened(store, branch, kid, TaskKind.MISSED, "missed:2")
    assert second.id == first.id
    facts = await store.ask(lambda tx: looking.facts(tx, tx.tasks.task(first.id)))
    assert [one.patient.id for one in facts.people] == [maria, kid]


async def test_what_the_clinic_noticed_waits_for_opening_and_at_most_ten_come_a_day(
    store, branch, anna, clock
):
    clock.moment = MORNING - timedelta(hours=3)  # 7:00
    people = [await known(store, n) for n in range(13)]
    for n, patient in enumerate(people):
        begins = MORNING + timedelta(days=3, hours=13 - n)
        await opened(store, branch, patient, TaskKind.SILENT, f"silent:{n}", due=begins)
    await store.change(posting.plan, OWNERS)
    assert not await letters(store, "task")
    clock.moment = MORNING
    for _ in range(2):
        await store.change(posting.plan, OWNERS)
    posted = [letter.arguments["task"] for letter in await letters(store, "task")]
    assert len(posted) == posting.A_DAY
    in_a_chair = [await about(store, one) for one in posted]
    assert in_a_chair == people[::-1][: posting.A_DAY]  # who is in a chair soonest comes first
    await opened(store, branch, people[0], TaskKind.MOVE, "move:1")  # and who waits, at once
    assert len(await letters(store, "task")) == posting.A_DAY + 1


async def known(store, n):
    def record(tx):
        return record_patient(tx, f"+7912000{n:04}", "Пациент")

    found = await store.change(record)
    return found.id


async def about(store, number):
    return (await store.ask(lambda tx: tx.tasks.reasons(number)))[0].patient


async def test_unfinished_it_comes_again_in_the_evening_and_the_next_morning(
    store, branch, maria, clock
):
    found = await opened(store, branch, maria)
    assert found.due_at == MORNING + timedelta(hours=7)  # 17:00
    clock.moment = found.due_at
    await store.change(posting.plan, OWNERS)
    again = await task(store, found.id)
    assert again.due_at == MORNING + timedelta(days=1)  # 10:00
    assert len(await letters(store, "task")) == 2


async def test_after_three_tries_in_three_halves_it_is_given_up(store, branch, anna, maria, clock):
    found = await opened(store, branch, maria)
    for _ in range(2):
        found = await store.change(results.no_answer, anna, found.id, found.revision)
        with pytest.raises(TriedJustNowError):
            await store.change(results.no_answer, anna, found.id, found.revision)
        clock.moment = found.due_at
        await store.change(posting.plan, OWNERS)
        found = await task(store, found.id)
    found = await store.change(results.no_answer, anna, found.id, found.revision)
    assert (found.result, found.done_name) == (Result.NO_ANSWER, "Анна")
    with pytest.raises(TaskDoneError):
        await store.change(results.no_answer, anna, found.id, found.revision)


async def test_of_two_presses_one_counts(store, branch, anna, maria):
    found = await opened(store, branch, maria)
    await store.change(results.in_a_week, anna, found.id, found.revision)
    with pytest.raises(StaleTaskError):
        await store.change(results.no_answer, anna, found.id, found.revision)


async def test_called_later_it_comes_at_that_hour_while_the_branch_is_open(
    store, branch, anna, maria, clock
):
    found = await opened(store, branch, maria)
    at_night = MORNING + timedelta(hours=13)  # 23:00
    found = await store.change(results.later, anna, found.id, found.revision, at_night)
    assert found.due_at == MORNING + timedelta(days=1, hours=-1)  # 9:00
    with pytest.raises(NotThenError):
        await store.change(results.later, anna, found.id, found.revision, MORNING)
    clock.moment = found.due_at
    await store.change(posting.plan, OWNERS)
    assert (await task(store, found.id)).posted_on == branch.today(clock.moment)


async def test_the_visit_closes_the_call(store, branch, maria, anna, clock):
    found = await opened(store, branch, maria, TaskKind.MISSED, "missed:1")
    staff = await store.ask(lambda tx: tx.branches.member(branch.id, ANNA))
    await recorded(store, staff, await drafted(store, staff, PHONE, line(3_000_00, 0)))
    assert (await task(store, found.id)).result is Result.CAME


async def test_a_visit_leaves_the_call_about_another_one_that_is_still_to_come(
    store, branch, maria, anna, clock
):
    def booked_ahead(tx):
        by = tx.branches.member(branch.id, ANNA)
        assert by is not None
        later = MORNING + timedelta(days=7)
        return booking.book(
            *(tx, by, "Анна"), source="t:1", patient=maria, branch=branch.id, starts_at=later
        )

    ahead = await store.change(booked_ahead)
    found = await opened(
        store, branch, maria, TaskKind.MOVE, appointment=ahead.id, due=ahead.starts_at
    )
    staff = await store.ask(lambda tx: tx.branches.member(branch.id, ANNA))
    await recorded(store, staff, await drafted(store, staff, PHONE, line(2_000_00, 0)))
    assert (await task(store, found.id)).open


async def test_who_has_visits_at_new_year_is_asked_to_call_about_them(store, branch, maria, clock):
    clock.moment = datetime(2027, 1, 2, 7, tzinfo=UTC)  # Saturday, 10:00 in Moscow
    begins = clock.moment + timedelta(hours=19)
    await opened(store, branch, maria, TaskKind.MISSED, "missed:1")
    await store.change(posting.plan, OWNERS)
    assert not await letters(store, "task")
    await opened(store, branch, maria, TaskKind.SILENT, "silent:1", due=begins)
    await store.change(posting.plan, OWNERS)
    assert len(await letters(store, "task")) == 1


async def test_after_never_the_clinic_opens_no_call_till_it_is_lifted(store, branch, anna, maria):
    found = await opened(store, branch, maria, TaskKind.MISSED, "missed:1")
    found = await store.change(results.never, anna, found.id, found.revision, maria)
    assert found.result is Result.NEVER
    assert await opened(store, branch, maria, TaskKind.SILENT, "silent:2") is None
    assert await opened(store, branch, maria, TaskKind.BOOK, "book:3") is not None  # they asked
    await store.change(closing.booked, maria)
    await store.change(lambda tx: tx.tasks.lift_never(maria, ANNA))
    assert await opened(store, branch, maria, TaskKind.SILENT, "silent:4") is not None


async def test_a_wrong_number_is_called_no_more(store, branch, anna, maria):
    found = await opened(store, branch, maria, TaskKind.MISSED, "missed:1")
    await store.change(results.wrong_number, anna, found.id, found.revision)
    assert await opened(store, branch, maria, TaskKind.SILENT, "silent:2") is None


async def test_an_older_card_gives_way_to_the_newer(store, branch, maria, clock):
    found = await opened(store, branch, maria)
    (first,) = await letters(store, "task")
    await store.change(mail.arrived, first, 501)
    clock.moment = found.due_at
    await store.change(posting.plan, OWNERS)
    (second,) = await letters(store, "task")
    await store.change(mail.arrived, second, 502)
    (below,) = await letters(store, "task-below")
    assert (await store.ask(mail.facts, below)).how.edits == 501
    cards = await store.ask(lambda tx: tx.tasks.shown(found.id))
    assert [card.message for card in cards] == [502]


async def test_without_a_staff_chat_it_comes_to_the_owners(store, branch, maria, anna):
    await store.change(connecting.disconnect, branch.chat)
    found = await opened(store, branch, maria)
    assert not await letters(store, "task")
    await store.change(posting.plan, OWNERS)
    (letter,) = await letters(store, "task")
    assert letter.telegram == OWNERS[0]
    owner = Doer(OWNERS[0], "Олег", None)
    found = await task(store, found.id)
    assert (await store.change(results.in_a_week, owner, found.id, found.revision)).promised


# --- free text -------------------------------------------------------------------------------


def said(number, text="Можно ли с кашлем?", *, media=False):
    return Said(MARIA, number, text, media)


async def test_words_become_a_task_and_more_of_them_go_on_with_it(store, branch, maria, clock):
    heard = await store.change(talking.say, MARIA, said(11), OWNERS)
    assert (heard.promise.hour, heard.promise.closed) == (branch.closes, False)
    (card,) = await letters(store, "task")
    assert not await letters(store, "task-words")  # the card shows them
    await store.change(mail.arrived, card, 501)
    more = await store.change(talking.say, MARIA, said(12, None, media=True), OWNERS)
    assert (more.task.id, more.promise) == (heard.task.id, None)
    (words,) = await letters(store, "task-words")
    facts = await store.ask(mail.facts, words)
    assert (facts.how.copies, facts.how.replies_to) == ((MARIA, 12), 501)
    again = await store.change(talking.say, MARIA, said(11), OWNERS)
    assert again.promise is not None  # handled again, the same is answered
    clock.pass_(hours=6)
    evening = await store.change(talking.say, MARIA, said(13), OWNERS)
    assert evening.promise is not None  # once in each half of a day


@pytest.fixture
async def elsewhere(store, branch, anna, maria):
    """They were last at Lenina's; in three hours Mira awaits them."""
    staff = await store.ask(lambda tx: tx.branches.member(branch.id, ANNA))
    await recorded(store, staff, await drafted(store, staff, PHONE, line(2_000_00, 0)))

    def booked(tx):
        other = tx.branches.add_branch(replace(branch, id=0, name="Мира", chat=-200))
        by, soon = admit(tx, other), MORNING + timedelta(hours=3)
        booking.book(
            *(tx, by, "Анна"), source="t:1", patient=maria, branch=other.id, starts_at=soon
        )
        return other

    return await store.change(booked)


async def test_words_go_to_the_desk_that_awaits_the_patient(store, elsewhere):
    """«Задержусь» was read where they had been last, not where they were awaited."""
    heard = await store.change(talking.say, MARIA, said(11, "Задержусь на десять минут"), OWNERS)
    assert heard.task.branch == elsewhere.id


async def test_after_the_hour_words_go_where_they_were_last(store, branch, elsewhere, clock):
    clock.moment += timedelta(hours=5)
    heard = await store.change(talking.say, MARIA, said(11), OWNERS)
    assert heard.task.branch == branch.id


async def test_an_answer_goes_to_the_patient_and_what_is_not_heard_is_said(
    store, branch, anna, maria
):
    heard = await store.change(talking.say, MARIA, said(11), OWNERS)
    reply = Said(branch.chat, 777, "Приходите")
    await store.change(talking.answer, anna, heard.task.id, reply)
    (letter,) = await letters(store, "task-answer")
    assert letter.telegram == MARIA
    await store.change(mail.lost, letter, delivery.UNREACHABLE)
    (unheard,) = await letters(store, "task-unheard")
    assert unheard.telegram == branch.chat
    assert (await store.ask(mail.facts, unheard)).how.replies_to == 777
    await store.change(undelivered.tell_staff)
    assert await letters(store, "undelivered") == []  # it has just been said


async def test_words_and_what_did_not_arrive_are_not_told_in_a_chat_that_was_left(
    store, branch, maria, clock
):
    for number in (1, 2):
        await store.change(talking.say, MARIA, said(number), OWNERS)
    (words,) = await letters(store, "task-words")
    await store.ask(mail.facts, words)
    await store.change(connecting.disconnect, branch.chat)
    await store.change(connecting.reopen, -200, branch.id)
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, words)


async def test_a_letter_taken_while_its_group_becomes_a_supergroup_goes_there(
    store, branch, maria, clock
):
    await opened(store, branch, maria)
    taken = next(one for one in await store.change(mail.claim, 20) if one.kind == "task")
    await store.change(connecting.moved, branch.chat, -200)
    with pytest.raises(TakenError):
        await store.change(leaving.leave, taken)
    clock.moment += delivery.LEASE
    again = next(one for one in await store.change(mail.claim, 20) if one.kind == "task")
    assert again.telegram == -200
    await store.change(leaving.leave, again)


async def test_however_much_a_patient_wishes_the_card_fits_a_message(store, branch, maria):
    for n in range(40):
        name = f"Константинопольская {'авбгдежзик'[n % 10]}{n}"
        doctor = await store.change(lambda tx, name=name: tx.branches.add_doctor(name, ANNA))
        for when in Wish:
            asked = {"branch": branch.id, "patient": maria, "when": when, "doctor": doctor}
            await store.change(wishing.wish, MARIA, **asked)
    facts = await store.ask(lambda tx: looking.facts(tx, tx.tasks.about(maria)[0]))
    card = tasks.card(texts_in("ru"), facts, BOARD).text
    assert len(card) < 4096
    assert f"Константинопольская {'авбгдежзик'[9]}39" in card


async def test_an_answered_talk_closes_after_a_quiet_day(store, branch, anna, maria, clock):
    heard = await store.change(talking.say, MARIA, said(11), OWNERS)
    await store.change(talking.answer, anna, heard.task.id, Said(branch.chat, 777, "Приходите"))
    clock.pass_(hours=24)
    await store.change(posting.plan, OWNERS)
    assert (await task(store, heard.task.id)).result is Result.ANSWERED
    later = await store.change(talking.say, MARIA, said(12), OWNERS)
    assert later.task.id != heard.task.id


async def test_nothing_passes_without_consent(store, branch, maria):
    await store.change(privacy.withdraw, MARIA)
    with pytest.raises(OutOfTurnError):
        await store.change(talking.say, MARIA, said(11), OWNERS)


async def test_who_has_left_cannot_be_answered(store, branch, anna, maria):
    heard = await store.change(talking.say, MARIA, said(11), OWNERS)
    await store.change(privacy.withdraw, MARIA)
    with pytest.raises(NobodyListensError):
        await store.change(talking.answer, anna, heard.task.id, Said(branch.chat, 777, "?"))


async def test_after_never_no_care_is_sent_either(store, branch, anna, maria, clock):
    staff = await store.ask(lambda tx: tx.branches.member(branch.id, ANNA))
    await recorded(store, staff, await drafted(store, staff, PHONE, line(3_000_00, 0)))
    clock.pass_(hours=4)
    (rating,) = await letters(store, "rating")
    assert await store.ask(mail.facts, rating)
    await store.change(never.say, maria, ANNA, "Анна")
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, rating)
    manager = Decider(OWNERS[0], is_owner=True)
    await store.change(never.lift, manager, branch.id, maria)
    assert await store.ask(mail.facts, rating)


async def test_two_records_of_one_person_become_one_call(store, branch, anna, clock):
    one, other = await known(store, 1), await known(store, 2)
    first = await opened(store, branch, one, TaskKind.MISSED, "missed:1")
    second = await opened(store, branch, other, TaskKind.SILENT, "silent:2")
    assert first.id != second.id
    staff = await store.ask(lambda tx: tx.branches.member(branch.id, ANNA))
    asked = await store.change(
        merging.ask, staff, "Анна", one, other, source="merge:1", owners=OWNERS
    )
    await store.change(
        approving.decide, OWNERS[0], asked.id, is_owner=True, granted=True, owners=OWNERS
    )
    open_ = [t for t in (await task(store, first.id), await task(store, second.id)) if t.open]
    (call,) = open_
    reasons = await store.ask(lambda tx: tx.tasks.reasons(call.id))
    assert {reason.kind for reason in reasons} == {TaskKind.MISSED, TaskKind.SILENT}


async def test_who_is_erased_leaves_neither_task_nor_words(store, branch, anna, maria):
    await opened(store, branch, maria, TaskKind.MISSED, "missed:1")
    heard = await store.change(talking.say, MARIA, said(11), OWNERS)
    await store.change(privacy.erase, MARIA)
    assert not (await task(store, heard.task.id)).open
    assert not await store.ask(lambda tx: tx.tasks.about(maria))
    words = await store.ask(lambda tx: tx.ratings.words_of_task(heard.task.id))
    assert [(one.text, one.author) for one in words] == [(None, "")]


async def test_who_cannot_be_told_of_a_visit_is_called_once(store, branch, anna, maria, clock):
    staff = await store.ask(lambda tx: tx.branches.member(branch.id, ANNA))
    starts = MORNING + timedelta(days=3)
    await store.change(
        booking.book,
        *(staff, "Анна"),
        source="book:1",
        patient=maria,
        branch=branch.id,
        starts_at=starts,
    )
    (told,) = await letters(store, "booked")
    for _ in range(2):
        await store.change(mail.lost, told, delivery.UNREACHABLE, OWNERS)
    (call,) = await store.ask(lambda tx: tx.tasks.about(maria))
    (reason,) = await store.ask(lambda tx: tx.tasks.reasons(call.id))
    assert (reason.kind, reason.due) == (TaskKind.UNREACHED, starts)
    by = (anna, call.id, call.revision, maria)
    assert (await store.change(results.comes, *by)).result is Result.CONFIRMED
