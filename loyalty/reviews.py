"""Links to a branch's public reviews (programme.md: on the clinic's page for everyone)."""

from enum import StrEnum

from loyalty.errors import Refusal
from loyalty.links import host, link, words

MOST_LINKS = 4


class TooManyLinksError(Refusal):
    text = "refusal-too-many-links"


class Site(StrEnum):
    """Sites whose names everybody knows; of any other the host is shown."""

    YANDEX = "yandex"
    TWO_GIS = "two-gis"
    GOOGLE = "google"
    PRODOCTOROV = "prodoctorov"
    ZOON = "zoon"
    NAPOPRAVKU = "napopravku"


_DOMAINS = {
    "yandex": Site.YANDEX,
    "2gis": Site.TWO_GIS,
    "google": Site.GOOGLE,
    "goo": Site.GOOGLE,  # maps.app.goo.gl: what «Share» gives
    "prodoctorov": Site.PRODOCTOROV,
    "zoon": Site.ZOON,
    "napopravku": Site.NAPOPRAVKU,
}


def added(links: tuple[str, ...], typed: str) -> tuple[str, ...]:
    """The links with the typed ones after them; one that is there already stays where it is.

    All of what was typed or nothing. Raises NotALinkError, TooManyLinksError.
    """
    every = tuple(dict.fromkeys((*links, *map(link, words(typed)))))
    if len(every) > MOST_LINKS:
        raise TooManyLinksError(most=MOST_LINKS, there=len(links))
    return every


def site(link: str) -> Site | None:
    """By the domain itself: `yandex.example.ru` is not Yandex."""
    *_, domain, _top = host(link).split(".")
    return _DOMAINS.get(domain)
