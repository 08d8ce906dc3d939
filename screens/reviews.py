"""Where a patient may review a branch in public. Never points for a review (programme.md)."""

from aiogram.types import InlineKeyboardButton

from loyalty.branches import Branch
from loyalty.links import host
from loyalty.reviews import site
from screens.screen import link, short
from screens.texts import Texts

LONGEST_HOST = 24


def review_buttons(texts: Texts, branch: Branch) -> list[list[InlineKeyboardButton]]:
    """A row for each site in the order of the owner's; none where there are no links."""
    return [[link(_invitation(texts, one), one)] for one in branch.reviews]


def site_name(texts: Texts, address: str) -> str:
    """`Яндекс Карты`; of a site that not everybody knows its host."""
    known = site(address)
    if known is None:
        return short(host(address), LONGEST_HOST)
    return texts.plain("review-site", site=known)


def _invitation(texts: Texts, address: str) -> str:
    known = site(address)
    if known is None:
        return texts.plain("review-elsewhere", host=short(host(address), LONGEST_HOST))
    return texts.plain("review-at", site=known)
