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


class NotALinkError(Refusal):
    """Not an https link to a site, or too long for one; says which word it is."""

    text = "refusal-not-a-link"


def words(typed: str) -> list[str]:
    """The words without the invisible characters that copying brings along."""
    return "".join(c if c.isprintable() else " " for c in typed).split()


def link(word: str) -> str:
    """The word, if it is an https link to a site. Raises NotALinkError."""
    fits = len(word) <= LONGEST and word.isprintable() and _ONE_WORD.fullmatch(word)
    if not (fits and _leads_to_a_site(word)):
        raise NotALinkError(typed=word[:QUOTED], longest=LONGEST)
    return word


def host(link: str) -> str:
    """The name of the link's site, as people say it."""
    return (urlsplit(link).hostname or "").removeprefix("www.")


def _leads_to_a_site(word: str) -> bool:
    """A name before an @ makes a link look like another site's."""
    try:
        parts = urlsplit(word)
        named = parts.username is None and parts.port != 0
        site = (parts.hostname or "").encode("idna").decode()
    except ValueError:  # a bracket, a port or a host that is none
        return False
    return parts.scheme == "https" and named and bool(_SITE.fullmatch(site))
