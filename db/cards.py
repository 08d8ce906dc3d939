"""Links with a patient behind them, and the card's picture as Telegram keeps it."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, select, update

from db.dialects import new_only, upsert
from db.rewards import records_of
from db.tables import card_style, cards, invitations
from loyalty.cards import Colour, Link, LinkKind, Style

_ONE = {"id": 1}
_TABLES: dict[LinkKind, Table] = {LinkKind.CARD: cards, LinkKind.INVITATION: invitations}


def _all_of(patient: int) -> ColumnElement[bool]:
    """Of whatever record of theirs."""
    return cards.c.patient_id.in_(records_of(patient))


class SqlCards:
    """`loyalty.ports.Cards` over one connection."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def link(self, kind: LinkKind, patient: int) -> Link | None:
        table = _TABLES[kind]
        row = self._connection.execute(select(table).where(table.c.patient_id == patient)).first()
        return None if row is None else Link(row.code, row.patient_id, row.made_at)

    def add_link(self, kind: LinkKind, patient: int, code: str) -> bool:
        new = new_only(self._connection, _TABLES[kind], _TABLES[kind].c.code)
        row = {"code": code, "patient_id": patient, "made_at": self._now}
        return new.run(self._connection, **row).first() is not None

    def behind(self, kind: LinkKind, code: str) -> int | None:
        table = _TABLES[kind]
        found = self._connection.scalar(select(table.c.patient_id).where(table.c.code == code))
        return None if found is None else int(found)

    def picture(self, patient: int, drawn: str) -> str | None:
        """Only of this very content: another one wants drawing."""
        its = cards.c.patient_id == patient, cards.c.drawn == drawn
        return self._connection.scalar(select(cards.c.file_id).where(*its))

    def keep_picture(self, patient: int, drawn: str, file_id: str) -> None:
        card = update(cards).where(cards.c.patient_id == patient)
        self._connection.execute(card.values(drawn=drawn, file_id=file_id))

    def named(self, patient: int) -> bool:
        found = self._connection.scalars(select(cards.c.named).where(_all_of(patient))).all()
        return bool(found) and all(found)

    def show_name(self, patient: int, named: bool) -> None:
        theirs = update(cards).where(_all_of(patient))
        self._connection.execute(theirs.values(named=named))

    def forget(self, patient: int) -> None:
        bare = {"named": False, "drawn": None, "file_id": None}
        self._connection.execute(update(cards).where(_all_of(patient)).values(**bare))

    def style(self) -> Style:
        found = select(card_style.c.colour, card_style.c.logo_mark)
        row = self._connection.execute(found).first()
        return Style() if row is None else Style(Colour(row.colour), row.logo_mark)

    def logo(self) -> bytes | None:
        return self._connection.scalar(select(card_style.c.logo))

    def keep_colour(self, colour: Colour, by: int) -> None:
        self._keep(by, colour=colour)

    def keep_logo(self, logo: bytes | None, mark: str | None, by: int) -> None:
        self._keep(by, colour=self.style().colour, logo=logo, logo_mark=mark)

    def _keep(self, by: int, **style: str | bytes | None) -> None:
        change = {"changed_by": by, "changed_at": self._now}
        upsert(self._connection, card_style, _ONE, {**style, **change})
