"""The scheduler's jobs, called as the scheduler calls them."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from structlog.testing import capture_logs

from loyalty import privacy, registration, statement
from loyalty.appointments import reminding
from scheduler.rounds import by_night, rounds
from tests.db.test_registration import MARIA, joins


class Idle:
    async def round(self):
        return 0


async def tidied():
    return 0


async def every_job(jobs):
    for job in jobs:
        await job.func()


async def test_withdrawn_data_goes_after_its_time_and_not_before(store, clock):
    await joins(store)
    await store.change(privacy.withdraw, MARIA)
    jobs = rounds(store, Idle(), Idle(), tidied, clock, ()).get_jobs()

    clock.moment += timedelta(minutes=1)
    await every_job(jobs)
    assert await store.ask(statement.who, MARIA) is not None
    clock.moment += timedelta(days=30)
    await every_job(jobs)
    assert await store.ask(statement.who, MARIA) is None


async def test_points_that_have_ended_leave_by_themselves(store, clock):
    await joins(store)
    account = await store.ask(statement.who, MARIA)
    jobs = rounds(store, Idle(), Idle(), tidied, clock, ()).get_jobs()
    clock.moment += timedelta(days=250)
    await every_job(jobs)
    page = await store.ask(statement.history, account.wallet)
    assert [(line.kind, line.points) for line in page.lines][:1] == [("expiry", -1000)]


async def test_a_missed_hour_is_made_up_for_and_never_doubled(store, clock):
    await store.change(registration.open_account, MARIA)
    scheduler = rounds(store, Idle(), Idle(), tidied, clock, ())
    scheduler.start(paused=True)
    try:
        jobs = scheduler.get_jobs()
        assert all(job.misfire_grace_time is None for job in jobs)
        assert all(job.coalesce and job.max_instances == 1 for job in jobs)
    finally:
        scheduler.shutdown(wait=False)


async def test_a_letter_on_its_way_arrives_before_the_stop(store, clock):
    on_the_way, arrived = asyncio.Event(), asyncio.Event()

    class Slow:
        async def round(self):
            on_the_way.set()
            await asyncio.sleep(0.05)
            arrived.set()

    scheduler = rounds(store, Slow(), Idle(), tidied, clock, ())
    scheduler.start()
    for job in scheduler.get_jobs():
        job.modify(next_run_time=datetime.now(UTC))
    await asyncio.wait_for(on_the_way.wait(), 5)

    await scheduler.finish(5)

    assert arrived.is_set()


async def test_chores_follow_the_clinics_clock_however_it_jumps(store, clock):
    done = []

    async def tidied():
        done.append(clock.now())

    jobs = rounds(store, Idle(), Idle(), tidied, clock, ()).get_jobs()
    await every_job(jobs)
    assert done == []
    for jump in (timedelta(days=31), timedelta(hours=-1), timedelta(minutes=1)):
        clock.moment += jump
        await every_job(jobs)
        await every_job(jobs)
    assert len(done) == 3


async def test_by_night_it_is_done_once_however_the_clock_jumps(clock):
    done = []

    async def job():
        done.append(clock.moment)

    clock.moment = datetime(2026, 11, 28, 0, 30, tzinfo=UTC)  # half past three in Moscow
    look = by_night(clock, ZoneInfo("Europe/Moscow"), job)
    await look()
    assert done == []
    clock.moment += timedelta(minutes=30)
    for _ in range(3):
        await look()
    assert len(done) == 1
    clock.moment += timedelta(hours=23, minutes=59)
    await look()
    assert len(done) == 1
    clock.moment += timedelta(days=40)
    await look()
    assert len(done) == 2


async def test_a_chore_that_fails_keeps_no_other_from_being_done(store, clock, monkeypatch):
    done = []

    async def tidied():
        done.append(clock.now())

    def mistake(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(reminding, "round_", mistake)
    jobs = rounds(store, Idle(), Idle(), tidied, clock, ()).get_jobs()
    clock.moment += timedelta(minutes=1)
    with capture_logs() as logs:
        await every_job(jobs)
    assert done == [clock.now()]
    assert [log["event"] for log in logs if log["log_level"] == "error"] == ["chore.failed"]
