"""What became of a crowd: by a second connection to the database, and in the chats."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.updates import _FIRST_ID as FIRST_UPDATE
from tests.faults.crowd import Visitor
from tests.support.bots import Clinic

# How many rows of each kind one registered person leads to.
ROWS_OF_A_PERSON = {
    "account": "SELECT count(*) FROM accounts WHERE id = {account}",
    "patient": (
        "SELECT count(*) FROM patients JOIN speaks_for ON patient_id = patients.id"
        " WHERE account_id = {account}"
    ),
    "wallet": "SELECT count(DISTINCT wallet_id) FROM patients WHERE phone = '{phone}'",
    "welcome": "SELECT count(*) FROM operations WHERE key = 'welcome:{wallet}'",
    "lot": "SELECT count(*) FROM lots WHERE wallet_id = {wallet}",
    "entry": "SELECT count(*) FROM entries WHERE wallet_id = {wallet}",
    "allocation": (
        "SELECT count(*) FROM allocations JOIN lots ON lot_id = lots.id WHERE wallet_id = {wallet}"
    ),
    "consent": "SELECT count(*) FROM consents WHERE account_id = {account} AND kind = 'data'",
    "advertising": (
        "SELECT count(*) FROM consents WHERE account_id = {account} AND kind = 'advertising'"
    ),
}
POINTS = """
    SELECT balance,
           (SELECT sum(points) FROM entries WHERE wallet_id = wallets.id),
           (SELECT sum(allocations.points) FROM allocations JOIN lots ON lots.id = lot_id
             WHERE lots.wallet_id = wallets.id),
           (SELECT sum(remaining) FROM lots WHERE wallet_id = wallets.id)
      FROM wallets WHERE id = {wallet}
"""
WELCOME = 1000


@dataclass
class Verdict:
    """Counted over everybody; all but `people`, `updates` and `repeated` should be 0."""

    people: int = 0
    updates: int = 0
    lost: int = 0  # updates of Telegram that the inbox doesn't hold as done
    doubled: int = 0
    undone: int = 0
    wrong_books: int = 0
    missing: int = 0
    repeated: int = 0
    disordered: int = 0
    errors: int = 0

    @property
    def row(self) -> dict[str, object]:
        """As a table shows it."""
        return {
            "people": self.people,
            "updates lost": f"{self.lost} of {self.updates}" if self.updates else "not counted",
            "effects doubled": self.doubled,
            "replies missing": self.missing,
            "replies repeated": self.repeated,
            "order broken": self.disordered,
            "faults": self.faults,
        }

    @property
    def faults(self) -> dict[str, int]:
        """What went wrong, by name; empty when nothing did."""
        innocent = {"people", "updates", "repeated"}
        return {name: n for name, n in vars(self).items() if n and name not in innocent}


def verdict(clinic: Clinic, visitors: Sequence[Visitor]) -> Verdict:
    """On a clinic in which these visitors were alone; judged once all is calm."""
    found = verdict_of(clinic, visitors)
    _updates(clinic, found)
    _strangers(clinic, found)
    found.errors = len(errors_in(clinic.bot.log))
    return found


def verdict_of(clinic: Clinic, visitors: Sequence[Visitor]) -> Verdict:
    """On these visitors, whoever else was there."""
    found = Verdict(people=len(visitors))
    for visitor in visitors:
        _effects(clinic, visitor, found)
        _replies(visitor, found)
    return found


def errors_in(log: str) -> list[str]:
    """Lines of a JSON log that say error, or that aren't JSON at all: a traceback, a crash."""
    return [line for line in log.splitlines() if _is_error(line)]


def _is_error(line: str) -> bool:
    try:
        return json.loads(line)["level"] in {"error", "critical"}
    except (ValueError, KeyError):
        return True


def _updates(clinic: Clinic, found: Verdict) -> None:
    """Every number that Telegram gave out stands in the inbox once, done."""
    issued = set(range(FIRST_UPDATE, clinic.sandbox.world.updates._next_id))
    done = {number for (number,) in clinic.bot.rows(_DONE)}
    found.updates, found.lost = len(issued), len(issued - done) + len(done - issued)


_DONE = "SELECT update_id FROM inbox WHERE state = 'done'"


def _effects(clinic: Clinic, visitor: Visitor, found: Verdict) -> None:
    account, wallet = _ids(clinic, visitor)
    for query in ROWS_OF_A_PERSON.values():
        sql = query.format(account=account, wallet=wallet, phone=visitor.phone)
        [(rows,)] = clinic.bot.rows(sql)
        found.doubled += max(0, rows - 1)
        found.undone += rows == 0
    found.wrong_books += clinic.bot.rows(POINTS.format(wallet=wallet)) != [(WELCOME,) * 4]
    found.undone += _said(clinic, account) != _meant(visitor)


def _ids(clinic: Clinic, visitor: Visitor) -> tuple[int, int]:
    sql = f"SELECT id, wallet_id FROM accounts WHERE telegram_id = {visitor.person.id}"
    [(account, wallet)] = clinic.bot.rows(sql) or [(-1, -1)]
    return account, wallet if wallet is not None else -1


def _said(clinic: Clinic, account: int) -> object:
    """What the clinic remembers of a person's answers."""
    sql = (
        "SELECT a.name, a.phone, a.advertising, p.birth_day, p.birth_month, p.birth_year"
        " FROM accounts a JOIN speaks_for s ON s.account_id = a.id"
        f" JOIN patients p ON p.id = s.patient_id WHERE a.id = {account}"
    )
    links = f"SELECT payload FROM arrivals WHERE account_id = {account}"
    return clinic.bot.rows(sql), clinic.bot.rows(links)


def _meant(visitor: Visitor) -> object:
    manner = visitor.manner
    name = manner.typed_name or visitor.first_name
    born = manner.born or (None, None, None)
    answers = [(name, visitor.phone, manner.advertising, *born)]
    return answers, [(manner.link,)] if manner.link else []


def _replies(visitor: Visitor, found: Verdict) -> None:
    found.missing += not visitor.finished
    found.missing += len(
        _presses(visitor, "callback_waiting") - _presses(visitor, "callback_answer")
    )
    answered = visitor.answers_and_repeats
    found.missing += sum(answered.count(q) < visitor.asked.count(q) for q in set(visitor.asked))
    found.repeated += max(0, len(answered) - len(visitor.asked))
    found.repeated += max(0, len(visitor.welcomes) - visitor.manner.contacts)
    found.disordered += visitor.answers != visitor.asked


def _presses(visitor: Visitor, event: str) -> set[str]:
    events = visitor.person.world.since(0, visitor.person.chat_id)
    return {e["query_id"] for e in events if e["type"] == event}


def _strangers(clinic: Clinic, found: Verdict) -> None:
    """Nobody and nothing beyond the people who came; and the database is sound."""
    counted = ", ".join(
        f"(SELECT count(*) FROM {table})"
        for table in ("accounts", "patients", "wallets", "operations", "lots", "entries")
    )
    [rows] = clinic.bot.rows(f"SELECT {counted}")
    found.doubled += sum(max(0, n - found.people) for n in rows)
    found.wrong_books += len(clinic.bot.second.unsound())
