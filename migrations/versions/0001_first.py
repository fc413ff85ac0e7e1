"""The first schema.

Instants are microseconds since 1970 UTC, amounts cents, days and JSON text.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _columns(kind: Any, names: Sequence[str], **more: Any) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, **{"nullable": False, **more}) for name in names]


def _row_id(*names: str, **more: Any) -> list[sa.Column[Any]]:
    return _columns(_ROW_ID, names, **more)


def _text(*names: str, **more: Any) -> list[sa.Column[Any]]:
    return _columns(sa.Text(), names, **more)


def _int(*names: str, **more: Any) -> list[sa.Column[Any]]:
    return _columns(sa.Integer(), names, **more)


def _big(*names: str, **more: Any) -> list[sa.Column[Any]]:
    return _columns(sa.BigInteger(), names, **more)


def _flag(*names: str, **more: Any) -> list[sa.Column[Any]]:
    return _columns(sa.Boolean(), names, **more)


def _bytes(*names: str, **more: Any) -> list[sa.Column[Any]]:
    return _columns(sa.LargeBinary(), names, **more)


def _refers(table: str, columns: Sequence[str], to: Sequence[str]) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(columns, to, name=f"fk_{table}_{'_'.join(columns)}")


def _index(name: str, table: str, columns: Sequence[str], *, where: str | None = None) -> None:
    if where is None:
        op.create_index(name, table, columns)
        return
    # SQLite has no word for false in an index's condition as SQLAlchemy writes it in queries.
    sqlite_where = sa.text(where.replace("IS false", "IS 0"))
    op.create_index(
        name, table, columns, sqlite_where=sqlite_where, postgresql_where=sa.text(where)
    )


def upgrade() -> None:
    _people_and_circles()
    _actions()
    _votes()
    _meetings()
    _ledger()
    _mail()
    _append_only()


def _people_and_circles() -> None:
    op.create_table(
        "circles",
        *_row_id("id"),
        *_text("name", "folded", "kind", "state", "room_id"),
        *_big("created_at"),
        *_text("aliases", "currency", "settings_key"),
        sa.PrimaryKeyConstraint("id", name="pk_circles"),
        sa.UniqueConstraint("folded", name="uq_circles_folded"),
        sa.UniqueConstraint("room_id", name="uq_circles_room_id"),
    )
    op.create_table(
        "people",
        *_text("key"),
        *_flag("structure"),
        *_row_id("named_in", nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_people"),
        _refers("people", ["named_in"], ["circles.id"]),
    )
    _index("ix_people_named_in", "people", ["named_in"])
    op.create_table(
        "profiles",
        *_text("person", "name"),
        *_text("matrix_id", "language", nullable=True),
        sa.PrimaryKeyConstraint("person", name="pk_profiles"),
        sa.UniqueConstraint("matrix_id", name="uq_profiles_matrix_id"),
        _refers("profiles", ["person"], ["people.key"]),
    )
    op.create_table(
        "settings",
        *_row_id("id", "circle"),
        *_text("name", "value", "since", "by"),
        *_big("at"),
        sa.PrimaryKeyConstraint("id", name="pk_settings"),
        _refers("settings", ["by"], ["people.key"]),
        _refers("settings", ["circle"], ["circles.id"]),
    )
    _index("ix_settings_circle", "settings", ["circle"])
    op.create_table(
        "workstreams",
        *_row_id("circle"),
        *_int("id"),
        *_text("name", "folded"),
        *_text("steward", nullable=True),
        sa.PrimaryKeyConstraint("circle", "id", name="pk_workstreams"),
        sa.UniqueConstraint("circle", "folded", name="uq_workstreams_circle_folded"),
        _refers("workstreams", ["circle"], ["circles.id"]),
        _refers("workstreams", ["steward"], ["people.key"]),
    )
    op.create_table(
        "numbers",
        *_row_id("circle"),
        *_text("kind"),
        *_int("last"),
        sa.PrimaryKeyConstraint("circle", "kind", name="pk_numbers"),
        _refers("numbers", ["circle"], ["circles.id"]),
    )
    op.create_table(
        "memberships",
        *_row_id("circle"),
        *_text("person", "role", "since"),
        *_text("until", nullable=True),
        sa.PrimaryKeyConstraint("circle", "person", name="pk_memberships"),
        _refers("memberships", ["circle"], ["circles.id"]),
        _refers("memberships", ["person"], ["people.key"]),
    )
    _index("ix_memberships_person", "memberships", ["person"])


def _actions() -> None:
    op.create_table(
        "actions",
        *_row_id("circle"),
        *_int("number"),
        *_text("title", "added_by"),
        *_big("added_at"),
        *_int("workstream", nullable=True),
        *_text("due_day", nullable=True),
        *_big("due_at", "budget", nullable=True),
        *_text("state"),
        *_big("moved_at", nullable=True),
        sa.PrimaryKeyConstraint("circle", "number", name="pk_actions"),
        _refers("actions", ["added_by"], ["people.key"]),
        _refers("actions", ["circle", "workstream"], ["workstreams.circle", "workstreams.id"]),
        _refers("actions", ["circle"], ["circles.id"]),
    )
    _index("ix_actions_circle_state_number", "actions", ["circle", "state", "number"])
    op.create_table(
        "action_holders",
        *_row_id("circle"),
        *_int("action"),
        *_text("person"),
        *_int("place"),
        sa.PrimaryKeyConstraint("circle", "action", "person", name="pk_action_holders"),
        _refers("action_holders", ["circle", "action"], ["actions.circle", "actions.number"]),
        _refers("action_holders", ["circle"], ["circles.id"]),
        _refers("action_holders", ["person"], ["people.key"]),
    )
    _index("ix_action_holders_circle_person", "action_holders", ["circle", "person"])
    op.create_table(
        "action_log",
        *_row_id("id", "circle"),
        *_int("action"),
        *_text("change", "by"),
        *_big("at"),
        *_text("source", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_action_log"),
        _refers("action_log", ["by"], ["people.key"]),
        _refers("action_log", ["circle", "action"], ["actions.circle", "actions.number"]),
        _refers("action_log", ["circle"], ["circles.id"]),
    )
    _index("ix_action_log_circle_action", "action_log", ["circle", "action"])
    _index("ix_action_log_circle_at", "action_log", ["circle", "at"])
    op.create_table(
        "action_log_texts",
        *_row_id("line"),
        *_text("text"),
        sa.PrimaryKeyConstraint("line", name="pk_action_log_texts"),
        _refers("action_log_texts", ["line"], ["action_log.id"]),
    )


def _votes() -> None:
    op.create_table(
        "votes",
        *_row_id("circle"),
        *_int("number"),
        *_text("rule", "question", "opened_by"),
        *_big("opened_at", "closes"),
        *_text("electorate", "options"),
        *_big("budget", nullable=True),
        *_int("action", "item", nullable=True),
        *_text("quorum", "threshold", nullable=True),
        *_int("minimum", nullable=True),
        *_text("completion", nullable=True),
        *_flag("secret", "hidden"),
        *_int("version"),
        *_big("closed_at", nullable=True),
        *_text("outcome", nullable=True),
        *_flag("released"),
        sa.PrimaryKeyConstraint("circle", "number", name="pk_votes"),
        _refers("votes", ["circle", "action"], ["actions.circle", "actions.number"]),
        _refers("votes", ["circle"], ["circles.id"]),
        _refers("votes", ["opened_by"], ["people.key"]),
    )
    _index(
        "ix_votes_holding",
        "votes",
        ["circle", "number"],
        where="outcome = 'adopted' AND budget IS NOT NULL AND released IS false",
    )
    _index("ix_votes_circle_closed_at", "votes", ["circle", "closed_at"])
    op.create_table(
        "ballots",
        *_row_id("id", "circle"),
        *_int("vote"),
        *_text("voter"),
        *_big("at"),
        *_text("choice", nullable=True),
        *_int("version"),
        *_text("source", nullable=True),
        *_flag("withdrawn", server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name="pk_ballots"),
        _refers("ballots", ["circle", "vote"], ["votes.circle", "votes.number"]),
        _refers("ballots", ["circle"], ["circles.id"]),
        _refers("ballots", ["voter"], ["people.key"]),
    )
    _index("ix_ballots_circle_vote", "ballots", ["circle", "vote"])
    _index("ix_ballots_source", "ballots", ["source"])
    op.create_table(
        "ballot_reasons",
        *_row_id("ballot"),
        *_text("reason"),
        sa.PrimaryKeyConstraint("ballot", name="pk_ballot_reasons"),
        _refers("ballot_reasons", ["ballot"], ["ballots.id"]),
    )


def _meetings() -> None:
    op.create_table(
        "meetings",
        *_row_id("circle"),
        *_int("number"),
        *_text("kind", "title"),
        *_big("start"),
        *_big("end", nullable=True),
        *_text("place", nullable=True),
        *_text("uid", "by"),
        *_text("rrule", nullable=True),
        *_text("exdates"),
        *_int("sequence"),
        *_flag("cancelled"),
        sa.PrimaryKeyConstraint("circle", "number", name="pk_meetings"),
        sa.UniqueConstraint("uid", name="uq_meetings_uid"),
        _refers("meetings", ["by"], ["people.key"]),
        _refers("meetings", ["circle"], ["circles.id"]),
    )
    _index("ix_meetings_circle_start", "meetings", ["circle", "start"])
    op.create_table(
        "attendances",
        *_row_id("id", "circle"),
        *_int("meeting"),
        *_text("occurrence", "person", "presence"),
        *_big("at"),
        *_text("source", nullable=True),
        *_flag("withdrawn", server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name="pk_attendances"),
        _refers("attendances", ["circle", "meeting"], ["meetings.circle", "meetings.number"]),
        _refers("attendances", ["circle"], ["circles.id"]),
        _refers("attendances", ["person"], ["people.key"]),
    )
    _index(
        "ix_attendances_circle_meeting_occurrence",
        "attendances",
        ["circle", "meeting", "occurrence"],
    )
    _index("ix_attendances_source", "attendances", ["source"])
    op.create_table(
        "reminders",
        *_row_id("circle"),
        *_int("number"),
        *_text("by"),
        *_big("at"),
        *_text("text"),
        *_text("rrule", nullable=True),
        *_flag("direct", "cancelled"),
        sa.PrimaryKeyConstraint("circle", "number", name="pk_reminders"),
        _refers("reminders", ["by"], ["people.key"]),
        _refers("reminders", ["circle"], ["circles.id"]),
    )
    op.create_table(
        "jobs",
        *_row_id("id", "circle"),
        *_text("kind"),
        *_int("subject"),
        *_big("due"),
        *_flag("done", server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sa.UniqueConstraint(
            "circle", "kind", "subject", "due", name="uq_jobs_circle_kind_subject_due"
        ),
        _refers("jobs", ["circle"], ["circles.id"]),
        sqlite_autoincrement=True,
    )
    _index("ix_jobs_pending", "jobs", ["due"], where="done IS false")


def _ledger() -> None:
    op.create_table(
        "entries",
        *_row_id("id", "circle"),
        *_text("kind"),
        *_big("at"),
        *_text("by"),
        *_big("granted", "asked", "regulated", "invoiced", "paid"),
        *_int("item", nullable=True),
        *_text("nature", "person", "payee", "day", nullable=True),
        *_int("minutes", nullable=True),
        *_big("amount", nullable=True),
        *_flag("pro_bono"),
        *_int("action", "vote", "meeting", "workstream", nullable=True),
        *_text("funder", "period", "number", nullable=True),
        *_row_id("corrects", nullable=True),
        *_text("source", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        _refers("entries", ["by"], ["people.key"]),
        _refers("entries", ["circle", "action"], ["actions.circle", "actions.number"]),
        _refers("entries", ["circle", "meeting"], ["meetings.circle", "meetings.number"]),
        _refers("entries", ["circle", "vote"], ["votes.circle", "votes.number"]),
        _refers("entries", ["circle", "workstream"], ["workstreams.circle", "workstreams.id"]),
        _refers("entries", ["circle"], ["circles.id"]),
        _refers("entries", ["corrects"], ["entries.id"]),
        _refers("entries", ["payee"], ["people.key"]),
        _refers("entries", ["person"], ["people.key"]),
    )
    _index("ix_entries_funder", "entries", ["circle", "funder"], where="funder IS NOT NULL")
    _index("ix_entries_item", "entries", ["circle", "item"], where="item IS NOT NULL")
    _index(
        "ix_entries_regulated",
        "entries",
        ["circle", "vote", "action", "regulated"],
        where="regulated != 0",
    )
    _index(
        "ix_entries_totals",
        "entries",
        ["circle", "at", "granted", "asked", "regulated", "invoiced", "paid"],
    )
    op.create_table(
        "entry_texts",
        *_row_id("entry"),
        *_text("what"),
        sa.PrimaryKeyConstraint("entry", name="pk_entry_texts"),
        _refers("entry_texts", ["entry"], ["entries.id"]),
    )
    op.create_table(
        "items",
        *_row_id("circle"),
        *_int("number"),
        *_text("nature", "person"),
        *_text("payee", nullable=True),
        *_text("declared_by"),
        *_big("declared_at"),
        *_text("day"),
        *_int("minutes", nullable=True),
        *_big("asked", nullable=True),
        *_flag("pro_bono"),
        *_int("action", "vote", nullable=True),
        *_text("state"),
        *_big("regulated", nullable=True),
        *_int("meeting", nullable=True),
        *_text("invoice", nullable=True),
        *_flag("paid"),
        *_row_id("told_by", "last_entry"),
        sa.PrimaryKeyConstraint("circle", "number", name="pk_items"),
        _refers("items", ["circle"], ["circles.id"]),
        _refers("items", ["declared_by"], ["people.key"]),
        _refers("items", ["last_entry"], ["entries.id"]),
        _refers("items", ["payee"], ["people.key"]),
        _refers("items", ["person"], ["people.key"]),
        _refers("items", ["told_by"], ["entries.id"]),
    )
    _index("ix_items_circle_day", "items", ["circle", "day"])
    _index("ix_items_circle_person_day", "items", ["circle", "person", "day"])
    _index("ix_items_circle_state_number", "items", ["circle", "state", "number"])


def _mail() -> None:
    op.create_table(
        "sync_tokens",
        *_text("user_id", "token"),
        sa.PrimaryKeyConstraint("user_id", name="pk_sync_tokens"),
    )
    op.create_table(
        "inbox",
        *_row_id("seq"),
        *_text("event_id", "room_id"),
        *_big("at_ms"),
        *_bytes("payload", nullable=True),
        *_flag("finished"),
        sa.PrimaryKeyConstraint("seq", name="pk_inbox"),
        sa.UniqueConstraint("event_id", name="uq_inbox_event_id"),
    )
    _index("ix_inbox_kept", "inbox", ["at_ms"], where="payload IS NOT NULL")
    _index("ix_inbox_unfinished", "inbox", ["room_id", "seq"], where="finished IS false")
    op.create_table(
        "origins",
        *_text("event_id", "room_id"),
        *_row_id("circle", nullable=True),
        *_text("command"),
        *_text("ref", nullable=True),
        *_text("outcome", "sender"),
        sa.PrimaryKeyConstraint("event_id", name="pk_origins"),
        _refers("origins", ["circle"], ["circles.id"]),
    )
    op.create_table(
        "outbox",
        *_row_id("row"),
        *_text("cause"),
        *_int("ordinal"),
        *_text("txn_id", "lane"),
        *_text("room_id", "to_user", nullable=True),
        *_text("event_type", "content"),
        *_int("after", nullable=True),
        *_text("target", "subject", nullable=True),
        *_flag("scheduled"),
        *_flag("finished", server_default=sa.false()),
        *_big("not_before_ms", server_default="0"),
        *_text("device_id", nullable=True),
        *_big("attempted_ms", nullable=True),
        *_text("event_id", "reason", "file_name", "file_mimetype", nullable=True),
        *_bytes("file_body", nullable=True),
        *_int("file_width", "file_height", nullable=True),
        *_text("file_recipe", nullable=True),
        sa.PrimaryKeyConstraint("row", name="pk_outbox"),
        sa.UniqueConstraint("cause", "ordinal", name="uq_outbox_cause_ordinal"),
        sa.UniqueConstraint("txn_id", name="uq_outbox_txn_id"),
    )
    _index("ix_outbox_event", "outbox", ["event_id"], where="subject IS NOT NULL")
    _index("ix_outbox_subject", "outbox", ["subject", "row"], where="subject IS NOT NULL")
    _index("ix_outbox_waiting", "outbox", ["lane", "scheduled", "row"], where="finished IS false")
    op.create_table(
        "direct_rooms",
        *_text("user_id", "room_id"),
        sa.PrimaryKeyConstraint("user_id", name="pk_direct_rooms"),
    )
    op.create_table(
        "rooms",
        *_text("room_id"),
        *_text("name", nullable=True),
        *_flag("direct", "encrypted"),
        *_text("powers"),
        *_big("default_power", "state_power"),
        sa.PrimaryKeyConstraint("room_id", name="pk_rooms"),
    )
    op.create_table(
        "room_members",
        *_text("room_id", "user_id", "name"),
        sa.PrimaryKeyConstraint("room_id", "user_id", name="pk_room_members"),
    )
    _index("ix_room_members_user", "room_members", ["user_id"])


def _append_only() -> None:
    """The ledger is written once: the database itself refuses to change it."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER entries_refuse_{verb.lower()} BEFORE {verb} ON entries "
                "BEGIN SELECT RAISE(ABORT, 'entries are appended, never changed'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION entries_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'entries are appended, never changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER entries_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON entries "
        "FOR EACH STATEMENT EXECUTE FUNCTION entries_refuse()"
    )
