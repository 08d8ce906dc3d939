"""What is being played, behind an address that outlives it."""

from dataclasses import dataclass

from sandbox.limits import FloodControl
from sandbox.trouble import Troubles
from sandbox.webhook import Webhook
from sandbox.world import World


@dataclass(slots=True, frozen=True)
class Play:
    """A world and what belongs to it alone."""

    world: World
    webhook: Webhook
    flood: FloodControl | None
    troubles: Troubles


@dataclass(slots=True)
class Scene:
    """The play that is on. A request holds on to the play in which it began."""

    play: Play

    @property
    def world(self) -> World:
        return self.play.world
