"""Cases, as owners and managers see them."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from loyalty.cases.looking import CaseFacts, CaseLine, CaseList, WaitingFacts, WordsFacts
from loyalty.cases.recipients import Colleague, DeputyFacts
from loyalty.opinions import Call, Case, CaseState, Why
from loyalty.phones import readable
from screens.callbacks.rating import CaseAct, CasePress, CasesPress
from screens.callbacks.rating import CaseList as Show
from screens.formats import day_of_year
from screens.naming import shown_name
from screens.rating import headline, shown
from screens.said import lines_of
from screens.screen import Screen, button, short, under
from screens.texts import Html, Texts

YEAR, MONTH = timedelta(days=365), timedelta(days=30)
LONGEST_LABEL = 40


def case(texts: Texts, facts: CaseFacts) -> Screen:
    """Who, what happened, what they said, who is at it (texts: Case)."""
    parts = ["\n".join(_who(texts, facts)), "\n".join(_what(texts, facts))]
    parts += ["\n".join(said)] if (said := list(_said(texts, facts))) else []
    return Screen("\n\n".join([*parts, _state(texts, facts)]), _acts(texts, facts))


def _who(texts: Texts, facts: CaseFacts) -> Iterator[str]:
    if facts.overdue:
        yield texts("case-overdue")
    yield texts("case-stars", stars=headline(texts, facts.case), branch=facts.branch.name)
    name = shown_name(facts.patient, texts)
    phone = readable(facts.patient.phone) if facts.patient.phone else "—"
    wishes = texts("case-wishes", call=Html(facts.case.call)) if facts.case.call else ""
    yield " · ".join(filter(None, [texts("case-patient", name=name, phone=phone), wishes]))


def _what(texts: Texts, facts: CaseFacts) -> Iterator[str]:
    visit = facts.visit
    at = visit.recorded_at.astimezone(facts.branch.where)
    doctors = [facts.doctors[n] for n in dict.fromkeys(p.doctor for p in visit.parts) if n]
    categories = [c for c in dict.fromkeys(p.category for p in visit.parts) if c]
    day = day_of_year(visit.day, texts)
    same_day = visit.day == at.date()
    yield ", ".join(
        [
            texts("case-visit", day=day),
            *([texts("case-visit-at", at=at.time())] if same_day else []),
            *(texts("category", category=Html(one)).lower() for one in categories),
            *(texts("case-doctor", name=name) for name in doctors),
            texts("case-desk", name=visit.recorded_name),
        ]
    )
    yield texts("case-history", known=_known_for(texts, facts), visits=facts.visits)


def _known_for(texts: Texts, facts: CaseFacts) -> Html:
    if facts.known_for >= YEAR:
        return Html(texts("case-known-years", years=facts.known_for // YEAR))
    if facts.known_for >= MONTH:
        return Html(texts("case-known-months", months=facts.known_for // MONTH))
    return Html(texts("case-known-lately"))


def _said(texts: Texts, facts: CaseFacts) -> Iterator[str]:
    if facts.case.why and facts.case.stars is not None:  # else the headline says it
        yield texts("case-why", why=Html(facts.case.why))
    if facts.rated and facts.case.stars is None:
        yield texts("case-rated", stars=shown(texts, facts.rated))
    yield from lines_of(texts, facts.words)


def _state(texts: Texts, facts: CaseFacts) -> str:
    case_ = facts.case
    before = [texts("case-note-before", note=case_.note)] if case_.note else []
    match case_.state:
        case CaseState.NEW:
            return "\n\n".join([*before, texts("case-offers-stopped")])
        case CaseState.TAKEN:
            return "\n\n".join([*before, texts("case-taken", name=case_.taken_name or "")])
    ended = texts("case-solved", name=case_.solved_name or "")
    return f"{ended}\n{texts('case-note', note=case_.note)}" if case_.note else ended


def _acts(texts: Texts, facts: CaseFacts) -> InlineKeyboardMarkup:
    open_list = [button(texts.plain("case-to-list"), CasesPress(show=Show.OPEN))]
    if not facts.case.open:
        return under(open_list)
    answer = [_act(texts, facts, CaseAct.ANSWER)] if facts.reachable else []
    first = CaseAct.TAKE if facts.case.state is CaseState.NEW else CaseAct.SOLVE
    return under([_act(texts, facts, first)], answer, [_act(texts, facts, CaseAct.HAND_ON)])


def _act(texts: Texts, facts: CaseFacts, act: CaseAct) -> InlineKeyboardButton:
    return button(texts.plain("case-act", act=act), CasePress(case=facts.case.id, act=act))


def pass_to(texts: Texts, case_: int, whom: Sequence[Colleague]) -> Screen:
    """«Передать»: to whom."""
    rows = [
        [
            button(
                short(one.name or texts.plain("case-an-owner"), LONGEST_LABEL),
                CasePress(case=case_, act=CaseAct.HAND_ON, to=one.telegram),
            )
        ]
        for one in whom
    ]
    return Screen(
        texts("case-pass-to" if rows else "case-nobody"), under(*rows, _back(texts, case_))
    )


def write_answer(texts: Texts, facts: CaseFacts) -> Screen:
    name = shown_name(facts.patient, texts)
    return Screen(texts("case-write-answer", name=name), under(_back(texts, facts.case.id)))


def for_whom(texts: Texts) -> Screen:
    """Words that may be meant for either of two patients go to none."""
    return Screen(texts("case-for-whom"))


def nobody_heard(texts: Texts) -> Screen:
    return Screen(texts("case-nobody-heard"))


def write_note(texts: Texts, facts: CaseFacts) -> Screen:
    without = CasePress(case=facts.case.id, act=CaseAct.SOLVED)
    rows = [[button(texts.plain("case-without-note"), without)], _back(texts, facts.case.id)]
    name = shown_name(facts.patient, texts)
    return Screen(texts("case-write-note", name=name), under(*rows))


def answered(texts: Texts, facts: CaseFacts) -> Screen:
    """The words are on their way; the next ones go there too, until the talk is ended."""
    name, look = shown_name(facts.patient, texts), CasePress(case=facts.case.id, act=CaseAct.LOOK)
    end = [button(texts.plain("case-end-talk"), look)]
    return Screen(texts("case-answered", name=name), under(end))


def solved_now(texts: Texts, facts: CaseFacts) -> Screen:
    """Below the note, which is gone: the case itself may be far above."""
    look = CasePress(case=facts.case.id, act=CaseAct.LOOK)
    text = texts("case-solved-now", name=shown_name(facts.patient, texts))
    return Screen(text, under([button(texts.plain("case-act", act=CaseAct.LOOK), look)]))


def _back(texts: Texts, case_: int) -> list[InlineKeyboardButton]:
    return [button(texts.plain("case-back"), CasePress(case=case_, act=CaseAct.LOOK))]


def words(texts: Texts, facts: WordsFacts) -> Screen:
    """What the patient said, to whoever is at the case; after four or five stars to read only."""
    name = shown_name(facts.patient, texts)
    head = texts("words-from", name=name, branch=facts.branch.name, stars=_about(texts, facts))
    if facts.case is None and facts.patient.phone:  # no case to answer in: who must, calls
        head = f"{head} · {readable(facts.patient.phone)}"
    text = head if facts.words.text is None else f"{head}\n{texts('words', text=facts.words.text)}"
    if facts.case is None or not facts.case.open:
        return Screen(text)
    answer = CasePress(case=facts.case.id, act=CaseAct.ANSWER)
    open_ = CasePress(case=facts.case.id, act=CaseAct.LOOK)
    return Screen(
        text,
        under(
            [button(texts.plain("case-act", act=CaseAct.ANSWER), answer)],
            [button(texts.plain("case-act", act=CaseAct.LOOK), open_)],
        ),
    )


def _about(texts: Texts, facts: WordsFacts) -> Html:
    """What is known of the visit: its stars, what its case began with, or nothing yet."""
    if facts.stars:
        return shown(texts, facts.stars)
    return headline(texts, facts.case) if facts.case else Html(texts("case-question"))


def urgent(texts: Texts, facts: CaseFacts) -> Screen:
    """Pain, or a wish to be called: an edit of the alert would make no sound."""
    name, phone = shown_name(facts.patient, texts), facts.patient.phone
    shown_phone = readable(phone) if phone else "—"
    what = Html(facts.urgent or "")
    return Screen(texts("case-urgent", what=what, name=name, phone=shown_phone))


def waits(texts: Texts, facts: WaitingFacts) -> Screen:
    """To a staff chat, without a word of what it is about."""
    branch, name = facts.branch.name, facts.name
    if name is None:
        return Screen(texts("case-waits", branch=branch))
    return Screen(texts("case-waits-named", branch=branch, name=name))


def deputy(texts: Texts, facts: DeputyFacts) -> Screen:
    """To who stands in: from now on cases come here."""
    name = facts.name or texts.plain("case-an-owner")
    open_list = [button(texts.plain("case-to-list"), CasesPress(show=Show.OPEN))]
    return Screen(texts("cases-deputy", name=name), under(open_list))


# --- the list --------------------------------------------------------------------------------


def listed(texts: Texts, found: CaseList, deputy: Colleague | None) -> Screen:
    """The open ones as buttons, pain first, then overdue; who is to be called is marked."""
    counts = texts("cases-counts", new=found.new, taken=found.taken)
    lines = [texts("cases-title"), counts if found.open else texts("cases-none")]
    lines += [texts("cases-overdue", overdue=found.overdue)] if found.overdue else []
    lines += [texts("cases-more", more=found.more)] if found.more else []
    lines += [texts("cases-away", name=_deputy(texts, deputy))] if deputy else []
    solved = [button(texts.plain("cases-solved"), CasesPress(show=Show.SOLVED))]
    away = Show.BACK if deputy else Show.AWAY
    presence = [button(texts.plain("cases-presence", act=away), CasesPress(show=away))]
    rows = [[_open(texts, line)] for line in found.open]
    return Screen("\n".join(lines), under(*rows, solved if found.solved else [], presence))


def solved_ones(texts: Texts, found: CaseList) -> Screen:
    """Solved lately, newest first."""
    back = [button(texts.plain("case-to-list"), CasesPress(show=Show.OPEN))]
    rows = [[_open(texts, line)] for line in found.solved]
    text = texts("cases-solved-title") if rows else texts("cases-none-solved")
    return Screen(text, under(*rows, back))


def _open(texts: Texts, line: CaseLine) -> InlineKeyboardButton:
    label = texts.plain(
        "cases-line",
        mark="overdue" if line.overdue else line.case.state,
        what=_what_of(texts, line.case),
        name=shown_name(line.patient, texts),
        day=day_of_year(line.day, texts),
    )
    return button(label, CasePress(case=line.case.id, act=CaseAct.LOOK))


def _what_of(texts: Texts, case_: Case) -> str:
    """Short, for a phone cuts a long label off at its end."""
    what = _why_of(texts, case_)
    calls = case_.open and case_.call is Call.CALL
    return texts.plain("cases-call", what=what) if calls else what


def _why_of(texts: Texts, case_: Case) -> str:
    stars, pain = case_.stars, case_.why is Why.PAIN
    if stars is None:
        return texts.plain("cases-pain" if pain else "cases-question")
    return texts.plain("cases-pain-rated" if pain else "cases-stars", stars=stars)


def choose_deputy(texts: Texts, whom: Sequence[Colleague]) -> Screen:
    """«Меня нет»: who stands in."""
    rows = [
        [button(_deputy(texts, one), CasesPress(show=Show.AWAY, deputy=one.telegram))]
        for one in whom
    ]
    back = [button(texts.plain("case-to-list"), CasesPress(show=Show.OPEN))]
    text = texts("cases-choose-deputy" if rows else "cases-no-deputy")
    return Screen(text, under(*rows, back))


def _deputy(texts: Texts, one: Colleague) -> str:
    return short(one.name or texts.plain("case-an-owner"), LONGEST_LABEL)
