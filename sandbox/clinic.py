"""The invented people of a clinic: one that has not begun yet, and one at work for two years."""

from collections.abc import Iterable

from sandbox.acts import perform
from sandbox.clock import Clock
from sandbox.world import Person, World

BOT_ID = 42
MARIA_ID = 1001
EMMA_ID = 1002
ANNA_ID = 1003
IRINA_ID = 1004
OLEG_ID = 1005
LARISA_ID = 1006
DINA_ID = 1007
STAFF_CHAT_ID = -1001000000001
SECOND_CHAT_ID = -1001000000002


def empty_clinic(clock: Clock) -> World:
    """Two patients, two administrators, the owner and the staff's group. Nobody is real."""
    bot = Person(BOT_ID, "Улыбка", username="UlybkaMolarBot", is_bot=True)
    world = World(bot, clock)
    for person in _people():
        world.add_person(person)
    members = {
        OLEG_ID: "creator",
        ANNA_ID: "member",
        IRINA_ID: "member",
        BOT_ID: "administrator",
    }
    world.add_group(STAFF_CHAT_ID, "Улыбка · Ленина", members)
    world.panes = [
        ("patient", MARIA_ID, MARIA_ID),
        ("staff", ANNA_ID, STAFF_CHAT_ID),
        ("owner", OLEG_ID, OLEG_ID),
    ]
    return world


def clinic_at_work(
    clock: Clock, *, second_chat: str, team: Iterable[Person], patients: Iterable[Person]
) -> World:
    """The same people, the group of a second branch with its team, and many who have the bot.

    Maria and Emma are newcomers here too. `team` and `patients` come with the clinic's books.
    """
    world = empty_clinic(clock)
    members = {OLEG_ID: "creator"}
    for person in team:
        world.add_person(person)
        members[person.id] = "member"
    world.add_group(SECOND_CHAT_ID, second_chat, members | {BOT_ID: "administrator"})
    for person in patients:
        world.add_person(person).started = True
    perform(world, {"type": "start", "person": OLEG_ID, "chat": OLEG_ID})
    return world


def _people() -> list[Person]:
    return [
        Person(
            MARIA_ID,
            "Мария",
            "Петрова",
            language="ru",
            phone="+79123456789",
            birthdate={"day": 5, "month": 3, "year": 1980},
        ),
        Person(
            EMMA_ID, "Emma", "Brown", username="emma_brown", language="en", phone="+79161112233"
        ),
        Person(ANNA_ID, "Анна", "Смирнова", language="ru", phone="+79031000003"),
        Person(IRINA_ID, "Ирина", "Котова", language="ru", phone="+79031000004"),
        Person(OLEG_ID, "Олег", "Сергеевич", language="ru", phone="+79031000005"),
    ]
