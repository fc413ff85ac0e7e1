"""What becomes of each column that names a person: told by !mes-données, gone by !effacer-moi.

Whoever adds such a column has it told and erased, or says here why not.
"""

KEYS_ELSEWHERE = ("votes.electorate", "rounds.held")
"""Columns that hold keys of people without referring to them."""

ACCOUNTS = (
    *("direct_rooms.user_id", "inbox.payload", "names_borne.user_id", "origins.sender"),
    *("outbox.content", "outbox.lane", "outbox.to_user", "profiles.matrix_id"),
    *("room_members.user_id", "rooms.powers", "settings.value"),
)
"""Columns that hold accounts of people."""

BOTS = (
    *("inbox.account", "outbox.account", "direct_rooms.account", "room_accounts.account"),
    "sync_tokens.user_id",
)
"""Accounts of bots: nobody's."""

_COMMON = "what the circle has done is its own, under a key that nothing ties to anybody"
_LEDGER = "the ledger is kept as it was written, as long as the accounts must be"

KEPT = {
    "actions.added_by": _COMMON,
    "action_holders.person": f"of open actions nobody holds them any more; {_COMMON}",
    "action_log.by": _COMMON,
    "attendances.person": f"of what is to come they go; {_COMMON}",
    "attendances.proxy": f"of what is to come they go; {_COMMON}",
    "broadcasts.by": "its text goes once it has left; who may send one is of the configuration",
    "entries.by": _LEDGER,
    "entries.person": _LEDGER,
    "entries.payee": _LEDGER,
    "items.person": _LEDGER,
    "items.payee": _LEDGER,
    "items.declared_by": _LEDGER,
    "meetings.by": _COMMON,
    "questions.by": _COMMON,
    "receipts.by": f"those of others' declarations: {_LEDGER}",
    "rounds.by": "it ends by itself within hours; nothing of it is kept then",
    "rounds.held": "they wait and speak no more; who keeps a codev's frame does until it ends",
    "sessions.opened_by": _COMMON,
    "sessions.closed_by": _COMMON,
    "settings.by": _COMMON,
    "votes.opened_by": _COMMON,
}
"""Columns in which a key may stay after an erasure, and why."""

NOT_TOLD = {
    "outbox.content": "what the bot writes to them stands in their rooms; here it is waiting",
    "outbox.lane": "where a letter waits to leave to",
    "profiles.matrix_id": "told as their profile, read by their account",
    "profiles.person": "told as their profile, read by their account",
    "rooms.powers": "what the homeserver says of the room, as everybody in it sees",
    "rounds.by": "told aloud in the room while it goes on; nothing of it is kept",
    "rounds.held": "told aloud in the room while it goes on; nothing of it is kept",
    "settings.value": "accounts of bots that a circle does not hear, told by !réglages",
}
"""Columns that !mes-données does not read, and why."""

ERASED_OTHERWISE = {
    "inbox.payload": "storage/personal/correspondence.py",
    "outbox.content": "storage/personal/correspondence.py",
    "profiles.matrix_id": "with the profile",
    "rooms.powers": "storage/personal/identities.py",
    "settings.value": "storage/personal/identities.py",
}
"""Columns that no statement compares, as what they hold is decoded."""

PLAIN = {
    "action_log": "source",
    "agenda_points": "source",
    "attendances": "source",
    "ballots": "source",
    "broadcasts": "cause text",
    "chores": "name",
    "circles": "currency folded founder name room_id settings_key",
    "direct_rooms": "room_id",
    "discarded_receipts": "sha256",
    "entries": "source",
    "imports": "digest",
    "instances": "account instance",
    "inbox": "event_id reference room_id",
    "items": "invoice",
    "meetings": "uid",
    "mentions": "day room_id user_id",
    "names_borne": "name room_id",
    "numbers": "kind",
    "origins": "command event_id outcome room_id",
    "outbox": "cause device_id event_id event_type file_body file_mimetype file_name file_recipe "
    "reason room_id target txn_id",
    "people": "key",
    "profiles": "language name",
    "prompts": "answer cause command key origin room_id thread",
    "receipts": "event_id mimetype reason sha256",
    "room_accounts": "room_id",
    "room_members": "name room_id",
    "rooms": "name room_id",
    "sync_tokens": "token",
    "workstreams": "folded",
}
"""Ids, hashes and tokens; names that go with their rows; what a letter held, until it has left."""
