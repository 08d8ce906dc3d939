"""The emulated Bot API methods, one file per subject."""

from sandbox.methods import (
    callbacks,
    chats,
    copying,
    deleting,
    editing,
    inline,
    profile,
    sending,
    webhooks,
)
from sandbox.methods.registry import METHODS, Call

__all__ = [
    "METHODS",
    "Call",
    "callbacks",
    "chats",
    "copying",
    "deleting",
    "editing",
    "inline",
    "profile",
    "sending",
    "webhooks",
]
