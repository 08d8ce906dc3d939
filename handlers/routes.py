"""All that the bot reacts to, in the order of asking."""

from aiogram import F, Router
from aiogram.enums import ChatType

from handlers import errors, group
from handlers.filters import When
from handlers.owner import (
    approvals,
    branch_page,
    card_style,
    cases,
    freeze,
    invite,
    kit,
    promo,
    referrals,
    settings,
    team,
    undelivered,
)
from handlers.owner import start as owner_start
from handlers.patient import (
    about,
    aftercare,
    anything,
    appointments,
    clinic,
    code,
    freely,
    friends,
    inline,
    phone,
    points,
    privacy,
    quiet,
    rating,
    recommend,
    spending,
    start,
    visits,
    words,
)
from handlers.staff import (
    access,
    booking,
    card,
    connect,
    corrections,
    elsewhere,
    find,
    gifts,
    goodwill,
    line,
    merging,
    never,
    recommended,
    returns,
    scan,
    script,
    slip,
    tasks,
)
from handlers.staff.desk import FindDesk


def routes() -> tuple[Router, ...]:
    """Fresh trees, to stand side by side: a router belongs to one dispatcher."""
    return _private(), _groups(), errors.routes()


def _private() -> Router:
    """The menu and its commands come before open forms, forms before what is left."""
    router = Router(name="private")
    router.message.filter(When(F.chat.type == ChatType.PRIVATE))
    router.callback_query.filter(When(F.message.chat.type == ChatType.PRIVATE))
    router.include_routers(
        points.routes(),  # what is asked most is asked first
        code.routes(),
        recommend.routes(),
        inline.routes(),
        scan.routes(),
        owner_start.routes(),
        start.routes(),
        spending.routes(),
        visits.routes(),
        appointments.routes(),
        friends.routes(),
        freeze.routes(),
        clinic.routes(),  # the menu's own buttons come before any open form
        privacy.routes(),
        tasks.routes_in_private(),
        cases.routes(),
        card_style.routes(),  # before whatever takes a photo for words
        rating.routes(),
        aftercare.routes(),
        quiet.routes(),
        words.routes(),
        team.routes(),
        approvals.routes(),
        referrals.routes(),
        settings.routes(),
        undelivered.routes(),
        promo.routes(),
        kit.routes(),
        invite.routes(),
        branch_page.routes(),
        phone.routes(),
        about.routes(),
        elsewhere.routes(),
        freely.routes(),
        anything.routes(),
    )
    return router


def _groups() -> Router:
    """A connected staff chat first; in any other group the bot keeps silent."""
    router = Router(name="groups")
    for observer in (router.message, router.callback_query):
        observer.outer_middleware(FindDesk())
    router.message.filter(When(F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP})))
    router.include_routers(
        access.routes(),  # who has no name or no access gets no further
        connect.routes(),
        tasks.routes(),  # a reply to a patient's words is an answer, whatever form is open
        card.routes(),
        booking.routes(),
        never.routes(),
        corrections.routes(),
        returns.routes(),
        gifts.routes(),
        goodwill.routes(),
        merging.routes(),
        recommended.routes(),
        slip.routes(),
        script.routes(),
        find.routes(),
        line.routes(),  # whatever a line may be comes last
        group.routes(),
    )
    return router
