"""The chat page and its JSON: what people see and do."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.acts import perform
from sandbox.errors import ActError, ApiError
from sandbox.founding import found_group
from sandbox.journal import Event
from sandbox.page_json import answer, answering, body_of, dumped, number
from sandbox.scanning import scanned_text
from sandbox.scene import Scene
from sandbox.stage import Stagehands
from sandbox.view import chat_view, event_view, world_view
from sandbox.world import Chat, Person, World

_PAGE = Path(__file__).with_name("page")
_PROFILE = ("first_name", "last_name", "username", "language", "phone", "birthdate")
_SWITCHES = ("privacy", "inline")
_PHONE = re.compile(r"\+?\d{7,15}")

Deed = Callable[[web.Request], Awaitable[object]]


class PageApi:
    """Answers the page and the tests' people."""

    def __init__(self, scene: Scene, hands: Stagehands) -> None:
        self._scene = scene
        self._hands = hands

    @property
    def world(self) -> World:
        return self._scene.world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self.index),
            web.get("/page/{file}", self.page_file),
            web.get("/api/world", answering(self.show_world)),
            web.get("/api/chat", answering(self.show_chat)),
            web.get("/api/past", answering(self.show_past)),
            web.get("/api/events", self.events),
            web.get("/api/requests", answering(self.requests)),
            web.get("/api/file/{id}", self.file),
            web.post("/api/act", answering(self._playing(self.act))),
            web.post("/api/act_many", answering(self._playing(self.act_many))),
            web.post("/api/people", answering(self._playing(self.add_person))),
            web.patch("/api/people/{id}", answering(self._playing(self.change_person))),
            web.post("/api/groups", answering(self._playing(self.add_group))),
            web.patch("/api/bot", answering(self._playing(self.change_bot))),
            web.post("/api/scan", answering(self.scan)),
        ]

    def _playing(self, deed: Deed) -> Deed:
        """A deed after which a fresh clinic would throw something away."""

        async def play(request: web.Request) -> object:
            outcome = await deed(request)
            self.world.played = True
            return outcome

        return play

    async def index(self, _: web.Request) -> web.StreamResponse:
        return _static("index.html")

    async def page_file(self, request: web.Request) -> web.StreamResponse:
        return _static(request.match_info["file"])

    async def show_world(self, _: web.Request) -> object:
        return world_view(self.world) | {
            "can": self._hands.can(self.world.clock),
            "troubles": self._scene.play.troubles.waiting(),
        }

    async def show_chat(self, request: web.Request) -> object:
        chat = self._chat(request.query.get("chat", ""))
        person = self._person(request.query.get("person", ""))
        return chat_view(self.world, chat, person)

    async def show_past(self, request: web.Request) -> object:
        """What has happened in a chat, as a page that was open all the time has heard it."""
        chat = self._chat(request.query.get("chat", ""))
        return {"events": [event_view(event) for event in self.world.journal.past(chat.id)]}

    async def requests(self, request: web.Request) -> object:
        after = number(request.query.get("after", "0"), "after")
        return {"requests": self.world.journal.requests(after)}

    async def act(self, request: web.Request) -> object:
        return perform(self.world, await body_of(request))

    async def act_many(self, request: web.Request) -> object:
        acts = (await body_of(request)).get("acts")
        if not isinstance(acts, list):
            raise ActError("acts is a list")
        return {"ok": True, "results": [self._outcome(each) for each in acts]}

    def _outcome(self, body: object) -> dict[str, Any]:
        """One act among many: what fails does not stop the rest."""
        try:
            return perform(self.world, body)
        except ActError as error:
            return {"ok": False, "error": str(error)}

    async def add_person(self, request: web.Request) -> object:
        fields = _profile(await body_of(request))
        if not fields.get("first_name"):
            raise ActError("a person has a first_name")
        person = Person(self.world.next_person_id(), **fields)
        self.world.add_person(person)
        return {"id": person.id}

    async def change_person(self, request: web.Request) -> object:
        person = self._person(request.match_info["id"])
        for name, value in _profile(await body_of(request)).items():
            setattr(person, name, value)
        self.world.journal.add("world", None)
        return {"id": person.id}

    async def add_group(self, request: web.Request) -> object:
        return {"id": found_group(self.world, await body_of(request)).id}

    async def change_bot(self, request: web.Request) -> object:
        """What the bot's owner switches at BotFather."""
        body = await body_of(request)
        switches = {name: body[name] for name in _SWITCHES if name in body}
        if not switches or not all(isinstance(on, bool) for on in switches.values()):
            raise ActError(f"{', '.join(_SWITCHES)} are true or false")
        for name, on in switches.items():
            setattr(self.world, name, on)
        self.world.journal.add("world", None)
        return {"ok": True}

    async def scan(self, request: web.Request) -> object:
        """What the QR code in a photo says, as another phone reads it off the screen."""
        return {"link": scanned_text(self.world, await body_of(request))}

    async def events(self, request: web.Request) -> web.StreamResponse:
        """The stream of events, from the one after `after` (or the browser's last) on."""
        try:
            after = self._last_seen(request)
        except ActError as error:
            return answer({"ok": False, "error": str(error)}, 400)
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        await response.write(b": here\n\n")
        with suppress(ConnectionResetError):
            async for events in self._follow(after):
                lines = [f"id: {e.seq}\ndata: {dumped(event_view(e))}\n\n" for e in events]
                await response.write("".join(lines).encode())
        return response

    async def _follow(self, after: int) -> AsyncIterator[list[Event]]:
        """The events of this play and of those that come after it."""
        journal = None
        while journal is not self.world.journal:
            journal = self.world.journal
            async for events in journal.follow(after):
                after = events[-1].seq
                yield events

    def _last_seen(self, request: web.Request) -> int:
        newest = self.world.journal.seq
        last = request.headers.get("Last-Event-ID") or request.query.get("after", str(newest))
        seen = number(last, "after")
        # A page that outlived another sandbox has seen nothing of this one.
        return seen if seen <= newest else 0

    async def file(self, request: web.Request) -> web.Response:
        """A picture or a document as a person opens it."""
        try:
            upload = self.world.files.by_id(request.match_info["id"]).upload
        except ApiError:
            raise web.HTTPNotFound from None
        # Shown only as what it says it is, never as a page of this origin.
        shown = upload.mime if upload.mime.startswith("image/") else "application/octet-stream"
        headers = {"Content-Type": shown, "X-Content-Type-Options": "nosniff"}
        return web.Response(body=upload.data, headers=headers)

    def _chat(self, wanted: str) -> Chat:
        chat = self.world.chat(number(wanted, "chat"))
        if chat is None:
            raise ActError(f"there is no chat {wanted}")
        return chat

    def _person(self, wanted: str) -> Person:
        person = self.world.people.get(number(wanted, "person"))
        if person is None:
            raise ActError(f"there is no person {wanted}")
        return person


def _profile(body: dict[str, Any]) -> dict[str, Any]:
    fields = {name: body[name] for name in _PROFILE if name in body}
    if not str(fields.get("first_name", "x") or "").strip():
        raise ActError("a person has a first_name")
    phone = fields.get("phone")
    if phone is not None and not _PHONE.fullmatch(str(phone)):
        raise ActError("a phone is + and 7–15 digits")
    if fields.get("birthdate") is not None and not _is_date(fields["birthdate"]):
        raise ActError("a birthdate has day, month and perhaps year")
    return fields


def _is_date(value: object) -> bool:
    """Whether it is the Bot API's Birthdate; a leap year lets in the 29th of February."""
    if not isinstance(value, dict) or not value.keys() <= {"day", "month", "year"}:
        return False
    try:
        date(value.get("year", 2000), value.get("month"), value.get("day"))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False
    return True


def _static(name: str) -> web.StreamResponse:
    path = _PAGE / name
    if path.parent != _PAGE or not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers={"Cache-Control": "no-cache"})
