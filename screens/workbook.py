"""A workbook, made in a process of its own: ten thousand rows would keep the bot waiting.

The process is this very file: it is given the rows as JSON, and gives the workbook.
"""

import io
import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

WITHIN = 120.0  # seconds; ten thousand rows take two

# What a spreadsheet takes for the beginning of a formula, wherever the cell goes on to.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int


def made(title: str, head: Sequence[str], widths: Sequence[int], rows: Sequence[Any]) -> bytes:
    """One sheet: `head` over `rows`, each a sequence of cells; waits for the other process."""
    job = {"title": title, "head": head, "widths": widths, "rows": rows}
    done = subprocess.run(  # noqa: S603 (the interpreter that runs this, and this file)
        [sys.executable, "-I", __file__],
        input=json.dumps(job).encode(),
        stdout=subprocess.PIPE,
        check=True,
        timeout=WITHIN,
    )
    return done.stdout


def guarded(words: str) -> str:
    """People's words that no spreadsheet counts, not even after a way through CSV."""
    return f"'{words}" if words.startswith(_FORMULAS) else words


def _main() -> None:
    job = json.load(sys.stdin)
    sys.stdout.buffer.write(_workbook(**job))


def _workbook(
    title: str, head: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[Cell]]
) -> bytes:
    # The bot itself never loads it; it ships no types.
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title)
        top = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        # Text that stays text, also when the cell is edited.
        text = book.add_format({"num_format": "@", "quote_prefix": True})
        for column, (name, width) in enumerate(zip(head, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, top)
        for n, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(n, column, cell)
                elif cell:
                    sheet.write_string(n, column, cell, text)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(head) - 1)
    return file.getvalue()


if __name__ == "__main__":
    _main()
