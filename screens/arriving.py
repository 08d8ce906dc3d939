"""A person has come by a card: what they are promised, told and given; a crowd that has."""

from dataclasses import replace

from loyalty.arriving import Offer, Pressed
from loyalty.desk.approving import Question
from loyalty.registration import Gift, Registered
from loyalty.requests import RequestState
from screens.formats import percent, whole
from screens.naming import person
from screens.screen import Screen, short
from screens.texts import Html, Texts

LONGEST_NAME = 24


def offered(texts: Texts, offer: Offer) -> str:
    """What the card promises, before anything is agreed to."""
    points, shown = offer.points, whole(offer.points, texts)
    gift = whole(offer.gift, texts)
    if offer.name is None:
        return texts("card-offer", points=points, shown=shown, gift=gift)
    name = short(offer.name, LONGEST_NAME)
    return texts("card-offer-named", name=name, points=points, shown=shown, gift=gift)


def after_press(texts: Texts, pressed: Pressed, screen: Screen) -> Screen:
    """The screen on which the person goes on, under the reason why the link gives nothing."""
    match pressed:
        case Pressed.OWN:
            said = texts("card-own")
        case Pressed.KNOWN:
            said = texts("card-for-new")
        case Pressed.DEAD:
            said = texts("card-dead")
    return replace(screen, text=said + "\n\n" + screen.text)


def welcome(texts: Texts, registered: Registered, friend: Gift) -> str:
    """The welcome and the friend's gift, each with its end, or both with the one they share."""
    gift, points, cap = (
        registered.gift,
        registered.balance,
        percent(registered.programme.cap, texts),
    )
    card = whole(friend.points, texts)
    if gift is None:
        return texts("welcome-card", points=points, card=card, until=friend.last_day, cap=cap)
    if gift.last_day == friend.last_day:
        return texts(
            "welcome-both-till",
            points=points,
            gift=whole(gift.points, texts),
            card=card,
            day=gift.last_day,
            cap=cap,
        )
    return texts(
        "welcome-both",
        points=points,
        gift=whole(gift.points, texts),
        day=gift.last_day,
        card=card,
        until=friend.last_day,
        cap=cap,
    )


def request(texts: Texts, asked: Question) -> str:
    """More friends have come by one card in a day than come unasked."""
    assert asked.patient is not None  # noqa: S101 (a card is somebody's; told to the types)
    return texts(
        "request-friends",
        branch=asked.branch.name,
        whose=person(texts, asked.patient),
        unasked=asked.request.amount,
        day=asked.request.asked_at.astimezone(asked.branch.where).date(),
        state=Html("waiting" if asked.request.state is RequestState.WAITING else "decided"),
        friends=asked.friends,
    )
