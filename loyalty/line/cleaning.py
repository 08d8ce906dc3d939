"""What keyboards, phones and other programs put into a line, brought to plain characters.

A character is replaced only where the result can't be another number: ½, ² and ① stay strange.
"""

import re
import unicodedata

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ`´′＇\u066c", "'"),
        **dict.fromkeys("،、‚\u066b", ","),
        **dict.fromkeys("−⁻₋˗⁃➖", "-"),
        **dict.fromkeys("⁺➕", "+"),
    }
)
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_TO_ASCII = 0xFEE0
_TINTS = range(0x1F3FB, 0x1F400)
_PICTURES = {"So", "Cn", "Co", "Cc"}
_AROUND_PICTURES = {"\ufe0f", "\ufe0e", "\u20e3"}  # "draw the character before as a picture"
_INVISIBLE = "\u200b"
_BETWEEN_DIGITS = re.compile(rf"(?<=\d){_INVISIBLE}+(?=\d)")


def clean(text: str) -> str:
    """The line in plain digits, signs, spaces and line ends.

    What can't be seen between two digits keeps them apart: 1240 and 500 pasted side by side are
    no 1240500.
    """
    composed = unicodedata.normalize("NFC", text).translate(_ALIKE)
    plain = "".join(map(_plain, composed))
    apart = _BETWEEN_DIGITS.sub(" ", plain).replace(_INVISIBLE, "")
    return apart.strip()


def _plain(character: str) -> str:
    if character.isascii() and character.isprintable():
        return character
    if character.isspace():
        return "\n" if character in "\n\r\v\f\x85\u2028\u2029" else " "
    if ord(character) in _FULL_WIDTH:
        return chr(ord(character) - _TO_ASCII)
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return _sign(character)


def _sign(character: str) -> str:
    if character in _AROUND_PICTURES:
        return ""
    kind = unicodedata.category(character)
    if kind == "Cf":
        return _INVISIBLE
    if kind == "Pd":
        return "-"
    return " " if kind in _PICTURES or ord(character) in _TINTS else character
