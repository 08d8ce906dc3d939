"""Accounts, patients, wallets, and who speaks for whom."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from db.dialects import insert_new
from db.prepared import Prepared
from db.tables import (
    accounts,
    arrivals,
    code_screens,
    forms,
    inbox,
    outbox,
    patients,
    speaks_for,
    wallets,
)
from loyalty.people import Account, Birthday, Patient, Relation, SpendingOff, Wallet

ACCOUNT = (
    accounts.c.id,
    accounts.c.telegram_id,
    accounts.c.language,
    accounts.c.name,
    accounts.c.phone,
    accounts.c.wallet_id,
    accounts.c.consent_version,
    accounts.c.consented_at,
    accounts.c.withdrawn_at,
    accounts.c.name_answered,
    accounts.c.birthday_answered,
    accounts.c.advertising,
    accounts.c.unreachable_since,
    accounts.c.care_off_at,
)

# The questions of every update are put together once: building a statement costs as much as
# running it.
_OF_TELEGRAM = select(*ACCOUNT).where(accounts.c.telegram_id == bindparam("telegram"))
_OF_ID = select(
    wallets.c.id,
    wallets.c.balance,
    wallets.c.debt,
    wallets.c.cash_paid,
    wallets.c.spending_off,
).where(wallets.c.id == bindparam("wallet"))
# Rows that are locked may still be referred to: a letter to an account waits for nobody.
_BY_TELEGRAM = Prepared(_OF_TELEGRAM)
_BY_TELEGRAM_LOCKED = Prepared(_OF_TELEGRAM.with_for_update(key_share=True))
_WALLET = Prepared(_OF_ID)
_WALLET_LOCKED = Prepared(_OF_ID.with_for_update(key_share=True))

_ITSELF = select(patients).where(patients.c.id == bindparam("patient"))
_PATIENT = Prepared(_ITSELF)
_PATIENT_LOCKED = Prepared(_ITSELF.with_for_update(read=True))
_PARTS = Prepared(
    select(patients).where(patients.c.merged_into == bindparam("patient")).order_by(patients.c.id)
)
_BOUND_TO = Prepared(
    select(*ACCOUNT)
    .join(speaks_for, speaks_for.c.account_id == accounts.c.id)
    .where(speaks_for.c.patient_id == bindparam("patient"), speaks_for.c.until.is_(None))
    .order_by(accounts.c.id)
)
# Whoever is found by what a merged record says is the patient whose record it is part of now.
_RECORD = func.coalesce(patients.c.merged_into, patients.c.id)
_KEPT = patients.alias("kept")
_FOUND = (
    select(_KEPT)
    .distinct()
    .join(patients, _KEPT.c.id == _RECORD)
    .where(_KEPT.c.erased_at.is_(None))
    .order_by(_KEPT.c.id)
)
_WITH_PHONE = Prepared(_FOUND.where(patients.c.phone == bindparam("phone")))
_SHARING = Prepared(_FOUND.where(patients.c.wallet_id == bindparam("wallet")))
_SAVED_WALLET = Prepared(update(wallets).where(wallets.c.id == bindparam("wallet")))


_CALLED_BY_ACCOUNT = (
    select(speaks_for.c.patient_id)
    .join(accounts, accounts.c.id == speaks_for.c.account_id)
    .where(speaks_for.c.relation == Relation.SELF, speaks_for.c.until.is_(None))
)


def _is_called(spellings: Collection[str]) -> ColumnElement[bool]:
    by_account = _CALLED_BY_ACCOUNT.where(_begins_a_word(accounts.c.name, spellings))
    return or_(
        _begins_a_word(patients.c.name, spellings),
        _begins_a_word(patients.c.surname, spellings),
        patients.c.id.in_(by_account),
    )


def _begins_a_word(column: Column[str], spellings: Collection[str]) -> ColumnElement[bool]:
    first = (column.startswith(one, autoescape=True) for one in spellings)
    later = (column.contains(f" {one}", autoescape=True) for one in spellings)
    return or_(*first, *later)


class SqlPeople:
    """`loyalty.ports.People` over one connection. `lock` holds what is read till the commit."""

    def __init__(self, connection: Connection, now: datetime, *, lock: bool) -> None:
        self._connection = connection
        self._now = now
        self._lock = lock

    # --- accounts

    def account(self, account: int) -> Account:
        found = self._account(select(*ACCOUNT).where(accounts.c.id == account))
        if found is None:
            raise LookupError(f"no account {account}")
        return found

    def account_of(self, telegram: int) -> Account | None:
        query = _BY_TELEGRAM_LOCKED if self._lock else _BY_TELEGRAM
        row = query.run(self._connection, telegram=telegram).first()
        return None if row is None else Account(*row)

    def account_with_phone(self, phone: str) -> Account | None:
        return self._account(select(*ACCOUNT).where(accounts.c.phone == phone))

    def open_account(self, telegram: int) -> Account:
        new = insert(accounts).values(telegram_id=telegram, met_at=self._now)
        return Account(self._new_id(new.returning(accounts.c.id)), telegram)

    def save_account(self, account: Account) -> None:
        self._connection.execute(
            update(accounts)
            .where(accounts.c.id == account.id)
            .values(
                language=account.language,
                name=account.name,
                phone=account.phone,
                wallet_id=account.wallet,
                consent_version=account.consent_version,
                consented_at=account.consented_at,
                withdrawn_at=account.withdrawn_at,
                name_answered=account.name_answered,
                birthday_answered=account.birthday_answered,
                advertising=account.advertising,
                care_off_at=account.care_off_at,
            )
        )

    def lose_account(self, account: int) -> None:
        lost = update(accounts).where(
            accounts.c.id == account, accounts.c.unreachable_since.is_(None)
        )
        self._connection.execute(lost.values(unreachable_since=self._now))

    def find_account(self, account: int) -> None:
        found = update(accounts).where(accounts.c.id == account)
        self._connection.execute(found.values(unreachable_since=None))

    def withdrawn_before(self, moment: datetime) -> Sequence[int]:
        return self._connection.scalars(
            select(accounts.c.id).where(accounts.c.withdrawn_at <= moment).order_by(accounts.c.id)
        ).all()

    def erase_account(self, account: int) -> None:
        telegram = self.account(account).telegram
        self._connection.execute(delete(forms).where(forms.c.user_id == telegram))
        self._connection.execute(
            delete(inbox).where(inbox.c.state == "dead", inbox.c.lane.endswith(f":{telegram}"))
        )
        self._connection.execute(delete(arrivals).where(arrivals.c.account_id == account))
        self._connection.execute(delete(code_screens).where(code_screens.c.account_id == account))
        self._connection.execute(
            delete(outbox).where(outbox.c.account_id == account, outbox.c.state == "pending")
        )
        self._connection.execute(
            update(outbox).where(outbox.c.account_id == account).values(arguments={})
        )
        forgotten = dict.fromkeys(
            (
                *("telegram_id", "language", "name", "phone", "wallet_id", "withdrawn_at"),
                *("unreachable_since", "care_off_at"),
            )
        )
        self._connection.execute(
            update(accounts)
            .where(accounts.c.id == account)
            .values(**forgotten, advertising=False, erased_at=self._now)
        )

    # --- deep links

    def arrived(self, account: int, payload: str) -> None:
        row = {"account_id": account, "payload": payload, "at": self._now}
        insert_new(self._connection, arrivals, row)

    def arrivals(self, account: int) -> Sequence[tuple[str, datetime]]:
        rows = self._connection.execute(
            select(arrivals.c.payload, arrivals.c.at)
            .where(arrivals.c.account_id == account)
            .order_by(arrivals.c.id)
        )
        return [(row.payload, row.at) for row in rows]

    # --- patients

    def patient(self, patient: int) -> Patient:
        query = _PATIENT_LOCKED if self._lock else _PATIENT
        return patient_of(query.run(self._connection, patient=patient).one())

    def add_patient(self, patient: Patient) -> Patient:
        values = {**_columns(patient), "source": patient.source, "recorded_at": self._now}
        if patient.birthday:
            values["birthday_entered_at"] = self._now
        new = insert(patients).values(**values).returning(patients.c.id)
        return self.patient(self._new_id(new))

    def save_patient(self, patient: Patient) -> None:
        values = _columns(patient)
        if patient.birthday and not self._has_birthday(patient.id):
            values["birthday_entered_at"] = self._now
        self._connection.execute(
            update(patients).where(patients.c.id == patient.id).values(**values)
        )

    def erase_patient(self, patient: int) -> None:
        forgotten = dict.fromkeys(
            ("external_id", "name", "surname", "phone", "birth_day", "birth_month", "birth_year")
        )
        self._connection.execute(
            update(patients)
            .where(or_(patients.c.id == patient, patients.c.merged_into == patient))
            .values(**forgotten, birthday_entered_at=None, erased_at=self._now)
        )

    def patients_with_phone(self, phone: str) -> Sequence[Patient]:
        return list(map(patient_of, _WITH_PHONE.run(self._connection, phone=phone)))

    def patients_by_phone_end(self, digits: str, limit: int) -> Sequence[Patient]:
        return self._patients(patients.c.phone.endswith(digits, autoescape=True), limit)

    def patients_by_name(self, words: Sequence[Collection[str]], limit: int) -> Sequence[Patient]:
        return self._patients(and_(*map(_is_called, words)), limit)

    def sharing(self, wallet: int) -> Sequence[Patient]:
        return list(map(patient_of, _SHARING.run(self._connection, wallet=wallet)))

    def speaking_for(self, patient: int) -> Sequence[Account]:
        return [account for account in self.bound_to(patient) if account.registered]

    def bound_to(self, patient: int) -> Sequence[Account]:
        rows = _BOUND_TO.run(self._connection, patient=patient)
        return [Account(*row) for row in rows]

    def _patients(self, which: ColumnElement[bool], limit: int) -> Sequence[Patient]:
        rows = self._connection.execute(_FOUND.where(which).limit(limit))
        return [patient_of(row) for row in rows]

    def merged_into(self, patient: int) -> Sequence[Patient]:
        return [patient_of(row) for row in _PARTS.run(self._connection, patient=patient)]

    def unclaimed(self, phone: str) -> Sequence[Patient]:
        """Who is to be claimed is held; a merge that was faster is waited for and looked at."""
        held: Sequence[Patient] = []
        found = self._unclaimed(phone)
        while self._lock and found != held:
            self._hold([patient.id for patient in found])
            held, found = found, self._unclaimed(phone)
        return found

    def _hold(self, of: Collection[int]) -> None:
        its = select(patients.c.id).where(patients.c.id.in_(of)).order_by(patients.c.id)
        self._connection.execute(its.with_for_update(key_share=True))

    def _unclaimed(self, phone: str) -> Sequence[Patient]:
        claimed = exists().where(
            speaks_for.c.patient_id == patients.c.id, speaks_for.c.until.is_(None)
        )
        rows = self._connection.execute(
            select(patients)
            .where(patients.c.id.in_(select(_RECORD).where(patients.c.phone == phone)), ~claimed)
            .order_by(patients.c.id)
        )
        return [patient_of(row) for row in rows]

    # --- who speaks for whom

    def spoken_for(self, account: int) -> Sequence[tuple[Patient, Relation]]:
        rows = self._connection.execute(
            select(patients, speaks_for.c.relation)
            .join(speaks_for, speaks_for.c.patient_id == patients.c.id)
            .where(speaks_for.c.account_id == account, speaks_for.c.until.is_(None))
            .order_by(speaks_for.c.id)
        )
        return [(patient_of(row), Relation(row.relation)) for row in rows]

    def formerly_spoken_for(self, account: int) -> Sequence[Patient]:
        rows = self._connection.execute(
            select(patients)
            .join(speaks_for, speaks_for.c.patient_id == patients.c.id)
            .where(speaks_for.c.account_id == account, speaks_for.c.until.is_not(None))
            .distinct()
        )
        return [patient_of(row) for row in rows]

    def speaks_for(self, account: int, patient: int, relation: Relation) -> None:
        self._connection.execute(
            insert(speaks_for).values(
                account_id=account, patient_id=patient, relation=relation, since=self._now
            )
        )

    def stops_speaking(self, account: int) -> None:
        self._connection.execute(
            update(speaks_for)
            .where(speaks_for.c.account_id == account, speaks_for.c.until.is_(None))
            .values(until=self._now)
        )

    def others_speak_for(self, patient: int, account: int) -> bool:
        others = exists().where(
            speaks_for.c.patient_id == patient,
            speaks_for.c.account_id != account,
            speaks_for.c.until.is_(None),
        )
        return bool(self._connection.scalar(select(others)))

    # --- wallets

    def open_wallet(self) -> Wallet:
        new = insert(wallets).values(opened_at=self._now).returning(wallets.c.id)
        return Wallet(self._new_id(new))

    def wallet(self, wallet: int) -> Wallet:
        query = _WALLET_LOCKED if self._lock else _WALLET
        id_, balance, debt, cash_paid, off = query.run(self._connection, wallet=wallet).one()
        return Wallet(id_, balance, debt, cash_paid, SpendingOff(off) if off else None)

    def save_wallet(self, wallet: Wallet) -> None:
        _SAVED_WALLET.run(self._connection, wallet=wallet.id, **but_for_balance(wallet))

    def share_wallet(self, patient: int, wallet: int) -> None:
        """Records that are part of theirs have the wallet of the whole, as a merge gives it."""
        theirs = or_(patients.c.id == patient, patients.c.merged_into == patient)
        self._connection.execute(update(patients).where(theirs).values(wallet_id=wallet))

    # --- inside

    def _account(self, query: Select[Any]) -> Account | None:
        locked = query.with_for_update(key_share=True) if self._lock else query
        row = self._connection.execute(locked).first()
        return None if row is None else Account(*row)

    def _has_birthday(self, patient: int) -> bool:
        query = select(patients.c.birth_day).where(patients.c.id == patient)
        return self._connection.scalar(query) is not None

    def _new_id(self, statement: Any) -> int:  # noqa: ANN401 (SQLAlchemy's typed RETURNING has no common name)
        return int(self._connection.execute(statement).scalar_one())


def but_for_balance(wallet: Wallet) -> dict[str, Any]:
    """A wallet's columns that are set, not moved."""
    return {
        "debt": wallet.debt,
        "cash_paid": wallet.cash_paid,
        "spending_off": wallet.spending_off,
    }


def patient_of(row: Row[Any]) -> Patient:
    birthday = None
    if row.birth_day:
        birthday = Birthday(row.birth_day, row.birth_month, row.birth_year)
    return Patient(
        id=row.id,
        wallet=row.wallet_id,
        source=row.source,
        name=row.name,
        surname=row.surname,
        phone=row.phone,
        birthday=birthday,
        erased=row.erased_at is not None,
        merged_into=row.merged_into,
    )


def _columns(patient: Patient) -> dict[str, Any]:
    birthday = patient.birthday
    return {
        "wallet_id": patient.wallet,
        "name": patient.name,
        "surname": patient.surname,
        "phone": patient.phone,
        "birth_day": birthday and birthday.day,
        "birth_month": birthday and birthday.month,
        "birth_year": birthday and birthday.year,
    }
