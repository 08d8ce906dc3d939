"""Links as people type them.

A link becomes the address of a button, and Telegram refuses a whole message for one address it
doesn't understand: what passes here it takes.
"""

import re
from urllib.parse import urlsplit

from loyalty.errors import Refusal

LONGEST = 300
QUOTED = 60  # of a wrong word, in the sentence that names it

_ONE_WORD = re.compile(r"[^\s\"<>\\^`{|}]+")  # what no address holds unescaped (RFC 3986)
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_SITE = re.compile(rf"(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{2,59}})")


# Without https:// an abbreviation looks like a site, «ул.Ленина»: only tops that sites do end with.
_SURE_SITE = re.compile(rf"(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--p1ai)")
_HTTPS = "https://"


class NotALinkError(Refusal):
    """Not a link to a site by https, or too long for one; says which word it is."""

    text = "refusal-not-a-link"


def words(typed: str) -> list[str]:
    """The words without the invisible characters that copying brings along."""
    return "".join(c if c.isprintable() else " " for c in typed).split()


def link(word: str) -> str:
    """The word as an https link to a site; a browser's address line leaves the https:// out.

    Raises NotALinkError.
    """
    whole = word if _has_scheme(word) else _HTTPS + word
    fits = len(whole) <= LONGEST and word.isprintable() and _ONE_WORD.fullmatch(word)
    site = _SITE if whole == word else _SURE_SITE
    if not (fits and _leads_to_a_site(whole, site)):
        raise NotALinkError(typed=word[:QUOTED], longest=LONGEST)
    return whole


def _has_scheme(word: str) -> bool:
    """`http://` and `tg://` are left as they are, to be refused; an @ is no part of a site."""
    return "://" in word or "@" in word


def host(link: str) -> str:
    """The name of the link's site, as people say it."""
    return (urlsplit(link).hostname or "").removeprefix("www.")


def _leads_to_a_site(word: str, wanted: re.Pattern[str]) -> bool:
    """A name before an @ makes a link look like another site's."""
    try:
        parts = urlsplit(word)
        named = parts.username is None and parts.port != 0
        site = (parts.hostname or "").encode("idna").decode()
    except ValueError:  # a bracket, a port or a host that is none
        return False
    return parts.scheme == "https" and named and bool(wanted.fullmatch(site))
