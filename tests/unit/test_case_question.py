"""«Решено» asks how it ended: no letter that redraws the case may come over the question."""

from types import SimpleNamespace

from handlers.owner import cases


async def test_the_message_is_known_to_ask_before_it_does(monkeypatch):
    told = []

    async def change(use_case, *args, **kept):
        told.append((use_case.__name__, args[2], kept["whole"]))

    async def turn(press, _):
        told.append("shown")
        return press.message.message_id

    monkeypatch.setattr(cases, "turn", turn)
    visitor = SimpleNamespace(
        user=SimpleNamespace(id=5), owners=(5,), clinic=SimpleNamespace(change=change)
    )
    press = SimpleNamespace(message=SimpleNamespace(message_id=77))
    await cases._turn(press, visitor, None, case=3)
    assert told == [("_note_shown", 77, False), "shown"]
