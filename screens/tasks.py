"""A task of the staff chat: whom to call or answer, why, and what to say."""

from collections.abc import Iterator, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from loyalty.people import Patient
from loyalty.phones import readable
from loyalty.signboard import Signboard
from loyalty.tasks.looking import BelowFacts, TaskFacts, TaskLine, TaskList, Whom
from loyalty.tasks.talking import TalkFacts
from loyalty.tasks.task import MOST_TRIES, Reason, TaskKind
from screens.callbacks.appointments import BookPress, MovePress
from screens.callbacks.tasks import LiftPress, TaskAct, TaskPress, TasksPress
from screens.formats import day_of_year, whole
from screens.naming import masked, person, shown_name
from screens.said import lines_of
from screens.screen import Screen, button, short, under
from screens.texts import Html, Texts

LONGEST_LABEL = 40
MOST_NUMBERS = 3
MOST_REASONS = 6


def card(texts: Texts, facts: TaskFacts, signboard: Signboard, page: int | None = None) -> Screen:
    """Who, why, the last visit, what they have, what to say. `page`: of the list behind it."""
    parts = ["\n".join(_whom(texts, facts, one)) for one in facts.people]
    if facts.branch.chat is None:
        parts.insert(0, texts("task-branch", branch=facts.branch.name))
    parts += ["\n".join(said)] if (said := list(lines_of(texts, facts.words))) else []
    parts += [foot] if (foot := "\n".join(_foot(texts, facts, signboard))) else []
    return Screen("\n\n".join(parts), _acts(texts, facts, page))


def _whom(texts: Texts, facts: TaskFacts, one: Whom) -> Iterator[str]:
    name, phone = shown_name(one.patient, texts), masked(one.phone)
    sign = Html("talk" if facts.task.talk else "call")
    yield texts("task-whom", sign=sign, name=name, phone=phone)
    if one.speaker is not None:
        yield texts("task-speaker", name=one.speaker)
    yield from (_why(texts, facts, reason) for reason in _latest(one.reasons))
    if facts.task.open and not any(reason.open for reason in one.reasons):
        yield texts("task-done", result=Html(one.reasons[-1].result or ""))
    if facts.strange:
        yield texts("task-strange")
    else:
        yield _standing(texts, facts, one)
    if one.never is not None and not one.patient.erased:
        day = facts.branch.today(one.never.at)
        yield texts("task-never-said", name=one.never.name, day=day_of_year(day, texts))
    if one.phone is None:
        yield texts("task-no-phone")
    elif one.wrong_number:
        yield texts("task-wrong-number")


def _latest(reasons: Sequence[Reason]) -> list[Reason]:
    """A message has 4096 letters: of many reasons the latest, and of these those that are open."""
    open_last = sorted(reasons, key=lambda reason: (reason.open, reason.id))
    return sorted(open_last[-MOST_REASONS:], key=lambda reason: reason.id)


def _why(texts: Texts, facts: TaskFacts, reason: Reason) -> str:
    """`Хочет записаться: в будни вечером, Петрова`, or of which visit it is."""
    about = [
        *([_moment(texts, facts, reason)] if reason.due else []),
        *([texts("task-wish", wish=Html(reason.wish))] if reason.wish else []),
        *([facts.doctors[reason.doctor]] if reason.doctor is not None else []),
    ]
    kind = Html(reason.kind)
    if not about:
        return texts("task-why", kind=kind)
    return texts("task-why-about", kind=kind, about=", ".join(about))


def _moment(texts: Texts, facts: TaskFacts, reason: Reason) -> str:
    assert reason.due is not None  # noqa: S101 (asked just before; told to the types)
    here = reason.due.astimezone(facts.branch.where)
    return texts("task-moment", day=day_of_year(here.date(), texts), at=here.time())


def _standing(texts: Texts, facts: TaskFacts, one: Whom) -> str:
    points = texts("task-points", points=one.points, shown=whole(one.points, texts))
    if one.last is None:
        return texts("task-no-visits", points=Html(points))
    doctors = [facts.doctors[n] for n in dict.fromkeys(p.doctor for p in one.last.parts) if n]
    visit = ", ".join([texts("task-last", day=one.last.day), *doctors])
    return texts("task-standing", visit=visit, points=Html(points))


def _foot(texts: Texts, facts: TaskFacts, signboard: Signboard) -> Iterator[str]:
    task = facts.task
    if not task.open:
        result, name = Html(task.result or ""), task.done_name
        yield (
            texts("task-done-by", result=result, name=name)
            if name
            else texts("task-done", result=result)
        )
        return
    if task.talk:
        yield texts("task-reply-here")
        return
    yield from _say(texts, facts, signboard)
    if len(facts.people) > 1:
        yield texts("task-one-call")
    if task.tries:
        yield texts("task-tries", tries=task.tries, most=MOST_TRIES)
    if task.promised or task.tries:
        here = task.due_at.astimezone(facts.branch.where)
        yield texts("task-returns", day=day_of_year(here.date(), texts), at=here.time())


