"""What owners have decided about advertising: a row a change, the newest holds."""

from datetime import datetime

from sqlalchemy import Connection, select

from db.dialects import new_only
from db.tables import promo
from loyalty.promo import Promo

_NEWEST = select(promo).order_by(promo.c.id.desc()).limit(1)


class SqlPromo:
    """`loyalty.ports.Promotion` over one connection."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def standing(self) -> Promo:
        row = self._connection.execute(_NEWEST).first()
        return (
            Promo() if row is None else Promo(row.is_on, row.marker, row.set_by, row.since, row.id)
        )

    def add(self, by: int, *, on: bool, marker: str | None, after: int) -> bool:
        """Of two that follow the same version one finds its number taken."""
        new = new_only(self._connection, promo, promo.c.id)
        row = {"id": after + 1, "is_on": on, "marker": marker, "set_by": by, "since": self._now}
        return new.run(self._connection, **row).first() is not None
