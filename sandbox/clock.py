"""The sandbox's time: the machine's, shifted by what the clock file says."""

import os
import time
from contextlib import suppress
from pathlib import Path


class Clock:
    """Now, in seconds since 1970.

    The file holds one number, the offset in seconds. Bot and scheduler read the same file
    (`CLOCK_FILE`), so all live at the same moment. `zone` is the one in which the clinic says
    what time it is (`Europe/Moscow`); None where nobody knows.
    """

    def __init__(self, file: Path | None = None, zone: str | None = None) -> None:
        self.file = file
        self.zone = zone
        self._offset = 0.0
        self._read_at: tuple[int, int] | None = None

    def now(self) -> float:
        """The moment it is in the sandbox."""
        return time.time() + self._current_offset()

    def unix(self) -> int:
        """The moment in whole seconds, as Telegram writes dates."""
        return int(self.now())

    def add(self, seconds: float) -> float:
        """Moves the clock and returns the new moment.

        Raises LookupError: without a clock file nobody else would follow.
        """
        if self.file is None:
            raise LookupError("the sandbox was started without a clock file")
        self._write(self._current_offset() + seconds)
        return self.now()

    def reset(self) -> None:
        """Comes back to the machine's time."""
        if self.file is not None:
            self._write(0)

    def _write(self, offset: float) -> None:
        if self.file is None:
            return
        draft = self.file.with_name(self.file.name + ".new")
        draft.write_text(f"{offset:.3f}".rstrip("0").rstrip("."), encoding="ascii")
        draft.replace(self.file)

    def _current_offset(self) -> float:
        if self.file is None:
            return 0.0
        with suppress(FileNotFoundError):
            stat = os.stat(self.file)  # noqa: PTH116 - asked at every message, a Path costs more
            version = (stat.st_mtime_ns, stat.st_ino)
            if version != self._read_at:
                self._offset = float(self.file.read_text(encoding="ascii").strip() or 0)
                self._read_at = version
        return self._offset
