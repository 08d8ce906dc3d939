"""Links with a patient behind them, and the card's picture as Telegram keeps it."""

from datetime import datetime

from sqlalchemy import Connection, Table, select, update

from db.dialects import new_only
from db.tables import cards, invitations
from loyalty.cards import Link, LinkKind

_TABLES: dict[LinkKind, Table] = {LinkKind.CARD: cards, LinkKind.INVITATION: invitations}


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
