"""What the desk keeps: codes, drafts, visits, corrections."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from db.desk.codes import SqlCodes
from db.desk.corrections import SqlCorrections
from db.desk.drafts import SqlDrafts
from db.desk.visits import SqlVisits


@dataclass
class SqlDesk(SqlCodes, SqlDrafts, SqlVisits, SqlCorrections):
    """`loyalty.ports.Desk` over one connection; `lock` holds a draft till the commit."""

    connection: Connection
    now: datetime
    lock: bool
