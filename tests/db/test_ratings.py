"""Ratings and cases on both databases: who is asked, what a tap does, who hears of it."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from db.store import Store
from loyalty import delivery, mail, privacy, ratings
from loyalty.cases import arriving, handling, looking, opening, overdue, recipients, talking
from loyalty.cases.handling import SolvedAlreadyError, TakenAlreadyError
from loyalty.cases.opening import CaseClosedError
from loyalty.cases.recipients import NoDeputyError, NotTheirCaseError
from loyalty.desk import access, approving, correcting, drafting, returning
from loyalty.desk.access import Decider
from loyalty.errors import OutOfTurnError
from loyalty.letters import NotNowError, UntrueError
from loyalty.opinions import Call, CaseState, Why
from loyalty.ratings import VisitCancelledError
from loyalty.saying import NobodyListensError, Said, TooLongError
from loyalty.team import Member, Standing
from screens import cases as screens
from screens.texts import texts_in
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

OLEG, IRINA, OTHER = 7, 1004, 1010
OWNER = Decider(OLEG, is_owner=True)
MANAGER = Decider(IRINA, is_owner=False)
OWNERS = (OLEG,)


@pytest.fixture
async def branch(store: Store):
    return await store.change(open_branch)


@pytest.fixture
async def anna(store: Store, branch):
    return await store.change(admit, branch)


@pytest.fixture
async def irina(store: Store, branch) -> Member:
    manager = Member(0, branch.id, IRINA, "Ирина", Standing.MANAGER)
    return await store.change(lambda tx: tx.branches.add_member(manager))


async def visited(store: Store, anna: Member, source: str = "line:1:1", who: str = PHONE):
    return await recorded(store, anna, await drafted(store, anna, who, line(10_000_00, 0), source))


async def letters(store: Store, kind: str):
    """Those that are due now."""
    return [one for one in await store.change(lambda tx: tx.outbox.due(100)) if one.kind == kind]


async def rated(store: Store, visit: int, stars: int, telegram: int = MARIA):
    return await store.change(ratings.rate, telegram, visit, stars, OWNERS)


async def case_of(store: Store, visit: int):
    return await store.ask(lambda tx: tx.cases.case_of(visit))


# --- who is asked ----------------------------------------------------------------------------


async def test_the_question_comes_after_three_hours_and_is_of_no_use_after_four_days(
    store, anna, clock
):
    await register(store)
    await visited(store, anna)
    clock.pass_(hours=2, minutes=59)
    assert await letters(store, "rating") == []
    clock.pass_(minutes=1)
    [question] = await letters(store, "rating")
    assert await store.ask(mail.facts, question)
    clock.pass_(days=4)
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, question)


async def test_an_outage_until_night_waits_for_the_morning(store, anna, clock):
    await register(store)
    await visited(store, anna)
    clock.pass_(hours=11)
    [question] = await letters(store, "rating")
    with pytest.raises(NotNowError) as closed:
        await store.ask(mail.facts, question)
    assert closed.value.until - clock.now() == timedelta(hours=11)


async def test_another_visit_within_two_days_asks_nothing(store, anna, clock):
    await register(store)
    await visited(store, anna)
    clock.pass_(hours=3)
    [first] = await letters(store, "rating")
    await store.change(mail.arrived, first, 10)
    clock.pass_(hours=21)
    await visited(store, anna, "line:1:2")
    clock.pass_(hours=3)
    [second] = await letters(store, "rating")
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, second)
    clock.pass_(days=1, hours=0, minutes=1)
    await store.ask(mail.facts, second)  # 48 hours are over


@pytest.mark.parametrize("how", ["undone", "returned"])
async def test_what_was_taken_back_is_not_asked_about(store, anna, clock, how):
    await register(store)
    visit = await visited(store, anna)
    clock.pass_(hours=3)
    [question] = await letters(store, "rating")
    if how == "undone":
        await store.change(correcting.undo, anna, "Анна", visit.id)
    else:
        asked = await store.change(
            returning.return_money, anna, "Анна", visit.id, "complaint", OWNERS
        )
        await store.change(
            *(approving.decide, OLEG, asked.request.id), is_owner=True, granted=True, owners=OWNERS
        )
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, question)


async def test_the_question_repeated_is_repeated_once(store, anna, clock):
    await register(store)
    visit = await visited(store, anna)
    clock.pass_(hours=3)
    [first] = await letters(store, "rating")
    await store.change(mail.arrived, first, 10)
    clock.pass_(hours=24)
    [again] = await letters(store, "rating-again")
    await store.ask(mail.facts, again)
    await store.change(mail.arrived, again, 11)
    clock.pass_(days=3)
    assert await letters(store, "rating") == await letters(store, "rating-again") == []
    await rated(store, visit.id, 4)


async def test_a_withdrawn_consent_is_respected_between_plan_and_send(store, anna, clock):
    await register(store)
    await visited(store, anna)
    await store.change(privacy.withdraw, MARIA)
    clock.pass_(hours=3)
    [question] = await letters(store, "rating")
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, question)


# --- the tap ---------------------------------------------------------------------------------


async def test_two_taps_at_once_are_one_rating_and_one_case(store, anna):
    await register(store)
    visit = await visited(store, anna)
    taps = (1, 2, 3, 1, 2)
    made = await asyncio.gather(*(rated(store, visit.id, stars) for stars in taps))
    [stands] = {one.rating.stars for one in made}
    assert [one.stands for one in made] == [stars == stands for stars in taps]
    assert len(await letters(store, "case")) == 1


@pytest.mark.parametrize(("stars", "is_case"), [(1, True), (3, True), (4, False), (5, False)])
async def test_three_stars_and_fewer_are_a_case(store, anna, stars, is_case):
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, stars)
    assert (await case_of(store, visit.id) is not None) is is_case
    patient = visit.patient
    assert await store.ask(lambda tx: tx.cases.open_about(patient)) is is_case


async def test_nobody_rates_for_another(store, anna):
    await register(store)
    await register(store, OTHER, "+79990000000")
    visit = await visited(store, anna)
    with pytest.raises(OutOfTurnError):
        await rated(store, visit.id, 1, OTHER)


async def test_a_cancelled_visit_is_not_rated(store, anna):
    await register(store)
    visit = await visited(store, anna)
    await store.change(correcting.undo, anna, "Анна", visit.id)
    with pytest.raises(VisitCancelledError):
        await rated(store, visit.id, 1)


async def test_stars_given_to_a_record_whose_sum_was_mended_are_for_the_visit_as_it_is(store, anna):
    await register(store)
    wrong = await visited(store, anna)
    draft = await store.change(correcting.correct_sum, anna, "Анна", wrong.id)
    card = await store.change(drafting.set_sum, anna, draft.id, draft.revision, 0, 1_000_00)
    right = await recorded(store, anna, card)
    made = await rated(store, wrong.id, 1)
    assert (made.rating.visit, made.case.visit) == (right.id, right.id)
    assert (await rated(store, right.id, 1)).stands
    assert len(await letters(store, "case")) == 1


# --- the case --------------------------------------------------------------------------------


async def test_every_owner_and_the_manager_hear_of_it(store, anna, irina):
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, 2)
    alerts = await letters(store, "case")
    assert {letter.telegram for letter in alerts} == {OLEG, IRINA}
    facts = await store.ask(mail.facts, alerts[0])
    assert (facts.case.stars, facts.visits, facts.reachable) == (2, 1, True)


async def test_one_takes_it_and_the_others_see_who(store, anna, irina):
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, 1)
    for number, alert in enumerate(await letters(store, "case")):
        await store.change(mail.arrived, alert, number + 1)
    case = await case_of(store, visit.id)

    await store.change(handling.take, MANAGER, OWNERS, "Ирина", case.id)
    assert {letter.telegram for letter in await letters(store, "case-edit")} == {OLEG, IRINA}
    with pytest.raises(TakenAlreadyError):
        await store.change(handling.take, OWNER, OWNERS, "Олег", case.id)
    await store.change(handling.pass_on, MANAGER, OWNERS, case.id, OLEG, "Руководитель")
    passed = await case_of(store, visit.id)
    assert (passed.taken_by, passed.taken_name) == (OLEG, "Руководитель")
    await store.change(handling.solve, OWNER, OWNERS, "Олег", case.id, "Переделали")
    solved = await case_of(store, visit.id)
    assert (solved.state, solved.note) == (CaseState.SOLVED, "Переделали")
    with pytest.raises(SolvedAlreadyError):
        await store.change(handling.take, OWNER, OWNERS, "Олег", case.id)


async def test_an_alert_sent_while_the_case_changed_is_drawn_anew(store, anna):
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, 1)
    [alert] = await letters(store, "case")
    await store.change(opening.say_why, MARIA, visit.id, Why.PRICE, OWNERS)
    assert await letters(store, "case-edit") == []
    await store.change(mail.arrived, alert, 5)
    [redrawn] = await letters(store, "case-edit")
    facts = await store.ask(mail.facts, redrawn)
    assert (facts.how.edits, facts.case.why) == (5, Why.PRICE)


async def test_left_alone_it_comes_again_every_day_until_it_is_solved(store, anna, clock):
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, 1)
    await store.change(overdue.plan, OWNERS)
    assert await letters(store, "case-overdue") == []
    for day in (1, 2):
        clock.pass_(days=1)
        for _ in range(3):
            await store.change(overdue.plan, OWNERS)
        [late] = await letters(store, "case-overdue")
        assert (await store.ask(mail.facts, late)).overdue
        await store.change(mail.arrived, late, 10 + day)
    clock.pass_(days=5)  # an outage
    await store.change(overdue.plan, OWNERS)
    [late] = await letters(store, "case-overdue")
    case = await case_of(store, visit.id)
    await store.change(handling.solve, OWNER, OWNERS, "Олег", case.id, None)
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, late)


async def test_who_cannot_be_reached_is_told_of_in_the_staff_chat_once(store, anna, irina, branch):
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, 1)
    for alert in await letters(store, "case"):
        await store.change(mail.lost, alert, "TelegramForbiddenError")
    waits, besides = sorted(await letters(store, "case-waits"), key=lambda w: -w.arguments["owner"])
    assert waits.telegram == branch.chat
    await store.change(delivery.sent, waits.id)
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, besides)
    assert await store.ask(mail.facts, waits)
    case = await case_of(store, visit.id)
    await store.change(handling.take, OWNER, OWNERS, "Олег", case.id)
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, waits)


async def test_strangers_and_managers_elsewhere_may_not_touch_it(store, anna):
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, 1)
    case = await case_of(store, visit.id)
    for who in (ANNA, MARIA, OTHER):
        by = Decider(who, is_owner=False)
        with pytest.raises(NotTheirCaseError):
            await store.change(handling.take, by, OWNERS, "Кто-то", case.id)
        with pytest.raises(NotTheirCaseError):
            await store.ask(looking.look, by, OWNERS, case.id)


async def test_who_presses_start_gets_what_never_reached_them(store, anna, irina):
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, 1)
    for alert in await letters(store, "case"):
        await store.change(mail.lost, alert, "TelegramForbiddenError")
    for _ in range(2):
        await store.change(arriving.catch_up, IRINA, OWNERS)
    [missed] = await letters(store, "case")
    assert missed.telegram == IRINA
    await store.change(mail.arrived, missed, 3)
    await store.change(arriving.catch_up, IRINA, OWNERS)
    assert await letters(store, "case") == []


async def test_what_was_passed_to_somebody_out_of_reach_is_nobodys_again(store, anna, irina):
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, 1)
    for number, alert in enumerate(await letters(store, "case")):
        await store.change(mail.arrived, alert, number + 1)
    case = await case_of(store, visit.id)
    await store.change(handling.pass_on, OWNER, OWNERS, case.id, IRINA, "Руководитель")
    [passed] = await letters(store, "case")
    await store.change(mail.lost, passed, "TelegramForbiddenError")
    assert (await case_of(store, visit.id)).state is CaseState.NEW


async def test_a_manager_who_was_removed_hears_and_does_nothing_more(store, anna, irina, branch):
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, 1)
    [hers] = [one for one in await letters(store, "case") if one.telegram == IRINA]
    case = await case_of(store, visit.id)
    await store.change(handling.take, MANAGER, OWNERS, "Ирина", case.id)
    await store.change(access.dismiss_manager, OWNER, branch.id, irina.id)
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, hers)
    with pytest.raises(NotTheirCaseError):
        await store.ask(looking.look, MANAGER, OWNERS, case.id)
    await store.change(talking.say, MARIA, visit.id, Said(MARIA, 1, "Где вы?"), OWNERS)
    assert {one.telegram for one in await letters(store, "case-words")} == {OLEG}


async def test_a_deputy_has_what_the_absent_had_and_no_longer_than_they_decide_themselves(
    store, anna, irina, branch
):
    elsewhere = replace(branch, name="Мира", chat=-200)
    mira = await store.change(lambda tx: tx.branches.add_branch(elsewhere))
    lara = Member(0, mira.id, OTHER, "Лариса", Standing.MANAGER)
    lara = await store.change(lambda tx: tx.branches.add_member(lara))
    deputy = Decider(OTHER, is_owner=False)
    await store.change(recipients.go_away, MANAGER, OWNERS, OTHER)
    there = await store.ask(lambda tx: recipients.branches_of(tx, OWNERS, OTHER))
    assert there == {branch.id, mira.id}
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, 1)
    assert {one.telegram for one in await letters(store, "case")} == {OTHER, OLEG}
    await store.change(access.dismiss_manager, OWNER, mira.id, lara.id)
    case = await case_of(store, visit.id)
    with pytest.raises(NotTheirCaseError):
        await store.change(handling.take, deputy, OWNERS, "Лариса", case.id)
    hear = await store.ask(lambda tx: recipients.recipients(tx, OWNERS, branch.id))
    assert {one.telegram for one in hear} == {IRINA, OLEG}


async def test_absences_are_followed_to_who_is_here(store, anna, irina, branch):
    lara = Member(0, branch.id, OTHER, "Лариса", Standing.MANAGER)
    await store.change(lambda tx: tx.branches.add_member(lara))
    await store.change(recipients.go_away, OWNER, OWNERS, IRINA)
    await store.change(recipients.go_away, MANAGER, OWNERS, OTHER)
    hear = await store.ask(lambda tx: recipients.recipients(tx, OWNERS, branch.id))
    assert [one.telegram for one in hear] == [OTHER]
    # A circle leaves nobody out.
    await store.change(lambda tx: tx.cases.set_away(OTHER, OLEG))
    hear = await store.ask(lambda tx: recipients.recipients(tx, OWNERS, branch.id))
    assert {one.telegram for one in hear} == {IRINA, OLEG, OTHER}


async def test_a_deputy_has_the_cases_while_the_owner_is_away(store, anna, irina):
    await register(store)
    with pytest.raises(NoDeputyError):
        await store.change(recipients.go_away, OWNER, OWNERS, OTHER)
    await store.change(recipients.go_away, OWNER, OWNERS, IRINA)
    visit = await visited(store, anna)
    await rated(store, visit.id, 1)
    assert [letter.telegram for letter in await letters(store, "case")] == [IRINA]
    await store.change(recipients.come_back, OWNER)
    again = await visited(store, anna, "line:1:2")
    await rated(store, again.id, 1)
    assert {letter.telegram for letter in await letters(store, "case")} == {IRINA, OLEG}


async def test_where_the_deputy_is_out_of_reach_the_absent_owner_hears(store, anna, irina):
    await store.change(recipients.go_away, OWNER, OWNERS, IRINA)
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, 1)
    [alert] = await letters(store, "case")
    assert alert.telegram == IRINA
    for _ in range(2):
        await store.change(mail.lost, alert, delivery.UNREACHABLE)
    [again] = await letters(store, "case")
    assert again.telegram == OLEG
    assert (await store.ask(mail.facts, again)).case.visit == visit.id


# --- words -----------------------------------------------------------------------------------


async def test_words_go_both_ways_once_however_often_they_come(store, anna):
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, 2)
    said, case = Said(MARIA, 50, "Долго ждали"), await case_of(store, visit.id)
    for _ in range(2):
        await store.change(talking.say, MARIA, visit.id, said, OWNERS)
    [words] = await letters(store, "case-words")
    assert (await store.ask(mail.facts, words)).words.text == "Долго ждали"

    back = Said(OLEG, 60, "Простите нас")
    for _ in range(2):
        await store.change(talking.answer, OWNER, OWNERS, "Олег", case.id, back)
    [answer] = await letters(store, "case-answer")
    assert answer.telegram == MARIA
    assert (await case_of(store, visit.id)).state is CaseState.TAKEN


async def test_words_about_a_solved_case_open_it_again(store, anna, clock):
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, 1)
    [alert] = await letters(store, "case")
    await store.change(mail.arrived, alert, 5)
    case = await case_of(store, visit.id)
    await store.change(handling.solve, OWNER, OWNERS, "Олег", case.id, None)
    with pytest.raises(CaseClosedError):
        await store.change(opening.say_why, MARIA, visit.id, Why.PAIN, OWNERS)
    clock.pass_(days=3)
    await store.change(talking.say, MARIA, visit.id, Said(MARIA, 9, "Опять болит"), OWNERS)
    again = await case_of(store, visit.id)
    assert (again.state, again.overdue(clock.now())) == (CaseState.NEW, False)
    assert [one.telegram for one in await letters(store, "case")] == [OLEG]


async def test_a_photo_keeps_the_words_under_it(store, anna):
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, 1)
    said = Said(MARIA, 9, "Вот так осталось", media=True)
    await store.change(talking.say, MARIA, visit.id, said, OWNERS)
    [words] = await letters(store, "case-words")
    facts = await store.ask(mail.facts, words)
    assert (facts.words.text, facts.how.copies) == ("Вот так осталось", (MARIA, 9))


async def test_pain_and_a_wish_to_be_called_make_a_sound(store, anna):
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, 1)
    for _ in range(2):
        await store.change(opening.say_why, MARIA, visit.id, Why.PAIN, OWNERS)
        await store.change(opening.say_how, MARIA, visit.id, Call.CALL, OWNERS)
    urgent = await letters(store, "case-urgent")
    assert [one.arguments["what"] for one in urgent] == ["pain", "call"]


async def test_who_is_in_pain_stands_first_and_who_is_to_be_called_is_marked(store, anna, clock):
    await register(store)
    await register(store, OTHER, "+79005556677")
    waits = await visited(store, anna)
    await rated(store, waits.id, 2)
    await store.change(opening.say_how, MARIA, waits.id, Call.CALL, OWNERS)
    clock.pass_(hours=1)
    suffers = await visited(store, anna, "line:1:2", "+79005556677")
    await rated(store, suffers.id, 1, OTHER)
    await store.change(opening.say_why, OTHER, suffers.id, Why.PAIN, OWNERS)

    found = await store.ask(looking.listed, OWNER, OWNERS)
    assert [one.case.visit for one in found.open] == [suffers.id, waits.id]
    rows = screens.listed(texts_in("ru"), found, None).keyboard.inline_keyboard
    labels = [row[0].text for row in rows]
    assert labels[0].startswith("● 1★ болит: ")
    assert labels[1].startswith("● 2★ ☎ ")

    case = (await case_of(store, waits.id)).id
    await store.change(handling.solve, OWNER, OWNERS, "Олег", case, None)
    found = await store.ask(looking.listed, OWNER, OWNERS)
    rows = screens.solved_ones(texts_in("ru"), found).keyboard.inline_keyboard
    assert not any("☎" in row[0].text for row in rows)


async def test_a_rating_that_may_have_arrived_is_not_asked_again(store, anna, clock):
    await register(store)
    visit = await visited(store, anna)
    clock.pass_(hours=3)
    await store.change(delivery.claim, 20)
    [question] = [one for one in await due_again(store) if one.kind == "rating"]
    await store.change(lambda tx: tx.outbox.mark(question.id, "sending"))
    [doubtful] = [one for one in await due_again(store) if one.kind == "rating"]
    assert doubtful.doubtful
    await store.change(mail.left_in_doubt, doubtful)
    assert [one for one in await due_again(store) if one.kind == "rating"] == []
    clock.pass_(days=1)
    [again] = await letters(store, "rating-again")
    assert again.arguments["visit"] == visit.id


async def due_again(store):
    """As after a start: no lease holds."""
    await store.change(delivery.release)
    return await store.change(lambda tx: tx.outbox.due(100))


async def test_a_phone_that_came_with_a_new_account_rates_nothing_of_the_one_before(
    store, anna, clock
):
    await register(store)
    visit = await visited(store, anna)
    await register(store, OTHER, PHONE)
    with pytest.raises(OutOfTurnError):
        await rated(store, visit.id, 1, OTHER)
    with pytest.raises(OutOfTurnError):
        await rated(store, visit.id, 1, MARIA)
    clock.pass_(hours=3)
    for question in await letters(store, "rating"):
        with pytest.raises(UntrueError):
            await store.ask(mail.facts, question)


async def test_praise_is_read_and_is_no_case(store, anna):
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, 5)
    said = Said(MARIA, 50, "Спасибо Петровой!")
    assert await store.change(talking.say, MARIA, visit.id, said, OWNERS) is None
    [praise] = await letters(store, "rating-words")
    assert praise.telegram == OLEG


async def test_too_much_is_refused_and_a_patient_who_left_cannot_be_answered(store, anna):
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, 1)
    case = await case_of(store, visit.id)
    with pytest.raises(TooLongError):
        await store.change(talking.say, MARIA, visit.id, Said(MARIA, 1, "а" * 3001), OWNERS)
    await store.change(privacy.withdraw, MARIA)
    with pytest.raises(NobodyListensError):
        await store.change(
            talking.answer, OWNER, OWNERS, "Олег", case.id, Said(OLEG, 2, "Здравствуйте")
        )


async def test_what_was_said_is_in_what_is_stored_about_a_person(store, anna):
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, 2)
    await store.change(talking.say, MARIA, visit.id, Said(MARIA, 1, "Долго"), OWNERS)
    [opinion] = (await store.ask(privacy.dossier, MARIA)).opinions
    assert (opinion.stars, [words.text for words in opinion.words]) == (2, ["Долго"])


async def test_erased_words_are_gone_and_stars_stay(store, anna):
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, 1)
    await store.change(talking.say, MARIA, visit.id, Said(MARIA, 1, "Я Мария Петрова"), OWNERS)
    [words] = await letters(store, "case-words")
    await store.change(privacy.erase, MARIA)
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, words)
    kept = await store.ask(lambda tx: tx.ratings.words(visit.id))
    assert [(one.text, one.author) for one in kept] == [(None, "")]
    assert (await store.ask(lambda tx: tx.ratings.rating(visit.id))).stars == 1


# --- letters ---------------------------------------------------------------------------------


async def test_a_case_overtakes_what_can_wait(store, anna, clock):
    await register(store)
    await visited(store, anna)
    clock.pass_(hours=3)  # the question waits
    second = await visited(store, anna, "line:1:2")
    await rated(store, second.id, 1)
    kinds = [letter.kind for letter in await store.change(lambda tx: tx.outbox.due(100))]
    assert kinds.index("case") < kinds.index("rating")
    assert kinds.index("receipt") < kinds.index("case")


async def test_what_a_former_life_had_claimed_is_due_at_once(store, anna):
    await register(store)
    await visited(store, anna)
    assert await store.change(delivery.claim, 20)
    assert await store.change(lambda tx: tx.outbox.due(20)) == []
    await store.change(delivery.release)
    assert await store.change(lambda tx: tx.outbox.due(20))
