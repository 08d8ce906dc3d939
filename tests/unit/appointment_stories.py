"""What arrives when, written by hand from the programme (docs/decisions/appointments.md).

Times are of the branch's clock. An act: `book TIME`, `move TIME`, `cancel` by staff; `comes`,
`moves`, `gone` by the patient; `visit` recorded; `down`, `up` of the scheduler. What follows:
`booked`, `moved`, `cancelled`, `ask` (T-24 h), `soon` (T-2 h), `missed`, with the word by which
it calls the day; `call` with its reason.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    name: str
    acts: str
    follows: str
    zone: str = "Europe/Moscow"
    opens: int = 9
    closes: str = "20:00"
    days_off: frozenset[int] = frozenset()


STORIES = [
    Story(
        "nobody answers and nobody comes",
        """2026-12-01 10:00 book 2026-12-12 15:30""",
        """2026-12-01 10:00 booked
           2026-12-11 15:30 ask завтра
           2026-12-11 19:30 call silent
           2026-12-12 13:30 soon сегодня
           2026-12-13 10:00 call missed
           2026-12-13 11:00 missed""",
    ),
    Story(
        "confirmed and kept",
        """2026-12-01 10:00 book 2026-12-12 15:30
           2026-12-11 15:40 comes
           2026-12-12 15:50 visit""",
        """2026-12-01 10:00 booked
           2026-12-11 15:30 ask завтра
           2026-12-12 13:30 soon сегодня""",
    ),
    Story(
        "moved before its reminder",
        """2026-12-01 10:00 book 2026-12-12 15:30
           2026-12-10 12:00 move 2026-12-15 11:00""",
        """2026-12-01 10:00 booked
           2026-12-10 12:00 moved
           2026-12-14 11:00 ask завтра
           2026-12-14 15:00 call silent
           2026-12-15 09:00 soon сегодня
           2026-12-16 10:00 call missed
           2026-12-16 11:00 missed""",
    ),
    Story(
        "moved after its reminder, and back to where it was",
        """2026-12-01 10:00 book 2026-12-12 15:30
           2026-12-11 16:00 moves
           2026-12-11 17:00 move 2026-12-14 15:30
           2026-12-11 18:00 move 2026-12-12 15:30
           2026-12-12 15:50 visit""",
        """2026-12-01 10:00 booked
           2026-12-11 15:30 ask завтра
           2026-12-11 16:00 call move
           2026-12-11 17:00 moved
           2026-12-11 18:00 moved завтра
           2026-12-12 13:30 soon сегодня""",
    ),
    Story(
        "confirmed, then moved: it is asked anew",
        """2026-12-01 10:00 book 2026-12-12 15:30
           2026-12-11 15:40 comes
           2026-12-11 17:00 move 2026-12-20 15:30
           2026-12-19 16:00 comes
           2026-12-20 15:50 visit""",
        """2026-12-01 10:00 booked
           2026-12-11 15:30 ask завтра
           2026-12-11 17:00 moved
           2026-12-19 15:30 ask завтра
           2026-12-20 13:30 soon сегодня""",
    ),
    Story(
        "cancelled by staff",
        """2026-12-01 10:00 book 2026-12-12 15:30
           2026-12-11 16:00 cancel""",
        """2026-12-01 10:00 booked
           2026-12-11 15:30 ask завтра
           2026-12-11 16:00 cancelled завтра""",
    ),
    Story(
        "cancelled by the patient",
        """2026-12-01 10:00 book 2026-12-12 15:30
           2026-12-11 16:00 gone""",
        """2026-12-01 10:00 booked
           2026-12-11 15:30 ask завтра
           2026-12-11 16:00 call cancel""",
    ),
    Story(
        "another time is asked for, and nobody finds one",
        """2026-12-01 10:00 book 2026-12-12 15:30
           2026-12-11 16:00 moves""",
        """2026-12-01 10:00 booked
           2026-12-11 15:30 ask завтра
           2026-12-11 16:00 call move""",
    ),
    Story(
        "another time is asked for, and they come after all",
        """2026-12-01 10:00 book 2026-12-12 15:30
           2026-12-11 16:00 moves
           2026-12-11 16:05 comes
           2026-12-12 15:50 visit""",
        """2026-12-01 10:00 booked
           2026-12-11 15:30 ask завтра
           2026-12-11 16:00 call move
           2026-12-12 13:30 soon сегодня""",
    ),
    Story(
        "booked 23 hours before: the notice was the reminder",
        """2026-12-11 16:30 book 2026-12-12 15:30
           2026-12-12 15:50 visit""",
        """2026-12-11 16:30 booked завтра
           2026-12-12 13:30 soon сегодня""",
    ),
    Story(
        "booked two and a half hours before: nothing is said twice",
        """2026-12-12 13:00 book 2026-12-12 15:30
           2026-12-12 15:50 visit""",
        """2026-12-12 13:00 booked сегодня""",
    ),
    Story(
        "at eight in the morning: the reminder waits for nine",
        """2026-12-01 10:00 book 2026-12-12 08:00
           2026-12-12 08:10 visit""",
        """2026-12-01 10:00 booked
           2026-12-11 09:00 ask завтра
           2026-12-11 12:00 call silent
           2026-12-12 06:00 soon сегодня""",
        opens=8,
    ),
    Story(
        "at ten in the evening: nine in the morning is after the call, so it goes at eight",
        """2026-12-01 10:00 book 2026-12-12 22:00
           2026-12-12 22:10 visit""",
        """2026-12-01 10:00 booked
           2026-12-11 20:00 ask завтра
           2026-12-12 09:00 call silent
           2026-12-12 20:00 soon сегодня""",
        closes="23:00",
    ),
    Story(
        "after midnight: the evening before the night before",
        """2026-12-01 10:00 book 2026-12-12 00:30
           2026-12-12 00:40 visit""",
        """2026-12-01 10:00 booked
           2026-12-10 20:00 ask
           2026-12-11 04:30 call silent
           2026-12-11 22:30 soon завтра""",
        opens=0,
        closes="23:59",
    ),
    Story(
        "Berlin, the night of 23 hours",
        """2027-03-20 10:00 book 2027-03-28 10:00
           2027-03-28 10:10 visit""",
        """2027-03-20 10:00 booked
           2027-03-27 09:00 ask завтра
           2027-03-27 13:00 call silent
           2027-03-28 08:00 soon сегодня""",
        zone="Europe/Berlin",
    ),
    Story(
        "Berlin, the night of 25 hours",
        """2026-10-15 10:00 book 2026-10-25 10:00
           2026-10-25 10:10 visit""",
        """2026-10-15 10:00 booked
           2026-10-24 11:00 ask завтра
           2026-10-24 15:00 call silent
           2026-10-25 08:00 soon сегодня""",
        zone="Europe/Berlin",
    ),
    Story(
        "New York, the night of 23 hours: 24 hours before is eight, so it waits for nine",
        """2027-03-08 10:00 book 2027-03-14 09:00
           2027-03-14 09:10 visit""",
        """2027-03-08 10:00 booked
           2027-03-13 09:00 ask завтра
           2027-03-13 12:00 call silent
           2027-03-14 07:00 soon сегодня""",
        zone="America/New_York",
    ),
    Story(
        "moved over the night of 23 hours",
        """2027-03-20 10:00 book 2027-03-27 10:00
           2027-03-26 10:30 move 2027-03-28 12:00
           2027-03-27 12:00 comes
           2027-03-28 12:10 visit""",
        """2027-03-20 10:00 booked
           2027-03-26 10:00 ask завтра
           2027-03-26 10:30 moved
           2027-03-27 11:00 ask завтра
           2027-03-28 10:00 soon сегодня""",
        zone="Europe/Berlin",
    ),
    Story(
        "on the last day of the year: reminded as ever, no kind word in the silent days",
        """2026-12-20 10:00 book 2026-12-31 15:00""",
        """2026-12-20 10:00 booked
           2026-12-30 15:00 ask завтра
           2026-12-30 19:00 call silent
           2026-12-31 13:00 soon сегодня
           2027-01-01 10:00 call missed""",
    ),
    Story(
        "in the first days of the year",
        """2026-12-20 10:00 book 2027-01-02 12:00
           2027-01-02 12:10 visit""",
        """2026-12-20 10:00 booked
           2027-01-01 12:00 ask завтра
           2027-01-01 16:00 call silent
           2027-01-02 10:00 soon сегодня""",
    ),
    Story(
        "the scheduler is down over T-24 h",
        """2026-12-01 10:00 book 2026-12-12 15:30
           2026-12-11 12:00 down
           2026-12-11 18:00 up
           2026-12-12 15:50 visit""",
        """2026-12-01 10:00 booked
           2026-12-11 18:00 ask завтра
           2026-12-11 19:30 call silent
           2026-12-12 13:30 soon сегодня""",
    ),
    Story(
        "the scheduler is down over T-24 h and T-20 h: the reminder of the day itself",
        """2026-12-01 10:00 book 2026-12-12 15:30
           2026-12-11 12:00 down
           2026-12-12 05:30 up
           2026-12-12 15:50 visit""",
        """2026-12-01 10:00 booked
           2026-12-12 05:30 call silent
           2026-12-12 09:00 ask сегодня
           2026-12-12 13:30 soon сегодня""",
    ),
    Story(
        "the scheduler is down until an hour before",
        """2026-12-01 10:00 book 2026-12-12 15:30
           2026-12-11 16:00 comes
           2026-12-12 12:00 down
           2026-12-12 14:30 up
           2026-12-12 15:50 visit""",
        """2026-12-01 10:00 booked
           2026-12-11 15:30 ask завтра
           2026-12-12 14:30 soon сегодня""",
    ),
    Story(
        "the scheduler is down until the visit has begun: nothing that is over is said",
        """2026-12-01 10:00 book 2026-12-12 15:30
           2026-12-11 12:00 down
           2026-12-12 15:40 up""",
        """2026-12-01 10:00 booked
           2026-12-13 10:00 call missed
           2026-12-13 11:00 missed""",
    ),
    Story(
        "moved while the scheduler is down over the old reminder",
        """2026-12-01 10:00 book 2026-12-12 15:30
           2026-12-11 12:00 down
           2026-12-11 16:00 move 2026-12-14 15:30
           2026-12-11 17:00 up
           2026-12-13 16:00 comes
           2026-12-14 15:50 visit""",
        """2026-12-01 10:00 booked
           2026-12-11 17:00 moved
           2026-12-13 15:30 ask завтра
           2026-12-14 13:30 soon сегодня""",
    ),
    Story(
        "moved while its late reminder waits for the morning",
        """2026-12-01 10:00 book 2026-12-12 15:30
           2026-12-11 12:00 down
           2026-12-12 05:30 up
           2026-12-12 08:00 move 2026-12-14 15:30
           2026-12-13 16:00 comes
           2026-12-14 15:50 visit""",
        """2026-12-01 10:00 booked
           2026-12-12 05:30 call silent
           2026-12-12 08:00 moved
           2026-12-13 15:30 ask завтра
           2026-12-14 13:30 soon сегодня""",
    ),
    Story(
        "moved twice while the scheduler is down: the last time is told",
        """2026-12-01 10:00 book 2026-12-12 15:30
           2026-12-11 12:00 down
           2026-12-11 14:00 move 2026-12-14 15:30
           2026-12-11 15:00 move 2026-12-15 15:30
           2026-12-11 17:00 up
           2026-12-14 16:00 comes
           2026-12-15 15:50 visit""",
        """2026-12-01 10:00 booked
           2026-12-11 17:00 moved
           2026-12-14 15:30 ask завтра
           2026-12-15 13:30 soon сегодня""",
    ),
    Story(
        "cancelled while the scheduler is down",
        """2026-12-01 10:00 book 2026-12-12 15:30
           2026-12-11 12:00 down
           2026-12-11 16:00 cancel
           2026-12-11 17:00 up""",
        """2026-12-01 10:00 booked
           2026-12-11 17:00 cancelled завтра""",
    ),
    Story(
        "the scheduler is down over three days: the day is closed late, and no kind word is late",
        """2026-12-01 10:00 book 2026-12-12 15:30
           2026-12-11 16:00 comes
           2026-12-12 14:00 down
           2026-12-15 12:00 up""",
        """2026-12-01 10:00 booked
           2026-12-11 15:30 ask завтра
           2026-12-12 13:30 soon сегодня
           2026-12-15 12:00 call missed
           2026-12-15 13:00 missed""",
    ),
    Story(
        "on Monday morning, Sunday is a day off: Monday would be too late to call",
        """2026-12-01 10:00 book 2026-12-14 10:00
           2026-12-14 10:10 visit""",
        """2026-12-01 10:00 booked
           2026-12-13 10:00 ask завтра
           2026-12-13 14:00 call silent
           2026-12-14 08:00 soon сегодня""",
        days_off=frozenset({6}),
    ),
    Story(
        "on Monday afternoon, Sunday is a day off: the call waits for Monday",
        """2026-12-01 10:00 book 2026-12-14 15:00
           2026-12-14 15:10 visit""",
        """2026-12-01 10:00 booked
           2026-12-13 15:00 ask завтра
           2026-12-14 09:00 call silent
           2026-12-14 13:00 soon сегодня""",
        days_off=frozenset({6}),
    ),
]
