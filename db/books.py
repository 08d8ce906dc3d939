"""The clinic's books over one connection: what `loyalty.ports.Transaction` asks for."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.aftercare import SqlAftercare
from db.branches import SqlBranches
from db.cases import SqlCases
from db.desk import SqlDesk
from db.ledger import SqlLedger
from db.merges import SqlMerges
from db.opinions import SqlRatings
from db.outbox import SqlOutbox
from db.papers import SqlPapers
from db.people import SqlPeople
from db.programmes import SqlProgrammes
from db.rewards import SqlRewards
from loyalty.programme import Programme


@dataclass
class Books:
    """Open for one use case or one question; `writing` locks the rows it reads to change."""

    connection: Connection
    now: datetime
    zone: ZoneInfo
    writing: bool

    @cached_property
    def programme(self) -> Programme:
        return self.programmes.current()[1]

    @cached_property
    def programmes(self) -> SqlProgrammes:
        return SqlProgrammes(self.connection, self.now)

    @cached_property
    def branches(self) -> SqlBranches:
        return SqlBranches(self.connection, self.now, lock=self.writing)

    @cached_property
    def desk(self) -> SqlDesk:
        return SqlDesk(self.connection, self.now, lock=self.writing)

    @cached_property
    def people(self) -> SqlPeople:
        return SqlPeople(self.connection, self.now, lock=self.writing)

    @cached_property
    def papers(self) -> SqlPapers:
        return SqlPapers(self.connection, self.now)

    @cached_property
    def ledger(self) -> SqlLedger:
        return SqlLedger(self.connection, self.now)

    @cached_property
    def merges(self) -> SqlMerges:
        return SqlMerges(self.connection, self.now)

    @cached_property
    def outbox(self) -> SqlOutbox:
        return SqlOutbox(self.connection, self.now)

    @cached_property
    def ratings(self) -> SqlRatings:
        return SqlRatings(self.connection, self.now)

    @cached_property
    def aftercare(self) -> SqlAftercare:
        return SqlAftercare(self.connection, self.now)

    @cached_property
    def cases(self) -> SqlCases:
        return SqlCases(self.connection, self.now, lock=self.writing)

    @cached_property
    def rewards(self) -> SqlRewards:
        return SqlRewards(self.connection, self.now)
