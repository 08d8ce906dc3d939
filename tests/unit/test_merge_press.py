"""«Объединить»: the message says what the request has come to, not what it was as it was asked."""

from types import SimpleNamespace

import pytest

from handlers.staff import merging
from loyalty.requests import RequestState


@pytest.mark.parametrize(
    ("state", "shown"), [(RequestState.WAITING, "waits"), (RequestState.GRANTED, "decided")]
)
async def test_a_manager_who_decides_in_between_is_heard(monkeypatch, state, shown):
    told = []

    async def nothing(*_):
        """Whoever presses is still here."""

    async def ask(*_, **__):
        return SimpleNamespace(id=7, state=RequestState.WAITING)

    async def read(*_):
        return SimpleNamespace(request=SimpleNamespace(state=state))

    async def turn(_, screen):
        told.append(screen)

    monkeypatch.setattr(merging, "check_still_here", nothing)
    monkeypatch.setattr(merging, "working", lambda _: ("anna", "Анна"))
    monkeypatch.setattr(merging, "turn", turn)
    monkeypatch.setattr(merging, "settled", lambda *_: "decided")
    monkeypatch.setattr(merging.screens, "asked", lambda *_: "waits")
    await merging.merge(
        SimpleNamespace(message=None),
        SimpleNamespace(patient=1, other=2),
        SimpleNamespace(clinic=SimpleNamespace(change=ask, ask=read)),
        SimpleNamespace(branch=SimpleNamespace(chat=-100)),
        None,
        (),
    )
    assert told == [shown]
