"""Appointments: what is booked, and what came of it."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
LIVE = sa.text("state IN ('booked', 'confirmed', 'to_move')")
LETTERS = (
    "'booked', 'moved', 'appointment-cancelled', 'appointment-card', "
    "'remind24', 'remind2', 'missed'"
)


def upgrade() -> None:
    op.create_table(
        "appointments",
        sa.Column("id", ID, nullable=False),
        sa.Column("source", sa.String(60), nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("patient_id", ID, nullable=False),
        sa.Column("doctor_id", ID, nullable=True),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("booked_by", sa.BigInteger(), nullable=False),
        sa.Column("booked_name", sa.String(80), nullable=False),
        sa.Column("booked_at", MOMENT, nullable=False),
        sa.Column("timed_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("by_patient", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("card_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("minutes > 0", name="ck_appointments_minutes"),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name="fk_appointments_branch_id"),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name="fk_appointments_patient_id"),
        sa.ForeignKeyConstraint(["doctor_id"], ["doctors.id"], name="fk_appointments_doctor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_appointments"),
        sa.UniqueConstraint("source", name="uq_appointments_source"),
    )
    op.create_index("ix_appointments_patient", "appointments", ["patient_id", "starts_at"])
    op.create_index("ix_appointments_doctor", "appointments", ["doctor_id", "starts_at"])
    op.create_index("ix_appointments_branch", "appointments", ["branch_id", "starts_at"])
    op.create_index(
        "ix_appointments_due",
        "appointments",
        ["due_at"],
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
    _booked_elsewhere()


def _booked_elsewhere() -> None:
    name = "booked_elsewhere"
    op.create_table(
        name,
        sa.Column("id", ID, nullable=False),
        sa.Column("patient_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=f"fk_{name}_patient_id"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=f"fk_{name}_account_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    op.create_index("ix_booked_elsewhere_patient", name, ["patient_id", "at"])
    op.create_index("ix_booked_elsewhere_account", name, ["account_id"])


def downgrade() -> None:
    """Letters about them are unknown to the older code, and so is what a merge carried of them."""
    op.execute(f"UPDATE outbox SET state = 'stale' WHERE kind IN ({LETTERS})")  # noqa: S608 (named above)
    op.execute("DELETE FROM merge_moves WHERE what IN ('booking', 'elsewhere')")
    op.drop_table("booked_elsewhere")
    op.drop_table("appointments")
