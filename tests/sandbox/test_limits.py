"""Flood limits, on the sandbox's clock."""

from sandbox import Limits


async def _until_refused(strict, chat, most=100):
    """How many messages in a row fit, and the refusal after them."""
    for sent in range(most):
        body = await strict.api("sendMessage", chat_id=chat, text="x")
        if not body["ok"]:
            assert body["error_code"] == 429
            seconds = body["parameters"]["retry_after"]
            assert body["description"] == f"Too Many Requests: retry after {seconds}"
            return sent, seconds
    return most, None


async def test_a_short_burst_in_one_chat_is_tolerated_then_one_a_second(strict):
    await strict.begun()
    sent, seconds = await _until_refused(strict, strict.maria)
    assert sent == Limits().chat_burst
    assert seconds == 1
    await strict.post("/api/clock", add=3)
    assert (await _until_refused(strict, strict.maria))[0] in {3, 4}


async def test_after_the_pause_a_message_fits_again(strict):
    await strict.begun()
    _, seconds = await _until_refused(strict, strict.maria)
    await strict.post("/api/clock", add=seconds)
    await strict.ok("sendMessage", chat_id=strict.maria, text="x")


async def test_a_group_takes_20_messages_a_minute(strict):
    sent, seconds = await _until_refused(strict, strict.group)
    assert sent == 20
    assert 55 <= seconds <= 60
    await strict.post("/api/clock", add=61)
    assert (await _until_refused(strict, strict.group))[0] == 20


async def _people(strict, number):
    """So many people who have written."""
    people = [
        (await strict.post("/api/people", first_name=str(each)))["id"] for each in range(number)
    ]
    acts = [{"person": person, "type": "start"} for person in people]
    await strict.post("/api/act_many", acts=acts)
    return people


async def _sent_to(strict, people):
    answers = [await strict.api("sendMessage", chat_id=each, text="x") for each in people]
    return sum(answer["ok"] for answer in answers)


async def test_bulk_to_people_who_have_been_silent_is_30_a_second(strict, monkeypatch):
    people = await _people(strict, 60)
    await strict.post("/api/clock", add=3600)
    moment = strict.sandbox.world.clock.now()
    monkeypatch.setattr(strict.sandbox.world.clock, "now", lambda: moment)
    assert await _sent_to(strict, people) == 30
    moment += 1
    assert await _sent_to(strict, people) == 30


async def test_answers_to_people_in_different_chats_are_not_bulk(strict):
    people = await _people(strict, 60)
    assert await _sent_to(strict, people) == 60


async def test_edits_and_answers_to_presses_are_not_counted(strict):
    await strict.begun()
    await strict.ok("sendMessage", chat_id=strict.maria, text="x")
    for number in range(50):
        await strict.ok("editMessageText", chat_id=strict.maria, message_id=2, text=str(number))


async def test_a_clock_set_back_blocks_nobody(strict):
    await strict.post("/api/clock", add=3600)
    await _until_refused(strict, strict.group)
    await strict.post("/api/clock", add=-3600)
    await strict.ok("sendMessage", chat_id=strict.group, text="x")


async def test_without_limits_nothing_is_counted(wire):
    await wire.begun()
    assert await _until_refused(wire, wire.maria) == (100, None)
