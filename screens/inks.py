"""The inks of what a clinic sends and prints: one for each colour an owner may choose."""

from loyalty.cards import Colour

# White reads on each of them, and each on white (WCAG: 4.5 and more).
INKS = {
    Colour.TEAL: "#0b6e69",
    Colour.BLUE: "#1f5fae",
    Colour.VIOLET: "#6443a8",
    Colour.ROSE: "#a83a66",
    Colour.CORAL: "#b0452c",
    Colour.AMBER: "#8a5a00",
    Colour.GREEN: "#2f6f34",
    Colour.GRAPHITE: "#38424c",
}


def thinned(ink: str, share: float) -> str:
    """So much of the ink on white."""
    parts = (int(ink[n : n + 2], 16) for n in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * share):02x}" for part in parts)


def darker(ink: str) -> str:
    """As much of black as of the ink: a camera must take it for black."""
    return "#" + "".join(f"{int(ink[n : n + 2], 16) // 2:02x}" for n in (1, 3, 5))
