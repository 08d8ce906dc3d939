"""Updates of Telegram: taken in, written down, answered in order, closed. None is ever lost."""
