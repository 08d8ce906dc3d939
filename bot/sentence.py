"""A sentence of the catalogue with its arguments, before anybody chose the language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screens.texts import Texts


@dataclass(frozen=True)
class Sentence:
    key: str
    arguments: Mapping[str, str | int]

    def said(self, texts: Texts) -> str:
        return texts.plain(self.key, **self.arguments)


def sentence(key: str, /, **arguments: str | int) -> Sentence:
    return Sentence(key, arguments)
