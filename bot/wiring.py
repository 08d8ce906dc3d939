"""The rooms joined: which database, which Telegram, which handlers."""

from collections.abc import Sequence

from aiogram import Bot, Dispatcher
from aiogram.types import User

from bot.clock import Clock
from bot.owners import Owners
from bot.settings import Settings
from bot.updates.answering import Answering
from bot.updates.closing import Closer
from bot.updates.forms import FormStorage
from db.store import Store
from handlers.identify import Identify
from handlers.routes import routes
from loyalty.signboard import Signboard
from screens.texts import texts_in


def signboard(settings: Settings) -> Signboard:
    return Signboard(
        name=settings.clinic_name,
        legal=settings.clinic_legal,
        phone=settings.clinic_phone,
        zone=settings.zone,
    )


def dispatcher(settings: Settings, store: Store, forms: FormStorage) -> Dispatcher:
    """All handlers with what they may ask for by name."""
    owners = frozenset(settings.owner_ids)
    dp = Dispatcher(
        storage=forms,
        clinic=store,
        signboard=signboard(settings),
        owners=owners,
        staff_texts=texts_in(settings.locale),
    )
    dp.update.outer_middleware(Identify(store, owners, settings.locale))
    dp.include_routers(*routes())
    return dp


def answering(
    bot: Bot, dp: Dispatcher, forms: FormStorage, store: Store, clock: Clock, owners: Owners
) -> Answering:
    return Answering(bot, dp, forms, Closer(store, clock), owners.told_of_set_aside)


def allowed_updates(dp: Dispatcher, me: User) -> Sequence[str]:
    """What the handlers listen to: Telegram sends nothing else. `me` is what it says of the bot."""
    heard = dp.resolve_used_update_types()
    return heard if me.supports_inline_queries else [k for k in heard if k != "inline_query"]
