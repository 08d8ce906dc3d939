"""Buttons about the card that a patient gives to friends, and how the clinic has it look."""

from aiogram.filters.callback_data import CallbackData

from loyalty.cards import Colour


class CardNamePress(CallbackData, prefix="card-name"):
    """The card says the patient's first name, or says it no longer."""

    named: bool


class OpenCardPress(CallbackData, prefix="card-open"):
    """The card, where it is offered."""


class CardStylePress(CallbackData, prefix="card-style"):
    """How the cards look, for an owner; with a colour it is chosen."""

    colour: Colour | None = None


class CardLogoPress(CallbackData, prefix="card-logo"):
    """The next picture is the logo; or it goes away."""

    remove: bool = False
