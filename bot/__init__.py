"""Entry and wiring: the one room that knows all others."""
