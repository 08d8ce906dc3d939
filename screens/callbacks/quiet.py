"""Ways out under the messages themselves, and back again."""

from aiogram.filters.callback_data import CallbackData

from screens.callbacks.desk_patient import Number


class CarePress(CallbackData, prefix="care"):
    """Questions after visits and reminders to come again. `visit`: the one that was asked about."""

    on: bool
    visit: Number | None = None


class OffersPress(CallbackData, prefix="offers"):
    """Advertising: «Без рекламы», and the consent anew."""

    on: bool
