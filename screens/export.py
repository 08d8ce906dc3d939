"""All that is stored about a person, as a page that any browser opens."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape

from loyalty.cards import LinkKind
from loyalty.phones import readable
from loyalty.privacy import Dossier
from loyalty.signboard import Signboard
from loyalty.visits import Visit
from screens.formats import birthday, money, signed, whole
from screens.screen import without_markup
from screens.texts import Html, Texts

Row = Sequence[str]

_META = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
_STYLE = """
body { font: 18px/1.5 sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100%; margin-bottom: 1.5rem }
th, td { border-bottom: 1px solid #ccc; padding: .4rem .6rem .4rem 0; text-align: start;
  vertical-align: top; font-variant-numeric: tabular-nums }
th { width: 45%; font-weight: normal; color: #555 }
td { overflow-wrap: anywhere }
"""


def page(texts: Texts, dossier: Dossier, signboard: Signboard) -> str:
    title = texts.plain("export-title", clinic=signboard.name)
    operator = texts.plain("export-operator", legal=signboard.legal)
    sections = (
        _section(texts, texts.plain("export-about"), (), _about(texts, dossier)),
        _patients(texts, dossier),
        _consents(texts, dossier, signboard),
        _arrivals(texts, dossier, signboard),
        _links(texts, dossier, signboard),
        _visits(texts, dossier),
        _appointments(texts, dossier),
        _opinions(texts, dossier, signboard),
        _talks(texts, dossier, signboard),
        _tasks(texts, dossier, signboard),
        _operations(texts, dossier, signboard),
    )
    return "".join(
        (
            "<!DOCTYPE html>",
            _tag("html", _head(title) + _tag("body", _top(title, operator) + "".join(sections))),
        )
    )


def _head(title: str) -> str:
    return _tag("head", _META + _tag("title", escape(title)) + _tag("style", _STYLE))


def _top(title: str, operator: str) -> str:
    return _tag("h1", _own(title)) + _tag("p", _own(operator))


def _about(texts: Texts, dossier: Dossier) -> list[Row]:
    account, absent = dossier.account, texts.plain("export-absent")
    return [
        (texts.plain("export-name"), account.name or absent),
        (texts.plain("export-phone"), readable(account.phone) if account.phone else absent),
        (texts.plain("export-telegram"), str(account.telegram or absent)),
        (texts.plain("export-language"), account.language or absent),
        (texts.plain("export-points"), whole(dossier.points, texts)),
    ]


def _patients(texts: Texts, dossier: Dossier) -> str:
    absent = texts.plain("export-absent")
    head = (
        texts.plain("export-relation"),
        texts.plain("export-name"),
        texts.plain("export-phone"),
        texts.plain("export-birthday"),
        texts.plain("export-source"),
        texts.plain("export-brought"),
    )
    brought = {one.patient for one in dossier.recommending if one.brought}
    rows = [
        (
            texts.plain("export-relation-is", relation=str(relation)),
            " ".join(filter(None, (patient.name, patient.surname))) or absent,
            readable(patient.phone) if patient.phone else absent,
            birthday(patient.birthday, texts) if patient.birthday else absent,
            texts.plain("export-source-is", source=patient.source),
            texts.plain("export-brought-is", brought="yes" if patient.id in brought else "no"),
        )
        for patient, relation in dossier.patients
    ]
    return _section(texts, texts.plain("export-patients"), head, rows)


def _consents(texts: Texts, dossier: Dossier, signboard: Signboard) -> str:
    head = (
        texts.plain("export-consent"),
        texts.plain("export-decision"),
        texts.plain("export-version"),
        texts.plain("export-when"),
    )
    rows: list[Row] = [
        (
            texts.plain("export-consent-is", kind=event.kind),
            texts.plain("export-decision-is", decision=event.decision),
            event.version,
            _moment(texts, event.at, signboard),
        )
        for event in dossier.consents
    ]
    rows += _papers(texts, dossier, signboard)
    return _section(texts, texts.plain("export-consents"), head, rows)


def _papers(texts: Texts, dossier: Dossier, signboard: Signboard) -> list[Row]:
    """Consents that were signed at the desk, by whom of the family."""
    names = {patient.id: patient.name for patient, _ in dossier.patients}
    absent = texts.plain("export-absent")
    return [
        (
            texts.plain("export-paper", name=names[paper.patient] or absent),
            texts.plain("export-decision-is", decision="given"),
            paper.version,
            _moment(texts, paper.at, signboard),
        )
        for paper in dossier.papers
    ]


def _arrivals(texts: Texts, dossier: Dossier, signboard: Signboard) -> str:
    head = (texts.plain("export-link"), texts.plain("export-when"))
    rows = [(payload, _moment(texts, at, signboard)) for payload, at in dossier.arrivals]
    return _section(texts, texts.plain("export-arrivals"), head, rows)


def _links(texts: Texts, dossier: Dossier, signboard: Signboard) -> str:
    """What leads to the bot in a patient's name, and what it tells who follows it."""
    names = {patient.id: patient.name for patient, _ in dossier.patients}
    absent, nothing = texts.plain("export-absent"), texts.plain("export-told-nothing")
    head = (
        texts.plain("export-link-of"),
        texts.plain("export-name"),
        texts.plain("export-link"),
        texts.plain("export-told"),
        texts.plain("export-made"),
    )
    rows = [
        (
            texts.plain("export-link-kind", kind=kind.name.lower()),
            names.get(one.patient) or absent,
            kind + link.code,
            (one.name if kind is LinkKind.CARD else None) or nothing,
            _moment(texts, link.made_at, signboard),
        )
        for one in dossier.recommending
        for kind, link in one.links
    ]
    return _section(texts, texts.plain("export-links"), head, rows)


def _operations(texts: Texts, dossier: Dossier, signboard: Signboard) -> str:
    head = (
        texts.plain("export-operation"),
        texts.plain("export-change"),
        texts.plain("export-when"),
    )
    rows = [
        (
            texts.plain("export-operation-is", kind=line.kind),
            signed(line.points, texts),
            _moment(texts, line.at, signboard),
        )
        for line in dossier.operations
    ]
    return _section(texts, texts.plain("export-operations"), head, rows)


def _visits(texts: Texts, dossier: Dossier) -> str:
    head = (
        texts.plain("export-when"),
        texts.plain("export-bill"),
        texts.plain("export-paid"),
        texts.plain("export-what"),
    )
    rows = [
        (
            texts.plain("export-day", day=visit.day),
            money(visit.bill, texts),
            money(visit.cash, texts),
            _what(texts, dossier, visit),
        )
        for visit in dossier.visits
    ]
    return _section(texts, texts.plain("export-visits"), head, rows)


def _appointments(texts: Texts, dossier: Dossier) -> str:
    head = (
        texts.plain("export-when"),
        texts.plain("export-branch"),
        texts.plain("export-doctor"),
        texts.plain("export-state"),
    )
    rows = [
        (
            texts.plain(
                "export-moment", at=found.appointment.starts_at.astimezone(found.branch.where)
            ),
            found.branch.name,
            found.doctor or texts.plain("export-absent"),
            texts.plain("export-state-is", state=found.appointment.state),
        )
        for found in dossier.appointments
    ]
    return _section(texts, texts.plain("export-appointments"), head, rows)


def _what(texts: Texts, dossier: Dossier, visit: Visit) -> str:
    """The category and the doctor of every line of the bill, as far as they are known."""
    words = []
    for part in visit.parts:
        if part.category:
            words.append(texts.plain("category", category=part.category))
        if part.doctor is not None and part.doctor in dossier.doctors:
            words.append(dossier.doctors[part.doctor])
    return ", ".join(dict.fromkeys(words))


def _opinions(texts: Texts, dossier: Dossier, signboard: Signboard) -> str:
    head = (texts.plain("export-whose"), texts.plain("export-said"), texts.plain("export-when"))
    rows: list[Row] = []
    for opinion in dossier.opinions:
        day = texts.plain("export-day", day=opinion.visit.day)
        if (feeling := opinion.feeling) is not None:
            said = texts.plain("export-feels", feels=feeling.feels)
            rows.append((day, said, _moment(texts, feeling.at, signboard)))
        if opinion.stars is not None:
            rows.append((day, texts.plain("export-stars", stars=opinion.stars), ""))
        rows += [
            (
                words.author,
                words.text or texts.plain("export-media"),
                _moment(texts, words.at, signboard),
            )
            for words in opinion.words
        ]
    return _section(texts, texts.plain("export-opinions"), head, rows)


def _tasks(texts: Texts, dossier: Dossier, signboard: Signboard) -> str:
    """Why the clinic was to call or to answer, and whom it is never to disturb."""
    names = {patient.id: patient.name for patient, _ in dossier.patients}
    absent = texts.plain("export-absent")
    head = (texts.plain("export-name"), texts.plain("export-task"), texts.plain("export-when"))
    rows: list[Row] = [
        (
            names.get(reason.patient) or absent,
            without_markup(texts("task-why", kind=Html(reason.kind))),
            _moment(texts, reason.at, signboard),
        )
        for reason in dossier.tasks
    ]
    rows += [
        (
            names.get(patient) or absent,
            texts.plain("export-never"),
            _moment(texts, said.at, signboard),
        )
        for patient, said in dossier.nevers.items()
    ]
    return _section(texts, texts.plain("export-tasks"), head, rows)


def _talks(texts: Texts, dossier: Dossier, signboard: Signboard) -> str:
    head = (texts.plain("export-author"), texts.plain("export-said"), texts.plain("export-when"))
    rows = [
        (
            words.author,
            words.text or texts.plain("export-media"),
            _moment(texts, words.at, signboard),
        )
        for words in dossier.talks
    ]
    return _section(texts, texts.plain("export-talks"), head, rows)


def _moment(texts: Texts, at: datetime, signboard: Signboard) -> str:
    return texts.plain("export-moment", at=at.astimezone(signboard.zone))


def _section(texts: Texts, title: str, head: Row, rows: Sequence[Row]) -> str:
    """Each row as a small table of its own, a label and a value a line: it fits any phone."""
    if not rows:
        return _tag("h2", _own(title)) + _tag("p", _own(texts.plain("export-nothing")))
    records = [list(zip(head, row, strict=True)) for row in rows] if head else [rows]
    return _tag("h2", _own(title)) + "".join(map(_record, records))


def _record(pairs: Iterable[Row]) -> str:
    lines = (_tag("th", _own(label)) + _tag("td", _own(value)) for label, value in pairs)
    return _tag("table", "".join(_tag("tr", line) for line in lines))


def _own(words: str) -> str:
    """People's words, safe in the page and turning nothing around them."""
    return _tag("bdi", escape(words))


def _tag(name: str, inside: str) -> str:
    return f"<{name}>{inside}</{name}>"
