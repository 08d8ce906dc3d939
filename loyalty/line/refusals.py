"""What a staff line can get wrong, each with the key of the sentence that says what to mend."""

from loyalty.errors import Refusal


class LineTooLongError(Refusal):
    text = "line-too-long"


class NoPatientError(Refusal):
    text = "line-no-patient"


class TwoPatientsError(Refusal):
    text = "line-two-patients"


class PhoneUnreadError(Refusal):
    """It begins like a phone, but has too few or too many digits."""

    text = "line-phone-unread"


class NameForCodeError(Refusal):
    """A name stands where the code or the phone belongs; nobody is guessed from it."""

    text = "line-name-for-code"


class NameForBookingError(Refusal):
    """A name stands where an appointment needs the code or the phone."""

    text = "line-name-for-booking"


class LetterForDigitError(Refusal):
    """A letter that looks like a digit. It is not read as one: a code names somebody."""

    text = "line-letter-for-digit"


class NumberInWordsError(Refusal):
    text = "line-number-in-words"


class NoSumError(Refusal):
    text = "line-no-sum"


class SumUnreadError(Refusal):
    """Digits with separators that no sum is written with: 12,3456 or 0500."""

    text = "line-sum-unread"


class NegativeError(Refusal):
    text = "line-negative"


class TooLargeError(Refusal):
    text = "line-too-large"


class TwoSumsError(Refusal):
    text = "line-two-sums"


class LonePlusError(Refusal):
    text = "line-lone-plus"


class ZeroPartError(Refusal):
    """0 stands for a visit without payment, so it can't be one of several sums, or an advance."""

    text = "line-zero-part"


class TooManyPartsError(Refusal):
    text = "line-too-many-parts"


class TwoPointsError(Refusal):
    text = "line-two-points"


class PointsOverSumError(Refusal):
    text = "line-points-over-sum"


class AdvancePointsError(Refusal):
    text = "line-advance-points"


class TwoCategoriesError(Refusal):
    text = "line-two-categories"


class TwoDoctorsError(Refusal):
    text = "line-two-doctors"


class TwoRecallsError(Refusal):
    text = "line-two-recalls"


class RecallTooFarError(Refusal):
    text = "line-recall-too-far"


class TwoDaysError(Refusal):
    text = "line-two-days"


class NotADayError(Refusal):
    text = "line-not-a-day"


class DayAheadError(Refusal):
    """A visit can't be recorded before it happens."""

    text = "line-day-ahead"


class DayTooOldError(Refusal):
    text = "line-day-too-old"


class AppointmentPastError(Refusal):
    text = "line-appointment-past"


class AppointmentTooFarError(Refusal):
    text = "line-appointment-too-far"


class AppointmentUnfinishedError(Refusal):
    text = "line-appointment-unfinished"


class NotInAppointmentError(Refusal):
    """A sum, points, a category or a recall beside the word for an appointment."""

    text = "line-not-in-appointment"


class TimeAloneError(Refusal):
    """An hour in a line that is no appointment."""

    text = "line-time-alone"


class RefundError(Refusal):
    """Money returned is a button under the receipt: a line only ever adds."""

    text = "line-refund"


class NotAnHourError(Refusal):
    """25:30, 15:75."""

    text = "line-not-an-hour"


class UnknownWordError(Refusal):
    text = "line-unknown-word"


class UnclearError(Refusal):
    """So many readings that nobody could choose."""

    text = "line-unclear"
