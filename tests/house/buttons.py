"""The largest thing a button can be made to carry."""

import re
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from aiogram.filters.callback_data import CallbackData

LARGEST_INT = 2**63 - 1
WIDEST = "\U0001f600"  # four bytes, as wide as a character gets


def presses() -> list[type[CallbackData]]:
    """Every kind of button of the house."""
    found, waiting = [], [CallbackData]
    while waiting:
        children = waiting.pop().__subclasses__()
        waiting += children
        found += [child for child in children if not child.__module__.startswith("tests.")]
    return found


def largest(press: type[CallbackData]) -> CallbackData:
    """Raises TypeError: a field may be of any length."""
    return press(
        **{
            name: _largest(field.annotation, field.metadata, f"{press.__name__}.{name}")
            for name, field in press.model_fields.items()
        }
    )


def _largest(kind: Any, limits: list[Any], where: str) -> Any:
    if get_origin(kind) is Annotated:
        kind, *more = get_args(kind)
        return _largest(kind, [*limits, *_spread(more)], where)
    if get_origin(kind) in {Union, UnionType}:
        some = [part for part in get_args(kind) if part is not NoneType]
        return max((_largest(part, limits, where) for part in some), key=_length)
    if get_origin(kind) is Literal:
        return max(get_args(kind), key=_length)
    if issubclass(kind, Enum):
        return max(kind, key=lambda member: _length(member.value))
    if kind is bool:
        return True
    if kind is int:
        return _limit(limits, ("le", 0), ("lt", -1), otherwise=LARGEST_INT)
    if kind is str and (length := _limit(limits, ("max_length", 0), otherwise=0)):
        return _letter(limits) * length
    raise TypeError(f"{where}: nobody knows how long it gets; give it a Field(max_length=…)")


def _spread(more: list[Any]) -> list[Any]:
    """A `Field(…)` holds several constraints."""
    return [limit for one in more for limit in getattr(one, "metadata", [one])]


def _limit(limits: list[Any], *bounds: tuple[str, int], otherwise: int) -> int:
    given = [
        getattr(constraint, name) + shift
        for constraint in limits
        for name, shift in bounds
        if hasattr(constraint, name)
    ]
    return min(given, default=otherwise)


def _letter(limits: list[Any]) -> str:
    """The widest that the string's pattern lets through."""
    patterns = [limit.pattern for limit in limits if getattr(limit, "pattern", None)]
    return next(one for one in (WIDEST, "z") if all(re.search(p, one) for p in patterns))


def _length(value: object) -> int:
    return len(str(value.value if isinstance(value, Enum) else value).encode())
