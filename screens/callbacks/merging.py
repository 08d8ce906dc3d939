"""Buttons that make one record of two, and two of one again."""

from aiogram.filters.callback_data import CallbackData


class MergeWhoPress(CallbackData, prefix="merge-who"):
    """«Это один человек с…»: the other record is typed next."""

    patient: int


class MergePress(CallbackData, prefix="merge"):
    """These two are one person; asked once more, and then of a manager."""

    patient: int
    other: int
    surely: bool = False


class UnmergePress(CallbackData, prefix="unmerge"):
    """A manager's or owner's way back; asked once more."""

    request: int
    surely: bool = False


class StayMergedPress(CallbackData, prefix="stay-merged"):
    """The question of a way back is put away; the records stay one."""

    request: int
