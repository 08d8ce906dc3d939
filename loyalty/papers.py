"""What is kept of a consent."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ConsentEvent:
    """A consent given, refused or withdrawn, in the wording of `version`."""

    kind: str
    decision: str
    version: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PaperConsent:
    """A consent to data that a patient signed at the desk."""

    patient: int
    version: str
    at: datetime
