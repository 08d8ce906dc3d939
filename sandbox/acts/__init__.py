"""What people can do in Telegram, one file per subject."""

from sandbox.acts import groups, messages, migration, presses, specimens, talks, voices
from sandbox.acts.registry import ACTS, perform

__all__ = [
    "ACTS",
    "groups",
    "messages",
    "migration",
    "perform",
    "presses",
    "specimens",
    "talks",
    "voices",
]
