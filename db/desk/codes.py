"""Codes on patients' screens, and the digits that were none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from db.dialects import one_at_a_time, upsert
from db.tables import code_misses, code_screens, codes
from loyalty.visits import Code, CodeScreen

_NEWEST = select(codes).order_by(codes.c.id.desc()).limit(1)


class SqlCodes:
    connection: Connection
    now: datetime
    lock: bool

    def add_code(self, code: Code) -> Code:
        new = insert(codes).values(
            digits=code.digits,
            token=code.token,
            account_id=code.account,
            issued_at=code.issued_at,
            ends_at=code.ends_at,
        )
        return replace(code, id=self.connection.execute(new.returning(codes.c.id)).scalar_one())

    def code(self, digits: str) -> Code | None:
        return self._code(_NEWEST.where(codes.c.digits == digits))

    def code_by_token(self, token: str) -> Code | None:
        return self._code(_NEWEST.where(codes.c.token == token))

    def code_after(self, code: Code) -> Code | None:
        later = select(codes).where(codes.c.account_id == code.account, codes.c.id > code.id)
        return self._code(later.order_by(codes.c.id).limit(1))

    def code_of(self, account: int) -> Code | None:
        return self._code(_NEWEST.where(codes.c.account_id == account))

    def digits_since(self, moment: datetime) -> Sequence[str]:
        if self.lock:
            one_at_a_time(self.connection, "codes")  # two must not find the same digits free
        query = select(codes.c.digits).where(codes.c.ends_at > moment)
        return self.connection.scalars(query).all()

    def claim(self, code: int, draft: int) -> bool:
        free = update(codes).where(codes.c.id == code, codes.c.claimed_by.is_(None))
        values = {"claimed_by": draft, "claimed_at": self.now}
        if self.connection.execute(free.values(**values)).rowcount == 1:
            return True
        by = select(codes.c.claimed_by).where(codes.c.id == code)
        return self.connection.scalar(by) == draft

    def save_screen(self, screen: CodeScreen) -> None:
        values = {
            "message_id": screen.message,
            "refresh_at": screen.refresh_at,
            "refresh_until": screen.refresh_until,
        }
        upsert(self.connection, code_screens, {"account_id": screen.account}, values)

    def screen(self, account: int) -> CodeScreen | None:
        query = select(code_screens).where(code_screens.c.account_id == account)
        row = self.connection.execute(query).first()
        return None if row is None else CodeScreen(*row)

    def screens_due(self) -> Sequence[CodeScreen]:
        query = select(code_screens).where(code_screens.c.refresh_at <= self.now)
        rows = self.connection.execute(query.order_by(code_screens.c.refresh_at))
        return [CodeScreen(*row) for row in rows]

    def note_miss(self, telegram: int) -> None:
        self.connection.execute(insert(code_misses).values(telegram_id=telegram, at=self.now))

    def misses_since(self, telegram: int, moment: datetime) -> int:
        query = select(func.count()).where(
            code_misses.c.telegram_id == telegram, code_misses.c.at > moment
        )
        return int(self.connection.scalar(query) or 0)

    def forget_codes(self, before: datetime) -> None:
        self.connection.execute(delete(codes).where(codes.c.ends_at < before))
        self.connection.execute(delete(code_misses).where(code_misses.c.at < before))

    def _code(self, query: Select[Any]) -> Code | None:
        row = self.connection.execute(query).first()
        return None if row is None else _code(row)


def _code(row: Row[Any]) -> Code:
    return Code(
        id=row.id,
        digits=row.digits,
        token=row.token,
        account=row.account_id,
        issued_at=row.issued_at,
        ends_at=row.ends_at,
        claimed_by=row.claimed_by,
        claimed_at=row.claimed_at,
    )
