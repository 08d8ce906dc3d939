"""What a person can get wrong, each with the key of the sentence that tells them."""


class Kopecks(int):
    """A sum of money in a refusal: the sentence shows it as one."""


class Refusal(Exception):  # noqa: N818 (the field's word: the clinic refuses, nothing is broken)
    """The clinic can't do what was asked; nothing has changed.

    `text` is the key of the sentence to show, `arguments` are its placeables.
    """

    text: str

    def __init__(self, **arguments: str | int) -> None:
        super().__init__(self.text)
        self.arguments = arguments


class NotAPhoneError(Refusal):
    text = "refusal-not-a-phone"


class NotANameError(Refusal):
    text = "refusal-not-a-name"


class NotABirthdayError(Refusal):
    text = "refusal-not-a-birthday"


class BirthdayLockedError(Refusal):
    """The date earns a gift every year, so only a manager corrects it (programme: birthday)."""

    text = "refusal-birthday-locked"


class AnotherPhoneError(Refusal):
    """The account has proved a different number before."""

    text = "refusal-another-phone"


class AwaitsDeskError(Refusal):
    """The phone came with a new account: what was before opens when the desk has confirmed it."""

    text = "refusal-awaits-desk"


class OutOfTurnError(Refusal):
    """A button of a question that has been answered already, or can't be asked yet."""

    text = "refusal-out-of-turn"


class PatientErasedError(Refusal):
    """Who the patient was is forgotten: no visits, no points."""

    text = "refusal-patient-erased"


class PatientMergedError(Refusal):
    """The record has become part of another one of the same person."""

    text = "refusal-patient-merged"


class KeyReusedError(Exception):
    """The same key came with other input: a fault of ours, never of a person."""
