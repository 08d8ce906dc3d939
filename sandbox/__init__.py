"""Telegram in a box: an emulated Bot API over HTTP and a chat page, for trying and testing.

The bot runs against it unchanged; it needs only `TELEGRAM_API_URL`. The room imports no other
room of the house. People in it are invented.
"""

from sandbox.clinic import (
    ANNA_ID,
    DINA_ID,
    IRINA_ID,
    LARISA_ID,
    SECOND_CHAT_ID,
    STAFF_CHAT_ID,
    clinic_at_work,
    empty_clinic,
)
from sandbox.clinic import OLEG_ID as OWNER_ID
from sandbox.clock import Clock
from sandbox.limits import Limits
from sandbox.server import SANDBOX_TOKEN, Sandbox
from sandbox.stage import Stagehands
from sandbox.webhook import Pauses
from sandbox.world import Person, World

__all__ = [
    "ANNA_ID",
    "DINA_ID",
    "IRINA_ID",
    "LARISA_ID",
    "OWNER_ID",
    "SANDBOX_TOKEN",
    "SECOND_CHAT_ID",
    "STAFF_CHAT_ID",
    "Clock",
    "Limits",
    "Pauses",
    "Person",
    "Sandbox",
    "Stagehands",
    "World",
    "clinic_at_work",
    "empty_clinic",
]
