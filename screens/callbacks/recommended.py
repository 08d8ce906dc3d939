"""Buttons that say who recommended a patient."""

from aiogram.filters.callback_data import CallbackData


class RecommendedPress(CallbackData, prefix="recommended"):
    """«Кто порекомендовал?» on a draft's card: who it was is typed next."""

    patient: int
    draft: int


class ReferrerPress(CallbackData, prefix="rf"):  # three numbers leave no room for a word
    """This one recommended the patient; asked once more."""

    patient: int
    referrer: int
    draft: int
    surely: bool = False
