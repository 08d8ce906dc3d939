"""Ratings and what is said about visits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, exists, select, update

from db.dialects import insert_new, new_only
from db.tables import aftercare, cases, rating_questions, ratings, visits, words
from loyalty.opinions import Rating, Side, Words


class SqlRatings:
    """`loyalty.ports.Ratings` over one connection."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def note_asked(self, visit: int, account: int) -> None:
        row = {"visit_id": visit, "account_id": account, "asked_at": self._now}
        insert_new(self._connection, rating_questions, row)

    def asked_since(self, account: int, moment: datetime, *, besides: int) -> bool:
        asked = exists().where(
            rating_questions.c.account_id == account,
            rating_questions.c.asked_at > moment,
            rating_questions.c.visit_id != besides,
        )
        return bool(self._connection.scalar(select(asked)))

    def asked_at(self, visit: int, account: int) -> datetime:
        asked = rating_questions.c
        its = (asked.visit_id == visit, asked.account_id == account)
        found: datetime = self._connection.scalars(select(asked.asked_at).where(*its)).one()
        return found

    def unanswered(self, account: int, since: datetime) -> int | None:
        asked = rating_questions.c
        rated = exists().where(ratings.c.visit_id == asked.visit_id)
        feels = exists().where(
            *(aftercare.c.visit_id == asked.visit_id, aftercare.c.account_id == account),
            aftercare.c.feels.is_(None),
        )
        return self._connection.scalar(
            select(asked.visit_id)
            .where(asked.account_id == account, asked.asked_at > since, ~rated, ~feels)
            .order_by(asked.asked_at.desc())
            .limit(1)
        )

    def rating(self, visit: int) -> Rating | None:
        row = self._connection.execute(select(ratings).where(ratings.c.visit_id == visit)).first()
        return None if row is None else Rating(row.visit_id, row.account_id, row.stars, row.at)

    def add_rating(self, rating: Rating) -> bool:
        row = {
            "visit_id": rating.visit,
            "account_id": rating.account,
            "stars": rating.stars,
            "at": rating.at,
        }
        new = new_only(self._connection, ratings, ratings.c.visit_id)
        return new.run(self._connection, **row).first() is not None

    def words(self, visit: int) -> Sequence[Words]:
        query = select(words).where(words.c.visit_id == visit).order_by(words.c.id)
        return [_words(*row) for row in self._connection.execute(query)]

    def words_of_task(self, task: int) -> Sequence[Words]:
        query = select(words).where(words.c.task_id == task).order_by(words.c.id)
        return [_words(*row) for row in self._connection.execute(query)]

    def words_by_id(self, words_: int) -> Words | None:
        row = self._connection.execute(select(words).where(words.c.id == words_)).first()
        return None if row is None else _words(*row)

    def add_words(self, said: Words) -> Words | None:
        row = {
            "visit_id": said.visit,
            "side": said.side,
            "author": said.author,
            "source": said.source,
            "text": said.text,
            "chat_id": said.chat,
            "message_id": said.message,
            "at": said.at,
            "task_id": said.task,
        }
        new = new_only(self._connection, words, words.c.id)
        id_ = new.run(self._connection, **row).scalar_one_or_none()
        return None if id_ is None else replace(said, id=id_)

    def forget_words(self, patient: int) -> None:
        theirs = select(visits.c.id).where(visits.c.patient_id == patient)
        self._forget(words.c.visit_id.in_(theirs))
        notes = update(cases).where(cases.c.patient_id == patient)
        self._connection.execute(notes.values(note=None))

    def forget_words_of_task(self, task: int) -> None:
        self._forget(words.c.task_id == task)

    def forget_words_of(self, account: int, telegram: int | None) -> None:
        theirs = select(ratings.c.visit_id).where(ratings.c.account_id == account)
        own_chat = words.c.source.startswith(f"{telegram}:", autoescape=True)
        own = words.c.visit_id.in_(theirs) | own_chat
        self._forget(own & (words.c.side == Side.PATIENT))

    def _forget(self, which: ColumnElement[bool]) -> None:
        forgotten = {"author": "", "text": None, "chat_id": None, "message_id": None}
        self._connection.execute(update(words).where(which).values(**forgotten))


def _words(
    id_: int,
    visit: int | None,
    side: str,
    author: str,
    source: str,
    text: str | None,
    chat: int | None,
    message: int | None,
    at: datetime,
    task: int | None,
) -> Words:
    return Words(id_, visit, Side(side), author, source, at, text, chat, message, task)
