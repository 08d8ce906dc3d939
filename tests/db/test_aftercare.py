"""After-care on both databases: who is asked the day after surgery, and what an answer does."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from db.store import Store
from loyalty import aftercare, delivery, mail, privacy, ratings, registration
from loyalty.addressing import Talk, addressed
from loyalty.aftercare import VisitTakenBackError
from loyalty.cases import handling, looking, opening, overdue, talking
from loyalty.categories import Category
from loyalty.desk import correcting, drafting, following
from loyalty.desk.access import Decider
from loyalty.desk.newcomers import record_patient
from loyalty.errors import OutOfTurnError
from loyalty.letters import NotNowError, UntrueError
from loyalty.opinions import Call, CaseState, Feels, Why
from loyalty.people import Relation
from loyalty.ratings import TappedTwiceError
from loyalty.saying import Said
from loyalty.team import Member, Standing
from loyalty.visits import Visit, VisitKind
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

OLEG, IRINA, OTHER = 7, 1004, 1010
OWNER = Decider(OLEG, is_owner=True)
OWNERS = (OLEG,)
TILL_ELEVEN = timedelta(hours=23)  # the clock begins at noon in Moscow
YESTERDAY = date(2026, 11, 20)


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


@pytest.fixture
async def maria(store: Store):
    await register(store)
    return await store.ask(lambda tx: tx.people.account_of(MARIA))


async def operated(
    store: Store, anna: Member, source: str = "line:1:1", category: Category = Category.SURGERY
):
    wanted = line(10_000_00, 0, category=category)
    return await recorded(store, anna, await drafted(store, anna, PHONE, wanted, source))


async def letters(store: Store, kind: str):
    """Those that are due now."""
    return [one for one in await store.change(lambda tx: tx.outbox.due(100)) if one.kind == kind]


async def asked(store: Store, clock):
    """The question has arrived, at eleven."""
    clock.pass_(hours=TILL_ELEVEN / timedelta(hours=1))
    [question] = await letters(store, "aftercare")
    await store.ask(mail.facts, question)
    await store.change(mail.arrived, question, 10)
    return question


async def told(store: Store, visit: int, feels: Feels, telegram: int = MARIA):
    return await store.change(aftercare.tell, telegram, visit, feels, OWNERS)


async def rated(store: Store, visit: int, stars: int):
    return await store.change(ratings.rate, MARIA, visit, stars, OWNERS)


async def case_of(store: Store, visit: int):
    return await store.ask(lambda tx: tx.cases.case_of(visit))


async def speaks_too(store: Store, patient: int, telegram: int = OTHER):
    """Another account of the family, of its own phone."""
    await register(store, telegram, "+79990000000")
    account = await store.ask(lambda tx: tx.people.account_of(telegram))
    await store.change(lambda tx: tx.people.speaks_for(account.id, patient, Relation.FAMILY))
    return account


async def mended(store: Store, anna: Member, wrong: Visit) -> Visit:
    """The visit with another sum."""
    draft = await store.change(correcting.correct_sum, anna, "Анна", wrong.id)
    card = await store.change(drafting.set_sum, anna, draft.id, draft.revision, 0, 9_000_00)
    return await recorded(store, anna, card)


# --- who is asked ----------------------------------------------------------------------------


@pytest.mark.parametrize("category", [Category.SURGERY, Category.IMPLANTS])
async def test_at_eleven_the_next_day_there_is_one_question_and_no_other(
    store, anna, maria, clock, category
):
    visit = await operated(store, anna, category=category)
    clock.pass_(hours=22, minutes=59)
    assert await letters(store, "aftercare") == []
    clock.pass_(minutes=1)
    [question] = await letters(store, "aftercare")
    facts = await store.ask(mail.facts, question)
    assert (facts.visit.id, facts.name) == (visit.id, None)
    assert await letters(store, "rating") == []
    clock.pass_(days=4)
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, question)


async def test_planned_twice_and_delivered_twice_it_is_one_question_and_one_repeat(
    store, anna, branch, maria, clock
):
    visit = await operated(store, anna)
    await store.change(ratings.plan, visit, branch, [maria])
    question = await asked(store, clock)
    await store.change(mail.arrived, question, 10)
    await told(store, visit.id, Feels.FINE)
    clock.pass_(days=1)
    assert await letters(store, "aftercare") == []
    assert len(await letters(store, "rating-again")) == 1


async def test_it_goes_all_the_same_where_a_rating_was_asked_lately_but_without_stars(
    store, anna, maria, clock
):
    before = await operated(store, anna, "line:1:1", Category.HYGIENE)
    clock.pass_(hours=3)
    [question] = await letters(store, "rating")
    await store.change(mail.arrived, question, 9)
    clock.pass_(hours=-3)
    visit = await operated(store, anna, "line:1:2")
    await asked(store, clock)
    assert (await told(store, visit.id, Feels.FINE)).stars is None
    clock.pass_(days=1)
    again = [one.arguments["visit"] for one in await letters(store, "rating-again")]
    assert again == [before.id]


async def test_another_visit_within_two_days_of_it_is_not_asked_about(store, anna, maria, clock):
    await operated(store, anna)
    await asked(store, clock)
    await operated(store, anna, "line:1:2", Category.DIAGNOSTICS)
    clock.pass_(hours=3)
    [question] = await letters(store, "rating")
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, question)


async def test_days_off_hold_nothing_but_the_night_does(store, anna, branch, maria, clock):
    await operated(store, anna)
    closed = replace(branch, days_off=frozenset(range(7)))
    await store.change(lambda tx: tx.branches.save_branch(closed))
    clock.pass_(hours=23)
    [question] = await letters(store, "aftercare")
    assert await store.ask(mail.facts, question)
    clock.pass_(hours=10)  # an outage until nine in the evening
    with pytest.raises(NotNowError) as night:
        await store.ask(mail.facts, question)
    assert night.value.until - clock.now() == timedelta(hours=13)


async def test_of_what_was_taken_back_nothing_is_asked(store, anna, maria, clock):
    undone = await operated(store, anna)
    await store.change(correcting.undo, anna, "Анна", undone.id)
    clock.pass_(hours=23)
    [question] = await letters(store, "aftercare")
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, question)


async def test_an_advance_is_no_surgery(store, anna, branch, maria, clock):
    visit = await operated(store, anna, category=Category.HYGIENE)
    surgery = replace(visit.parts[0], category=Category.IMPLANTS)
    advance = replace(visit, kind=VisitKind.ADVANCE, parts=(surgery,))
    await store.change(ratings.plan, advance, branch, [maria])
    clock.pass_(hours=23)
    assert await letters(store, "aftercare") == []


@pytest.mark.parametrize("leaves", [privacy.withdraw, privacy.erase])
async def test_who_has_left_is_not_asked(store, anna, maria, clock, leaves):
    visit = await operated(store, anna)
    await store.change(leaves, MARIA)
    clock.pass_(hours=23)
    questions = await letters(store, "aftercare")
    assert len(questions) == (1 if leaves is privacy.withdraw else 0)  # erased with the rest
    for question in questions:
        with pytest.raises(UntrueError):
            await store.ask(mail.facts, question)
    with pytest.raises(OutOfTurnError):
        await told(store, visit.id, Feels.PAIN)


async def test_who_comes_by_a_slip_is_asked_too(store, anna, clock):
    await store.change(record_patient, PHONE, "Пётр")
    visit = await operated(store, anna)
    await store.change(lambda tx: tx.desk.add_slip("TOKEN", visit.id))
    await store.change(registration.open_account, MARIA, f"{following.LINK}TOKEN")
    await register(store)
    question = await asked(store, clock)
    assert question.telegram == MARIA


async def test_one_that_may_have_arrived_is_not_asked_again(store, anna, maria, clock):
    await operated(store, anna)
    clock.pass_(hours=23)
    await store.change(delivery.claim, 20)
    [question] = await due_again(store)
    await store.change(lambda tx: tx.outbox.mark(question.id, "sending"))
    [doubtful] = await due_again(store)
    assert doubtful.doubtful
    await store.change(mail.left_in_doubt, doubtful)
    assert await due_again(store) == []
    clock.pass_(days=1)
    assert len(await letters(store, "rating-again")) == 1


async def due_again(store: Store):
    """As after a start: no lease holds."""
    await store.change(delivery.release)
    return await letters(store, "aftercare")


async def test_a_blocked_bot_ends_it(store, anna, maria, clock):
    await operated(store, anna)
    clock.pass_(hours=23)
    [question] = await letters(store, "aftercare")
    await store.change(mail.lost, question, "TelegramForbiddenError")
    clock.pass_(days=1)
    assert await letters(store, "aftercare") == await letters(store, "rating-again") == []


# --- all is well -----------------------------------------------------------------------------


async def test_who_is_well_is_asked_for_stars_and_heard_once(store, anna, maria, clock):
    visit = await operated(store, anna)
    await asked(store, clock)
    for _ in range(2):
        made = await told(store, visit.id, Feels.FINE)
        assert (made.stands, made.case) == (True, None)
        assert made.stars.visit.id == visit.id
    clock.pass_(minutes=1)
    await rated(store, visit.id, 5)
    assert (await told(store, visit.id, Feels.FINE)).stars is None
    assert await case_of(store, visit.id) is None


async def test_the_second_tap_of_a_thumb_gives_no_stars(store, anna, maria, clock):
    visit = await operated(store, anna)
    await asked(store, clock)
    await told(store, visit.id, Feels.FINE)
    clock.pass_(milliseconds=400)
    with pytest.raises(TappedTwiceError):
        await rated(store, visit.id, 3)
    assert await store.ask(lambda tx: tx.ratings.rating(visit.id)) is None
    clock.pass_(milliseconds=600)
    assert (await rated(store, visit.id, 5)).stands


async def test_few_stars_of_who_is_well_are_a_case_like_any(store, anna, maria, clock):
    visit = await operated(store, anna)
    await asked(store, clock)
    await told(store, visit.id, Feels.FINE)
    clock.pass_(minutes=1)
    made = await rated(store, visit.id, 2)
    assert (made.case.stars, made.case.why) == (2, None)
    assert len(await letters(store, "case")) == 1


async def test_left_alone_it_is_repeated_once_as_a_rating(store, anna, maria, clock):
    visit = await operated(store, anna)
    await asked(store, clock)
    clock.pass_(days=1)
    [again] = await letters(store, "rating-again")
    await store.ask(mail.facts, again)
    await store.change(mail.arrived, again, 11)
    clock.pass_(days=2)
    assert await letters(store, "rating-again") == await letters(store, "aftercare") == []
    await rated(store, visit.id, 4)


# --- a question, and pain --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("feels", "why"), [(Feels.QUESTION, None), (Feels.PAIN, Why.PAIN)], ids=str
)
async def test_it_reaches_every_owner_and_the_manager_once(
    store, anna, irina, maria, clock, feels, why
):
    visit = await operated(store, anna)
    await asked(store, clock)
    for _ in range(3):
        made = await told(store, visit.id, feels)
        assert (made.stands, made.stars) == (True, None)
        assert (made.case.stars, made.case.why) == (None, why)
    alerts = await letters(store, "case")
    assert {letter.telegram for letter in alerts} == {OLEG, IRINA}
    assert await letters(store, "case-urgent") == []  # the alert itself says it
    facts = await store.ask(mail.facts, alerts[0])
    assert (facts.case.id, facts.reachable) == (made.case.id, True)


async def test_five_taps_at_once_are_one_case(store, anna, maria, clock):
    visit = await operated(store, anna)
    await asked(store, clock)
    taps = (Feels.PAIN, Feels.QUESTION, Feels.FINE, Feels.PAIN, Feels.QUESTION)
    await asyncio.gather(*(told(store, visit.id, feels) for feels in taps))
    assert (await case_of(store, visit.id)).why is Why.PAIN
    assert len(await letters(store, "case")) == 1


async def test_the_first_tap_stands_but_what_is_worse_is_always_heard(
    store, anna, branch, maria, clock
):
    """Whatever three taps of two people say: one case at most, and pain is never overheard."""
    await operated(store, anna, "line:0:1")
    patient = await store.ask(lambda tx: tx.people.spoken_for(maria.id)[0][0])
    await speaks_too(store, patient.id)
    for n, taps in enumerate(product(Feels, repeat=3)):
        visit = await operated(store, anna, f"line:{n}:2")
        said: dict[int, Feels] = {}
        for telegram, feels in zip((MARIA, OTHER, MARIA), taps, strict=True):
            made = await told(store, visit.id, feels, telegram)
            worst = max(feels, said.get(telegram, feels), key=list(Feels).index)
            assert (made.feels, made.stands) == (worst, worst is feels)
            said[telegram] = worst
        case = await case_of(store, visit.id)
        assert (case is None) == (set(taps) == {Feels.FINE})
        assert (case is not None and case.why is Why.PAIN) == (Feels.PAIN in taps)


async def test_pain_after_a_question_makes_a_sound_and_not_a_second_case(store, anna, maria, clock):
    visit = await operated(store, anna)
    await asked(store, clock)
    question = await told(store, visit.id, Feels.QUESTION)
    for _ in range(2):
        pain = await told(store, visit.id, Feels.PAIN)
    assert pain.case.id == question.case.id
    [urgent] = await letters(store, "case-urgent")
    assert urgent.arguments["what"] == "pain"
    late = await told(store, visit.id, Feels.FINE)
    assert (late.stands, late.feels) == (False, Feels.PAIN)


async def test_who_waits_for_the_clinic_is_not_asked_for_stars(store, anna, maria, clock):
    visit = await operated(store, anna)
    await asked(store, clock)
    case = (await told(store, visit.id, Feels.QUESTION)).case
    clock.pass_(days=1)
    [again] = await letters(store, "rating-again")
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, again)
    assert await store.ask(ratings.unanswered, maria) is None
    await store.change(handling.solve, OWNER, OWNERS, "Олег", case.id, None)
    assert await store.ask(mail.facts, again)  # the question is answered


async def test_who_was_in_pain_is_never_asked_for_stars_nor_for_a_review(
    store, anna, branch, maria, clock
):
    reviewed = replace(branch, reviews=("https://2gis.ru/kazan/firm/1",))
    await store.change(lambda tx: tx.branches.save_branch(reviewed))
    visit = await operated(store, anna)
    await asked(store, clock)
    case = (await told(store, visit.id, Feels.PAIN)).case
    await store.change(handling.solve, OWNER, OWNERS, "Олег", case.id, None)
    clock.pass_(days=1)
    [again] = await letters(store, "rating-again")
    [solved] = await letters(store, "case-solved")
    for letter in (again, solved):
        with pytest.raises(UntrueError):
            await store.ask(mail.facts, letter)


async def test_pain_again_opens_a_solved_case_again(store, anna, maria, clock):
    visit = await operated(store, anna)
    await asked(store, clock)
    case = (await told(store, visit.id, Feels.QUESTION)).case
    await store.change(handling.solve, OWNER, OWNERS, "Олег", case.id, None)
    again = (await told(store, visit.id, Feels.PAIN)).case
    assert (again.id, again.state, again.why) == (case.id, CaseState.NEW, Why.PAIN)
    assert {one.arguments["case"] for one in await letters(store, "case")} == {case.id}


async def test_few_stars_after_an_answered_question_open_the_same_case_again(
    store, anna, maria, clock
):
    visit = await operated(store, anna)
    await asked(store, clock)
    case = (await told(store, visit.id, Feels.QUESTION)).case
    await store.change(handling.solve, OWNER, OWNERS, "Олег", case.id, None)
    clock.pass_(days=1)
    rating = await rated(store, visit.id, 1)
    assert (rating.case.id, rating.case.stars, rating.case.open) == (case.id, 1, True)
    with_five = await operated(store, anna, "line:1:2")
    await told(store, with_five.id, Feels.QUESTION)
    clock.pass_(minutes=1)
    for _ in range(2):
        assert (await rated(store, with_five.id, 5)).case is None
    assert (await case_of(store, with_five.id)).stars is None


async def test_the_case_is_worked_like_any_other(store, anna, maria, clock):
    visit = await operated(store, anna)
    await asked(store, clock)
    case = (await told(store, visit.id, Feels.PAIN)).case
    for said in (Said(MARIA, 50, "Опухла щека"), Said(MARIA, 50, "Опухла щека")):
        await store.change(talking.say, MARIA, visit.id, said, OWNERS)
    [words] = await letters(store, "case-words")
    assert (await store.ask(mail.facts, words)).words.text == "Опухла щека"
    await store.change(opening.say_how, MARIA, visit.id, Call.CALL, OWNERS)
    assert len(await letters(store, "case-urgent")) == 1
    await store.change(talking.answer, OWNER, OWNERS, "Олег", case.id, Said(OLEG, 60, "Едем"))
    [answer] = await letters(store, "case-answer")
    assert answer.telegram == MARIA
    listed = await store.ask(looking.listed, OWNER, OWNERS)
    assert [one.case.id for one in listed.open] == [case.id]
    clock.pass_(days=1)
    await store.change(overdue.plan, OWNERS)
    assert len(await letters(store, "case-overdue")) == 1


async def test_of_a_family_each_may_say_how_it_is_and_add_words(store, anna, maria, clock):
    visit = await operated(store, anna)
    await speaks_too(store, visit.patient)
    await told(store, visit.id, Feels.FINE)
    clock.pass_(minutes=1)
    await rated(store, visit.id, 5)
    case = (await told(store, visit.id, Feels.PAIN, OTHER)).case
    said = await store.change(talking.say, OTHER, visit.id, Said(OTHER, 1, "Жар"), OWNERS)
    assert said.id == case.id
    called = await store.change(opening.say_how, OTHER, visit.id, Call.CALL, OWNERS)
    assert called.call is Call.CALL


async def test_nobody_answers_for_another_nor_about_a_visit_that_was_taken_back(
    store, anna, branch, maria, clock
):
    visit = await operated(store, anna)
    await register(store, OTHER, "+79990000000")
    with pytest.raises(OutOfTurnError):
        await told(store, visit.id, Feels.PAIN, OTHER)
    await store.change(correcting.undo, anna, "Анна", visit.id)
    with pytest.raises(VisitTakenBackError) as refused:
        await told(store, visit.id, Feels.PAIN)
    assert refused.value.arguments == {"phone": branch.phone}
    assert await case_of(store, visit.id) is None


# --- words in place of a tap -----------------------------------------------------------------


async def test_words_in_place_of_a_tap_belong_to_the_visit_and_the_question_stays(
    store, anna, maria, clock
):
    visit = await operated(store, anna)
    await asked(store, clock)
    assert (await store.ask(aftercare.unanswered, maria)).visit.id == visit.id
    assert await store.ask(ratings.unanswered, maria) is None
    await store.change(talking.say, MARIA, visit.id, Said(MARIA, 7, "Немного кровит"), OWNERS)
    case = await case_of(store, visit.id)
    assert (case.stars, case.why, case.open) == (None, None, True)
    assert len(await letters(store, "case")) == 1  # the alert shows them
    assert not await letters(store, "rating-words") + await letters(store, "case-words")
    assert await store.ask(aftercare.unanswered, maria)

    fine = await told(store, visit.id, Feels.FINE)
    assert (fine.stars, fine.case) == (None, None)  # who waits for an answer isn't asked for stars
    assert await store.ask(aftercare.unanswered, maria) is None
    about = await store.ask(addressed, maria, f"{MARIA}:8")
    assert (about.visit, about.question) == (visit.id, None)


async def test_a_picture_in_place_of_a_tap_comes_along_with_the_alert(store, anna, maria, clock):
    visit = await operated(store, anna)
    await asked(store, clock)
    photo = Said(MARIA, 7, "Вот так", media=True)
    for _ in range(2):
        await store.change(talking.say, MARIA, visit.id, photo, OWNERS)
    assert len(await letters(store, "case")) == len(await letters(store, "case-words")) == 1


async def test_a_question_of_two_days_ago_is_not_waited_for(store, anna, maria, clock):
    await operated(store, anna)
    await asked(store, clock)
    clock.pass_(hours=48)
    assert await store.ask(aftercare.unanswered, maria) is None


# --- what is kept ----------------------------------------------------------------------------


async def test_what_was_answered_is_in_what_is_stored_about_a_person(store, anna, maria, clock):
    visit = await operated(store, anna)
    await speaks_too(store, visit.patient)
    await told(store, visit.id, Feels.PAIN)
    await store.change(talking.say, MARIA, visit.id, Said(MARIA, 7, "Опухла щека"), OWNERS)
    [opinion] = (await store.ask(privacy.dossier, MARIA)).opinions
    assert (opinion.stars, opinion.feeling.feels) == (None, Feels.PAIN)
    assert [words.text for words in opinion.words] == ["Опухла щека"]
    assert (await store.ask(privacy.dossier, OTHER)).opinions == []


async def test_an_erased_person_has_said_nothing(store, anna, maria, clock):
    visit = await operated(store, anna)
    await told(store, visit.id, Feels.PAIN)
    await store.change(talking.say, MARIA, visit.id, Said(MARIA, 7, "Опухла щека"), OWNERS)
    await store.change(privacy.erase, MARIA)
    assert await store.ask(lambda tx: tx.aftercare.feeling(visit.id, maria.id)) is None
    kept = await store.ask(lambda tx: tx.ratings.words(visit.id))
    assert [(one.text, one.author) for one in kept] == [(None, "")]


async def test_who_leaves_a_family_takes_their_own_words_along(store, anna, maria, clock):
    visit = await operated(store, anna)
    other = await speaks_too(store, visit.patient)
    for telegram in (MARIA, OTHER):
        await told(store, visit.id, Feels.QUESTION, telegram)
        said = Said(telegram, 7, f"от {telegram}")
        await store.change(talking.say, telegram, visit.id, said, OWNERS)
    await store.change(privacy.erase, OTHER)
    kept = await store.ask(lambda tx: tx.ratings.words(visit.id))
    assert [one.text for one in kept] == [f"от {MARIA}", None]
    assert await store.ask(lambda tx: tx.aftercare.feeling(visit.id, other.id)) is None
    assert await store.ask(lambda tx: tx.aftercare.feeling(visit.id, maria.id))


# --- the sum was mended meanwhile ------------------------------------------------------------


async def test_after_a_mended_sum_the_question_is_of_the_right_visit_and_without_stars(
    store, anna, maria, clock
):
    wrong = await operated(store, anna)
    right = await mended(store, anna, wrong)
    clock.pass_(hours=23)
    stale, question = await letters(store, "aftercare")
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, stale)
    assert (await store.ask(mail.facts, question)).visit.id == right.id
    await store.change(mail.arrived, question, 10)
    assert (await told(store, right.id, Feels.FINE)).stars is None
    clock.pass_(hours=48)
    assert await letters(store, "rating-again") == []


async def test_asked_of_the_wrong_record_it_is_not_asked_again(store, anna, maria, clock):
    yesterday = replace(line(10_000_00, 0, category=Category.SURGERY), day=YESTERDAY)
    wrong = await recorded(store, anna, await drafted(store, anna, PHONE, yesterday))
    [question] = await letters(store, "aftercare")
    await store.change(lambda tx: tx.outbox.mark(question.id, "sending"))
    await store.change(mail.arrived, question, 10)
    await mended(store, anna, wrong)
    clock.pass_(hours=23)
    assert await letters(store, "aftercare") == []


async def test_pain_at_an_old_button_is_heard_of_the_visit_as_it_is(store, anna, maria):
    wrong = await operated(store, anna)
    right = await mended(store, anna, wrong)
    made = await told(store, wrong.id, Feels.PAIN)
    assert (made.visit, made.case.visit) == (right.id, right.id)
    await told(store, right.id, Feels.PAIN)
    assert len(await letters(store, "case")) == 1


@pytest.mark.parametrize("second", list(Feels))
async def test_pain_told_before_the_sum_was_mended_stays_one_case_without_stars(
    store, anna, maria, second
):
    wrong = await operated(store, anna)
    await told(store, wrong.id, Feels.PAIN)
    right = await mended(store, anna, wrong)
    made = await told(store, wrong.id, second)
    assert (made.feels, made.stars) == (Feels.PAIN, None)
    assert await case_of(store, right.id) is None
    assert (await case_of(store, wrong.id)).open


@pytest.mark.parametrize(("telegram", "stars"), [(MARIA, 1), (OTHER, 5)])
async def test_stars_given_before_the_sum_was_mended_stand(store, anna, maria, telegram, stars):
    wrong = await operated(store, anna, category=Category.HYGIENE)
    await speaks_too(store, wrong.patient)
    first = await rated(store, wrong.id, 1)
    right = await mended(store, anna, wrong)
    again = await store.change(ratings.rate, telegram, wrong.id, stars, OWNERS)
    assert (again.rating, again.stands) == (first.rating, telegram == MARIA)
    assert await store.ask(lambda tx: tx.ratings.rating(right.id)) is None


async def test_the_other_parent_is_heard_too(store, anna, maria, clock):
    visit = await operated(store, anna)
    other = await speaks_too(store, visit.patient)
    await store.change(lambda tx: ratings.ask(tx, visit, maria.id))
    await store.change(lambda tx: ratings.ask(tx, visit, other.id))
    case = await store.change(talking.say, MARIA, visit.id, Said(MARIA, 1, "Долго ждали"), OWNERS)
    about = await store.ask(addressed, other, f"{OTHER}:1")
    assert (about.visit, about.stars) == (visit.id, True)
    assert about.question
    said = Said(OTHER, 1, "И нагрубили")
    assert (await store.change(talking.say, OTHER, visit.id, said, OWNERS)).id == case.id
    assert len(await letters(store, "case-words")) == 1
    clock.pass_(hours=49)  # the question is over, the case is not
    for who in (maria, other):
        assert (await store.ask(addressed, who, f"{who.telegram}:9")).visit == visit.id


async def test_two_who_speak_at_once_open_one_case(store, anna, maria):
    visits = [await operated(store, anna, f"line:2:{n}") for n in range(6)]
    await speaks_too(store, visits[0].patient)
    for n, visit in enumerate(visits):
        await asyncio.gather(
            store.change(talking.say, MARIA, visit.id, Said(MARIA, n, "Болит"), OWNERS),
            store.change(talking.say, OTHER, visit.id, Said(OTHER, n, "У него болит"), OWNERS),
        )
        assert len(await store.ask(lambda tx, v=visit: tx.ratings.words(v.id))) == 2
    assert len(await letters(store, "case")) == len(visits)


async def test_words_answer_the_newer_of_question_and_talk(store, anna, maria, clock):
    """A question that waits doesn't take the words of a talk that went on after it was asked."""
    first = await operated(store, anna, "line:3:1")
    await asked(store, clock)
    await store.change(talking.say, MARIA, first.id, Said(MARIA, 1, "Ноет"), OWNERS)
    case = await case_of(store, first.id)
    clock.pass_(minutes=1)
    second = await operated(store, anna, "line:3:2")
    await store.change(lambda tx: tx.aftercare.note_asked(second.id, maria.id))
    about = await store.ask(addressed, maria, f"{MARIA}:2")
    assert (about.visit, bool(about.question)) == (second.id, True)
    clock.pass_(minutes=1)
    said = Said(OLEG, 1, "Приезжайте")
    await store.change(talking.answer, OWNER, OWNERS, "Олег", case.id, said)
    about = await store.ask(addressed, maria, f"{MARIA}:2")
    assert (about.visit, about.question) == (first.id, None)
    listening = Talk(second.id, clock.now() + timedelta(minutes=1))
    about = await store.ask(addressed, maria, f"{MARIA}:2", listening)
    assert about.visit == second.id


async def test_handled_again_the_same_words_are_still_the_first(store, anna, maria, clock):
    visit = await operated(store, anna)
    await asked(store, clock)
    said = Said(MARIA, 1, "Болит")
    for _ in range(2):
        assert (await store.ask(addressed, maria, said.source)).question
        await store.change(talking.say, MARIA, visit.id, said, OWNERS)
    assert (await store.ask(addressed, maria, f"{MARIA}:2")).question is None
