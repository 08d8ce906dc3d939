"""People who come without Telegram: the desk writes them down."""

from loyalty import phones
from loyalty.people import Birthday, Patient, clean_name
from loyalty.ports import Transaction


def record_patient(
    tx: Transaction,
    phone: str,
    name: str,
    surname: str | None = None,
    birthday: Birthday | None = None,
) -> Patient:
    """Write down a patient who came without Telegram; a phone may be shared by a family.

    Raises NotAPhoneError, NotANameError, NotABirthdayError.
    """
    if birthday is not None:
        birthday.check(tx.now.astimezone(tx.zone).date())
    return tx.people.add_patient(
        Patient(
            id=0,
            wallet=tx.people.open_wallet().id,
            source="desk",
            name=clean_name(name),
            surname=surname and clean_name(surname),
            phone=phones.normal(phone),
            birthday=birthday,
        )
    )
