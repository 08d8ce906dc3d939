"""Branches, who works there, doctors."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from db.prepared import Prepared
from db.tables import branches, doctors, team
from loyalty.branches import Branch
from loyalty.team import Member, Standing

_OF_ID = select(branches).where(branches.c.id == bindparam("branch"))
_BRANCH = Prepared(_OF_ID)
_BRANCH_HELD = Prepared(_OF_ID.with_for_update(key_share=True))
_WORKS = select(team).where(
    team.c.branch_id == bindparam("branch"), team.c.telegram_id == bindparam("telegram")
)
_MEMBER = Prepared(_WORKS)
_MEMBER_LOCKED = Prepared(_WORKS.with_for_update(read=True))
_TEAM = Prepared(select(team).where(team.c.branch_id == bindparam("branch")).order_by(team.c.id))
_DOCTORS = Prepared(select(doctors.c.id, doctors.c.name).order_by(doctors.c.name))
_STANDING = Prepared(_WORKS.with_only_columns(team.c.standing))
_STANDING_LOCKED = Prepared(_WORKS.with_only_columns(team.c.standing).with_for_update(read=True))


class SqlBranches:
    """`loyalty.ports.Branches` over one connection. `lock` keeps a member as read."""

    def __init__(self, connection: Connection, now: datetime, *, lock: bool) -> None:
        self._connection = connection
        self._now = now
        self._lock = lock

    # --- branches

    def branch(self, branch: int) -> Branch:
        return _branch(_BRANCH.run(self._connection, branch=branch).one())

    def hold(self, branch: int) -> Branch:
        return _branch(_BRANCH_HELD.run(self._connection, branch=branch).one())

    def branch_of_chat(self, chat: int) -> Branch | None:
        query = select(branches).where(branches.c.chat_id == chat)
        row = self._connection.execute(query).first()
        return None if row is None else _branch(row)

    def branches(self) -> Sequence[Branch]:
        rows = self._connection.execute(select(branches).order_by(branches.c.id))
        return [_branch(row) for row in rows]

    def add_branch(self, branch: Branch) -> Branch:
        values = {**_branch_columns(branch), "opened_at": self._now}
        new = insert(branches).values(**values).returning(branches.c.id)
        return replace(branch, id=self._connection.execute(new).scalar_one())

    def save_branch(self, branch: Branch) -> None:
        changed = update(branches).where(branches.c.id == branch.id)
        self._connection.execute(changed.values(**_branch_columns(branch)))

    # --- who works there

    def member(self, branch: int, telegram: int) -> Member | None:
        query = _MEMBER_LOCKED if self._lock else _MEMBER
        row = query.run(self._connection, branch=branch, telegram=telegram).first()
        return None if row is None else _member(row)

    def standing(self, branch: int, telegram: int) -> Standing | None:
        query = _STANDING_LOCKED if self._lock else _STANDING
        found = query.run(self._connection, branch=branch, telegram=telegram).scalar()
        return None if found is None else Standing(found)

    def team(self, branch: int) -> Sequence[Member]:
        return list(map(_member, _TEAM.run(self._connection, branch=branch)))

    def places(self, telegram: int) -> Sequence[Member]:
        query = select(team).where(team.c.telegram_id == telegram).order_by(team.c.branch_id)
        return [_member(row) for row in self._connection.execute(query)]

    def add_member(self, member: Member) -> Member:
        values = {
            **_member_columns(member),
            "branch_id": member.branch,
            "telegram_id": member.telegram,
            "since": self._now,
        }
        new = insert(team).values(**values).returning(team.c.id)
        return replace(member, id=self._connection.execute(new).scalar_one())

    def save_member(self, before: Member, after: Member) -> None:
        known, columns = _member_columns(before), _member_columns(after)
        new = {name: value for name, value in columns.items() if value != known[name]}
        if new:
            self._connection.execute(update(team).where(team.c.id == after.id).values(**new))

    # --- doctors

    def doctors(self) -> Mapping[int, str]:
        return {row.id: row.name for row in _DOCTORS.run(self._connection)}

    def add_doctor(self, name: str, by: int) -> int:
        known = select(doctors.c.id).where(doctors.c.name == name)
        if (doctor := self._connection.execute(known).scalar()) is not None:
            return int(doctor)
        new = insert(doctors).values(name=name, added_by=by, added_at=self._now)
        return int(self._connection.execute(new.returning(doctors.c.id)).scalar_one())


def _branch(row: Row[Any]) -> Branch:
    return Branch(
        id=row.id,
        name=row.name,
        chat=row.chat_id,
        zone=row.zone,
        legal=row.legal,
        phone=row.phone,
        opens=time.fromisoformat(row.opens),
        closes=time.fromisoformat(row.closes),
        days_off=frozenset(map(int, row.days_off)),
        address=row.address,
        directions=row.directions,
        reviews=tuple(row.reviews),
    )


def _branch_columns(branch: Branch) -> dict[str, Any]:
    return {
        "name": branch.name,
        "chat_id": branch.chat,
        "zone": branch.zone,
        "legal": branch.legal,
        "phone": branch.phone,
        "opens": branch.opens.isoformat("minutes"),
        "closes": branch.closes.isoformat("minutes"),
        "days_off": "".join(map(str, sorted(branch.days_off))),
        "address": branch.address,
        "directions": branch.directions,
        "reviews": list(branch.reviews),
    }


def _member(row: Row[Any]) -> Member:
    return Member(
        id=row.id,
        branch=row.branch_id,
        telegram=row.telegram_id,
        name=row.name,
        standing=Standing(row.standing),
        shared=row.shared,
        on_shift=row.on_shift,
        shift_until=row.shift_until,
        codes_locked_until=row.codes_locked_until,
    )


def _member_columns(member: Member) -> dict[str, Any]:
    return {
        "name": member.name,
        "standing": member.standing,
        "shared": member.shared,
        "on_shift": member.on_shift,
        "shift_until": member.shift_until,
        "codes_locked_until": member.codes_locked_until,
    }
