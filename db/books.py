"""The clinic's books over one connection: what `loyalty.ports.Transaction` asks for."""

from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.aftercare import SqlAftercare
from db.appointments import SqlAppointments
from db.arrivals import SqlArrivals
from db.branches import SqlBranches
from db.cards import SqlCards
from db.cases import SqlCases
from db.desk import SqlDesk
from db.friends import SqlFriends
from db.ledger import SqlLedger
from db.merges import SqlMerges
from db.opinions import SqlRatings
from db.outbox import SqlOutbox
from db.papers import SqlPapers
from db.people import SqlPeople
from db.programmes import SqlProgrammes
from db.promo import SqlPromo
from db.referrals import SqlReferrals
from db.rewards import SqlRewards
from db.tasks import SqlTasks
from loyalty.programme import Programme


class Books:
    """Open for one use case or one question; `writing` locks the rows it reads to change."""

    def __init__(
        self,
        connection: Connection,
        now: datetime,
        zone: ZoneInfo,
        writing: bool,
    ) -> None:
        self.now = now
        self.zone = zone
        self.programmes = SqlProgrammes(connection, now)
        self.promo = SqlPromo(connection, now)
        self.branches = SqlBranches(connection, now, lock=writing)
        self.desk = SqlDesk(connection, now, lock=writing)
        self.people = SqlPeople(connection, now, lock=writing)
        self.papers = SqlPapers(connection, now)
        self.ledger = SqlLedger(connection, now)
        self.merges = SqlMerges(connection, now)
        self.outbox = SqlOutbox(connection, now)
        self.ratings = SqlRatings(connection, now)
        self.aftercare = SqlAftercare(connection, now)
        self.cases = SqlCases(connection, now, lock=writing)
        self.tasks = SqlTasks(connection, now, lock=writing)
        self.rewards = SqlRewards(connection, now)
        self.cards = SqlCards(connection, now)
        self.friends = SqlFriends(connection, now)
        self.referrals = SqlReferrals(connection, now)
        self.arrivals = SqlArrivals(connection, now)
        self.appointments = SqlAppointments(connection, now, lock=writing)

    @cached_property
    def programme(self) -> Programme:
        return self.programmes.current()[1]
