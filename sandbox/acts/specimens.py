"""One small generated specimen of every other kind of message."""

import struct
import zlib
from collections.abc import Callable

from sandbox.acts.messages import answered
from sandbox.acts.registry import Act, Outcome, act
from sandbox.files import Files, Upload
from sandbox.texts import with_found
from sandbox.world import Wire

_SIDE = 64
_CAPTIONED = {"photo", "voice", "document", "video", "audio", "animation"}


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + checksum


def small_png() -> bytes:
    """A square of plain mint: the smallest honest photo."""
    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    row = b"\0" + b"\x9f\xe2\xc6" * _SIDE
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(row * _SIDE)),
            _chunk(b"IEND", b""),
        )
    )


def _file(files: Files, kind: str, name: str, mime: str, **more: object) -> Wire:
    data = small_png() if kind == "photo" else f"sandbox {kind}".encode()
    return files.add(kind, Upload(name, mime, data)).wire(**more)


def _photo(files: Files) -> Wire:
    picture = _file(files, "photo", "photo.png", "image/png", width=_SIDE, height=_SIDE)
    return {"photo": [picture]}


def _voice(files: Files) -> Wire:
    mime = "audio/ogg"
    return {"voice": _file(files, "voice", "voice.oga", mime, duration=3, mime_type=mime)}


def _document(files: Files) -> Wire:
    name, mime = "снимок.txt", "text/plain"
    return {"document": _file(files, "document", name, mime, file_name=name, mime_type=mime)}


def _sticker(files: Files) -> Wire:
    sticker = _file(files, "sticker", "sticker.webp", "image/webp", width=512, height=512)
    kind = {"type": "regular", "is_animated": False, "is_video": False, "emoji": "🦷"}
    return {"sticker": sticker | kind}


def _video(files: Files) -> Wire:
    size = {"width": 320, "height": 240, "duration": 2}
    return {"video": _file(files, "video", "video.mp4", "video/mp4", **size)}


def _video_note(files: Files) -> Wire:
    note = _file(files, "video_note", "note.mp4", "video/mp4", length=240, duration=2)
    return {"video_note": note}


def _audio(files: Files) -> Wire:
    mime = "audio/mpeg"
    audio = _file(files, "audio", "song.mp3", mime, duration=5, title="Песня", mime_type=mime)
    return {"audio": audio}


def _animation(files: Files) -> Wire:
    size = {"width": 320, "height": 240, "duration": 1}
    animation = _file(files, "animation", "dance.mp4", "video/mp4", **size)
    plain = {key: animation[key] for key in ("file_id", "file_unique_id", "file_size")}
    return {"animation": animation, "document": plain}


def _location(_: Files) -> Wire:
    return {"location": {"latitude": 55.7558, "longitude": 37.6173}}


def _venue(files: Files) -> Wire:
    place = _location(files)["location"]
    venue = {"location": place, "title": "Клиника", "address": "Улица Ленина, 1"}
    return {"venue": venue, "location": place}


def _dice(_: Files) -> Wire:
    return {"dice": {"emoji": "🎲", "value": 4}}


def _poll(_: Files) -> Wire:
    options = [
        {"persistent_id": text, "text": text, "voter_count": 0} for text in ("Утром", "Вечером")
    ]
    poll = {
        "id": "5300000000000000001",
        "question": "Когда удобнее?",
        "options": options,
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }
    return {"poll": poll}


_SPECIMENS: dict[str, Callable[[Files], Wire]] = {
    "photo": _photo,
    "voice": _voice,
    "document": _document,
    "sticker": _sticker,
    "video": _video,
    "video_note": _video_note,
    "audio": _audio,
    "animation": _animation,
    "location": _location,
    "venue": _venue,
    "dice": _dice,
    "poll": _poll,
}


def _send(act: Act) -> Outcome:
    kind = act.text("type")
    body = _SPECIMENS[kind](act.world.files)
    caption = act.text("caption", "") if kind in _CAPTIONED else ""
    if caption:
        body["caption"] = caption
        if entities := with_found(caption, []):
            body["caption_entities"] = entities
    return act.send(body | answered(act))


for _kind in _SPECIMENS:
    act(_kind)(_send)
