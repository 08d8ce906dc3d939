"""Which addresses Telegram accepts in buttons and links."""

import re

_PROTOCOL = re.compile(r"([^:/?#@\[\]]*)://")
_HOST = re.compile(r"(?:[A-Za-z0-9._!$,~*'();&+=\x80-\U0010ffff-]|%[0-9A-Fa-f]{2})*")
_TG_HOST = re.compile(r"[A-Za-z0-9_-]+")
_USER = re.compile(r"tg://user\?id=(\d+)")


class WrongLinkError(ValueError):
    """The address is not one that Telegram opens."""


def mentioned_user(link: str) -> int | None:
    """The person whom a `tg://user?id=` address points to."""
    match = _USER.fullmatch(link)
    return int(match[1]) if match else None


def checked_link(link: str) -> str:
    """The address as Telegram keeps it.

    Raises WrongLinkError: in Telegram's words.
    """
    for scheme in ("tg:", "ton:"):
        if link.lower().startswith(scheme):
            return _checked_tg(scheme, link[len(scheme) :].removeprefix("//"))
    protocol, rest = _split_protocol(link)
    authority, tail = _split_authority(rest)
    host = _checked_host(authority)
    if "." not in host and not host.startswith("["):
        raise WrongLinkError("Wrong HTTP URL")
    return f"{protocol}://{authority.lower() if '@' not in authority else authority}{tail}"


def _split_protocol(link: str) -> tuple[str, str]:
    match = _PROTOCOL.match(link)
    if match is None:
        return "http", link
    protocol = match[1].lower()
    if protocol not in {"http", "https"}:
        raise WrongLinkError("Unsupported URL protocol")
    return protocol, link[match.end() :]


def _split_authority(rest: str) -> tuple[str, str]:
    end = next((place for place, char in enumerate(rest) if char in "/?#"), len(rest))
    tail = "".join(char if char > " " else f"%{ord(char):02X}" for char in rest[end:].rstrip())
    return rest[:end], tail if tail.startswith("/") else "/" + tail


def _checked_host(authority: str) -> str:
    host, colon, port = authority.rpartition(":")
    if not colon or "]" in port or "@" in port:
        host, port = authority, ""
    if colon and port and not (port.isdigit() and 0 < int(port) <= 65535):
        raise WrongLinkError("Wrong port number specified in the URL")
    host = host.rpartition("@")[2]
    if not host:
        raise WrongLinkError("URL host is empty")
    if host == ".":
        raise WrongLinkError("Host is invalid")
    if not host.startswith("[") and not _HOST.fullmatch(host):
        raise WrongLinkError("Disallowed character in URL host")
    return host


def _checked_tg(scheme: str, rest: str) -> str:
    authority, tail = _split_authority(rest)
    if not _TG_HOST.fullmatch(authority):
        raise WrongLinkError("Unallowed characters in URL host")
    return f"{scheme}//{authority}{tail.removeprefix('/') if tail.startswith('/?') else tail}"
