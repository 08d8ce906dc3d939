"""What people can do in Telegram, one file per subject."""

from sandbox.acts import groups, messages, presses, specimens
from sandbox.acts.registry import ACTS, perform

__all__ = ["ACTS", "groups", "messages", "perform", "presses", "specimens"]
