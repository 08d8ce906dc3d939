"""aiogram's storage over the inbox: what a handler writes into a form is kept by the closing write.

So a form and the update that filled it are kept together or not at all, and a handler that is
run again starts from the form as it was.
"""

import json
from collections import OrderedDict
from collections.abc import Mapping
from contextvars import ContextVar
from copy import deepcopy
from dataclasses import replace
from functools import partial
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from db.inbox import Form, FormKey, form
from db.store import Store

CACHED = 10_000

Changes = dict[FormKey, Form]

# The forms changed by the update that this task handles.
_changes: ContextVar[Changes] = ContextVar("changes")


class FormStorage(BaseStorage):
    """Forms in the database, read once and then remembered: this process alone writes them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: OrderedDict[FormKey, Form] = OrderedDict()

    def begin(self) -> Changes:
        """Start collecting what the current update changes; the caller keeps it."""
        changes: Changes = {}
        _changes.set(changes)
        return changes

    def kept(self, changes: Changes) -> None:
        """The closing write has happened."""
        for key, changed in changes.items():
            self._remember(key, changed)

    async def get_state(self, key: StorageKey) -> str | None:
        return (await self._form(key)).state

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        name = state.state if isinstance(state, State) else state
        await self._change(key, state=name)

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return deepcopy((await self._form(key)).data)

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """What JSON can't hold is the handler's fault at once, not the closing write's for ever."""
        await self._change(key, data=json.loads(json.dumps(data)))

    async def close(self) -> None:
        """The store is closed by whoever opened it."""

    async def _change(self, key: StorageKey, **changed: Any) -> None:  # noqa: ANN401 (a form's fields)
        _changes.get()[_its(key)] = replace(await self._form(key), **changed)

    async def _form(self, key: StorageKey) -> Form:
        its = _its(key)
        if (changed := _changes.get().get(its)) is not None:
            return changed
        if its not in self._known:
            self._remember(its, await self._store.engines.read(partial(form, key=its)))
        return self._known[its]

    def _remember(self, key: FormKey, form: Form) -> None:
        self._known[key] = form
        self._known.move_to_end(key)
        if len(self._known) > CACHED:
            self._known.popitem(last=False)


def _its(key: StorageKey) -> FormKey:
    return key.bot_id, key.chat_id, key.user_id
