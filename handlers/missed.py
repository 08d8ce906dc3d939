"""What the bot could not deliver while somebody had not pressed Start."""

from handlers.visitor import Visitor
from loyalty.cases import arriving, looking
from loyalty.desk.access import Decider


async def send_missed(visitor: Visitor) -> None:
    """Open cases come now to an owner or a manager whom they never reached."""
    me, owners = Decider(visitor.user.id, visitor.is_owner), visitor.owners
    if await visitor.clinic.ask(looking.sees_any, me, owners):
        await visitor.clinic.change(arriving.catch_up, me.telegram, owners)
