"""Files that went through the sandbox: kept in memory under Telegram's kind of ids."""

import hashlib
import io
from collections import OrderedDict
from dataclasses import dataclass
from itertools import count
from typing import Any

from sandbox.errors import bad_request

_KEPT_FILES = 300
_KEPT_BYTES = 200 * 1024 * 1024
MAX_PHOTO_BYTES = 10 * 1024 * 1024
MAX_DOCUMENT_BYTES = 50 * 1024 * 1024
_MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024


@dataclass(slots=True, frozen=True)
class Upload:
    """A file as it came in a request."""

    name: str
    mime: str
    data: bytes


@dataclass(slots=True, frozen=True)
class File:
    """A stored file."""

    id: str
    unique_id: str
    path: str
    kind: str
    upload: Upload

    def wire(self, **more: object) -> dict[str, Any]:
        """What every kind of the Bot API's file objects has."""
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.upload.data),
            **more,
        }


class Files:
    """The last files, by id and by path."""

    def __init__(self) -> None:
        self._by_id: OrderedDict[str, File] = OrderedDict()
        self._by_path: dict[str, File] = {}
        self._numbers = count(1)
        self._bytes = 0

    def add(self, kind: str, upload: Upload) -> File:
        """Stores an upload; `kind` is photo, document, voice…"""
        number = next(self._numbers)
        unique = hashlib.sha256(upload.data + upload.name.encode()).hexdigest()[:16]
        suffix = upload.name.rpartition(".")[2] if "." in upload.name else "bin"
        path = f"{kind}s/file_{number}.{suffix}"
        file = File(f"sandbox-{kind}-{number}-{unique}", unique, path, kind, upload)
        self._by_id[file.id] = self._by_path[path] = file
        self._bytes += len(upload.data)
        self._drop_old()
        return file

    def _drop_old(self) -> None:
        while len(self._by_id) > _KEPT_FILES or self._bytes > _KEPT_BYTES:
            _, old = self._by_id.popitem(last=False)
            del self._by_path[old.path]
            self._bytes -= len(old.upload.data)

    def by_id(self, file_id: str) -> File:
        """Raises ApiError: no such file."""
        file = self._by_id.get(file_id)
        if file is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return file

    def downloadable(self, file_id: str) -> File:
        """Raises ApiError: no such file, or one over 20 MB."""
        file = self.by_id(file_id)
        if len(file.upload.data) > _MAX_DOWNLOAD_BYTES:
            raise bad_request("file is too big")
        return file

    def by_path(self, path: str) -> File | None:
        return self._by_path.get(path)


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height of a photo.

    Raises ApiError: not a picture, or of a shape that Telegram refuses.
    """
    # Only photos pay for this import.
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
    except (UnidentifiedImageError, OSError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height