def _say(texts: Texts, facts: TaskFacts, signboard: Signboard) -> Iterator[str]:
    """A sentence to speak, for the first open reason; of a child its name stands in it."""
    first = next(
        ((one, reason) for one in facts.people for reason in one.reasons if reason.open), None
    )
    if first is None or first[0].never is not None:
        return
    one, reason = first
    greeted = one.speaker or one.patient.name
    hello = texts("task-hello", clinic=signboard.name)
    if greeted:
        hello = texts("task-hello-named", name=greeted, clinic=signboard.name)
    about = (
        [texts("task-hello-for", name=one.patient.name)] if one.speaker and one.patient.name else []
    )
    ask = texts("task-ask", kind=Html(reason.kind))
    if reason.due is not None:
        moment = Html(_moment(texts, facts, reason))
        ask = texts("task-ask-about", kind=Html(reason.kind), moment=moment)
    yield texts("task-say", words=Html(" ".join([hello, *about, ask])))


# --- buttons ---------------------------------------------------------------------------------

LATER = (TaskAct.IN_AN_HOUR, TaskAct.IN_THE_MORNING, TaskAct.IN_A_WEEK)
REST = (TaskAct.DECLINED, TaskAct.ELSEWHERE, TaskAct.WRONG_NUMBER, TaskAct.NEVER)


def _acts(texts: Texts, facts: TaskFacts, page: int | None) -> InlineKeyboardMarkup | None:
    back = [] if page is None else [button(texts.plain("tasks-back"), TasksPress(page=page))]
    if not facts.task.open:
        return under(back) if back else None
    phone = [act for act in (TaskAct.PHONE,) if any(one.phone for one in facts.people)]
    if facts.task.talk:
        return under(_row(texts, facts, *phone, TaskAct.DONE), back)
    comes = [TaskAct.COMES] if _may_come(facts) else []
    return under(
        _row(texts, facts, *phone, *comes),
        [_book(texts, facts)] if facts.branch.chat is not None else [],
        _row(texts, facts, TaskAct.NO_ANSWER, TaskAct.LATER),
        _row(texts, facts, TaskAct.MORE),
        back,
    )


def _may_come(facts: TaskFacts) -> bool:
    asked = {TaskKind.SILENT, TaskKind.UNREACHED, TaskKind.MOVE}
    return any(
        reason.open and reason.kind in asked and reason.appointment in facts.appointments
        for one in facts.people
        for reason in one.reasons
    )


def _book(texts: Texts, facts: TaskFacts) -> InlineKeyboardButton:
    """A new time for the appointment that there is, or a new one; of several it is asked whose."""
    waiting = [one for one in facts.people if any(reason.open for reason in one.reasons)]
    if len(waiting) > 1:
        return _act(texts, facts, TaskAct.BOOKED)
    return button(texts.plain("task-act", act=TaskAct.BOOKED), _time_of(facts, waiting[0]))


def _time_of(facts: TaskFacts, one: Whom) -> BookPress | MovePress:
    numbers = [reason.appointment for reason in one.reasons if reason.open]
    for number in numbers:
        if number is not None and number in facts.appointments:
            revision = facts.appointments[number].revision
            return MovePress(appointment=number, revision=revision)
    return BookPress(patient=one.patient.id)


def _row(texts: Texts, facts: TaskFacts, *acts: TaskAct) -> list[InlineKeyboardButton]:
    return [_act(texts, facts, act) for act in acts]


def _act(
    texts: Texts, facts: TaskFacts, act: TaskAct, patient: int | None = None
) -> InlineKeyboardButton:
    task = facts.task
    press = TaskPress(task=task.id, revision=task.revision, act=act, patient=patient)
    return button(texts.plain("task-act", act=act), press)


def more(texts: Texts, facts: TaskFacts, signboard: Signboard) -> Screen:
    """The rarer results under the same card."""
    rows = [_row(texts, facts, act) for act in REST]
    return Screen(card(texts, facts, signboard).text, under(*rows, _back(texts, facts)))


def later(texts: Texts, facts: TaskFacts) -> Screen:
    """«Перезвонить позже»: when, by a button or in words."""
    rows = [_row(texts, facts, act) for act in LATER]
    name = names(texts, facts)
    typed = facts.branch.chat is not None  # in private nobody reads a date
    text = texts("task-when-later", name=name) if typed else texts("task-press-later", name=name)
    return Screen(text, under(*rows, _back(texts, facts)))


def ask_who(texts: Texts, facts: TaskFacts, act: TaskAct) -> Screen:
    """Of several in one call, whom the result is about."""
    rows = [
        [button(_label(texts, one.patient), _of_one(facts, act, one))]
        for one in facts.people
        if any(reason.open for reason in one.reasons)
    ]
    return Screen(texts("task-who", act=Html(act)), under(*rows, _back(texts, facts)))


