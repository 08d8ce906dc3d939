"""The tables, as the newest migration leaves them (a test holds the two together)."""

from db.tables.appointments import appointments, booked_elsewhere
from db.tables.base import metadata
from db.tables.branches import branches, doctors, programmes, team
from db.tables.cards import card_style, cards, invitations
from db.tables.desk import (
    code_misses,
    code_screens,
    codes,
    complaints,
    drafts,
    paper_consents,
    requests,
    reversal_parts,
    reversals,
    slips,
    visit_parts,
    visits,
)
from db.tables.friends import friends
from db.tables.ledger import allocations, entries, lots, operations
from db.tables.merges import merge_moves, merges
from db.tables.messages import forms, inbox, outbox, quiet
from db.tables.opinions import (
    absences,
    aftercare,
    case_messages,
    cases,
    rating_questions,
    ratings,
    words,
)
from db.tables.people import (
    accounts,
    arrivals,
    consents,
    patients,
    secrets,
    speaks_for,
    wallets,
    welcome_marks,
)
from db.tables.promo import promo
from db.tables.rewards import referrals, rewards
from db.tables.tasks import never_disturb, task_messages, task_reasons, tasks

__all__ = [
    "absences",
    "accounts",
    "aftercare",
    "allocations",
    "appointments",
    "arrivals",
    "booked_elsewhere",
    "branches",
    "card_style",
    "cards",
    "case_messages",
    "cases",
    "code_misses",
    "code_screens",
    "codes",
    "complaints",
    "consents",
    "doctors",
    "drafts",
    "entries",
    "forms",
    "friends",
    "inbox",
    "invitations",
    "lots",
    "merge_moves",
    "merges",
    "metadata",
    "never_disturb",
    "operations",
    "outbox",
    "paper_consents",
    "patients",
    "programmes",
    "promo",
    "quiet",
    "rating_questions",
    "ratings",
    "referrals",
    "requests",
    "reversal_parts",
    "reversals",
    "rewards",
    "secrets",
    "slips",
    "speaks_for",
    "task_messages",
    "task_reasons",
    "tasks",
    "team",
    "visit_parts",
    "visits",
    "wallets",
    "welcome_marks",
    "words",
]
