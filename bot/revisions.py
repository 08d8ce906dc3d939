"""The chain of migrations, read from their files: importing Alembic would cost 0.4 s."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path

MIGRATIONS = Path(__file__).parent.parent / "db" / "migrations" / "versions"


@lru_cache(maxsize=1)
def revisions() -> dict[str, str | None]:
    """Every known revision with the one before it."""
    found = {}
    for file in sorted(MIGRATIONS.glob("*.py")):
        facts = _facts(file)
        if "revision" in facts:
            found[str(facts["revision"])] = facts.get("down_revision")
    return found


def newest() -> str | None:
    """The revision that none follows; None while there is no migration."""
    followed = set(revisions().values())
    return next((revision for revision in revisions() if revision not in followed), None)


def _facts(file: Path) -> dict[str, str | None]:
    facts: dict[str, str | None] = {}
    for line in ast.parse(file.read_bytes()).body:
        match line:
            case (
                ast.Assign(
                    targets=[ast.Name(id=name)], value=ast.Constant(value=(str() | None) as value)
                )
                | ast.AnnAssign(
                    target=ast.Name(id=name), value=ast.Constant(value=(str() | None) as value)
                )
            ):
                facts[name] = value
    return facts