def _of_one(facts: TaskFacts, act: TaskAct, one: Whom) -> CallbackData:
    booked = act is TaskAct.BOOKED
    return _time_of(facts, one) if booked else _press(facts, act, one.patient.id)


def only(facts: TaskFacts, patient: int | None) -> Whom | None:
    """Whom a result is about: the one who was chosen, or the only one there is."""
    waiting = [one for one in facts.people if any(reason.open for reason in one.reasons)]
    if patient is None:
        return waiting[0] if len(waiting) == 1 else None
    return next((one for one in waiting if one.patient.id == patient), None)


def ask_never(texts: Texts, facts: TaskFacts, whom: Whom) -> Screen:
    """«Не беспокоить»: what it means, and once more."""
    surely = _press(facts, TaskAct.NEVER_SURELY, whom.patient.id)
    name = shown_name(whom.patient, texts)
    text = texts("task-never-surely", name=name)
    yes = button(texts.plain("task-act", act=TaskAct.NEVER_SURELY), surely)
    return Screen(text, under([yes], _back(texts, facts)))


def ask_lift(texts: Texts, patient: Patient) -> Screen:
    """«Никогда» is to be lifted: once more."""
    lift = LiftPress(patient=patient.id, surely=True)
    text = texts("never-lift-surely", person=person(texts, patient))
    return Screen(text, under([button(texts.plain("never-lift"), lift)]))


def lifted(texts: Texts, patient: Patient) -> Screen:
    return Screen(texts("never-lifted", person=person(texts, patient)))


def _label(texts: Texts, patient: Patient) -> str:
    return short(shown_name(patient, texts), LONGEST_LABEL)


def _press(facts: TaskFacts, act: TaskAct, patient: int) -> TaskPress:
    return TaskPress(task=facts.task.id, revision=facts.task.revision, act=act, patient=patient)


def _back(texts: Texts, facts: TaskFacts) -> list[InlineKeyboardButton]:
    look = TaskPress(task=facts.task.id, revision=facts.task.revision, act=TaskAct.LOOK)
    return [button(texts.plain("task-back"), look)]


def numbers(texts: Texts, facts: TaskFacts) -> str:
    """The full numbers, for the one who asks: an alert holds 200 letters."""
    said = {
        readable(one.phone): (one.speaker or one.patient.name or texts.plain("person-unnamed"))
        for one in facts.people
        if one.phone
    }
    lines = (f"{short(name, LONGEST_LABEL)}: {phone}" for phone, name in said.items())
    return "\n".join(list(lines)[:MOST_NUMBERS]) or texts.plain("task-no-phone")


def names(texts: Texts, facts: TaskFacts) -> str:
    return _names(texts, [one.patient for one in facts.people])


# --- the list --------------------------------------------------------------------------------


def listed(texts: Texts, found: TaskList) -> Screen:
    """The open ones as buttons, the best first."""
    if not found.count:
        return Screen(texts("tasks-none"))
    rows = [[_open(texts, found.page, line)] for line in found.lines]
    turns = [
        button(texts.plain("tasks-turn", to=to), TasksPress(page=page))
        for to, page in (("earlier", found.page - 1), ("later", found.page + 1))
        if 0 <= page < found.pages
    ]
    text = texts("tasks-count", count=found.count)
    if found.pages > 1:
        text += "\n" + texts("tasks-page", page=found.page + 1, pages=found.pages)
    return Screen(text, under(*rows, turns))


def _open(texts: Texts, page: int, line: TaskLine) -> InlineKeyboardButton:
    kind = line.reasons[-1].kind if line.reasons else TaskKind.WORDS
    label = texts.plain("tasks-line", kind=kind, name=_names(texts, line.people))
    number, revision = line.task.id, line.task.revision
    look = TaskPress(task=number, revision=revision, act=TaskAct.LOOK, page=page)
    return button(short(label, LONGEST_LABEL), look)


# --- words -----------------------------------------------------------------------------------


def words(texts: Texts, facts: TalkFacts) -> Screen:
    """More that a patient said, as a reply to the card."""
    head = texts("task-words-from", name=shown_name(facts.patient, texts))
    said = facts.words.text
    return Screen(head if said is None else f"{head}\n{texts('words', text=said)}")


def unheard(texts: Texts, facts: TalkFacts) -> Screen:
    """Under the reply that could not be delivered."""
    return Screen(texts("task-unheard", name=shown_name(facts.patient, texts)))


def answer(texts: Texts, facts: TalkFacts, signboard: Signboard) -> Screen:
    """The clinic's words to the patient, whose next words go back by themselves."""
    head, said = texts("case-answer-from", clinic=signboard.name), facts.words.text
    return Screen(head if said is None else f"{head}\n{texts('words', text=said)}")


def below(texts: Texts, facts: BelowFacts) -> Screen:
    """What an older card becomes when the task comes again."""
    return Screen(texts("task-below", name=_names(texts, facts.people)))


def _names(texts: Texts, people: Sequence[Patient]) -> str:
    return ", ".join(shown_name(one, texts) for one in people)
