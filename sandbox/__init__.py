"""Telegram in a box: an emulated Bot API over HTTP and a chat page, for trying and testing.

The bot runs against it unchanged; it needs only `TELEGRAM_API_URL`. The room imports no other
room of the house. People in it are invented.
"""

from sandbox.clinic import OLEG_ID as OWNER_ID
from sandbox.clinic import empty_clinic
from sandbox.limits import Limits
from sandbox.server import SANDBOX_TOKEN, Sandbox
from sandbox.stage import Stagehands
from sandbox.webhook import Pauses

__all__ = [
    "OWNER_ID",
    "SANDBOX_TOKEN",
    "Limits",
    "Pauses",
    "Sandbox",
    "Stagehands",
    "empty_clinic",
]
