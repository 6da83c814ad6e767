-- Foundation: what every area stands on. Instants are whole seconds UTC, money is whole rupiah.

CREATE TABLE app_state (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Roles and channels that /pengaturan found or made, by what they are for.
CREATE TABLE server_place (
    kind TEXT NOT NULL CHECK (kind IN ('role', 'channel')),
    key TEXT NOT NULL,
    discord_id INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT;

CREATE TABLE audit_entry (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor_id INTEGER,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id INTEGER,
    details TEXT NOT NULL DEFAULT '{}',
    interaction_id INTEGER
) STRICT;
CREATE INDEX audit_entry_subject ON audit_entry (subject_kind, subject_id);
CREATE INDEX audit_entry_actor ON audit_entry (actor_id, at);
CREATE TRIGGER audit_entry_never_changes BEFORE UPDATE ON audit_entry
BEGIN
    SELECT RAISE(ABORT, 'audit entries are append-only');
END;
CREATE TRIGGER audit_entry_never_goes BEFORE DELETE ON audit_entry
BEGIN
    SELECT RAISE(ABORT, 'audit entries are append-only');
END;

-- Messages that must reach Discord. `lane` keeps order: one message of a lane is under way at a time.
CREATE TABLE outbox_message (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    lane TEXT NOT NULL,
    payload TEXT NOT NULL,
    dedupe_key TEXT UNIQUE,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sending', 'sent', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    attempted_at INTEGER,
    finished_at INTEGER,
    channel_id INTEGER,
    message_id INTEGER,
    failure TEXT
) STRICT;
CREATE INDEX outbox_message_open ON outbox_message (lane, id) WHERE state IN ('pending', 'sending');
CREATE INDEX outbox_message_sent ON outbox_message (message_id) WHERE message_id IS NOT NULL;

-- One row a thing that falls due. Done rows stay for the record; the partial index keeps looking cheap.
CREATE TABLE due_item (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'cancelled', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    finished_at INTEGER,
    UNIQUE (kind, subject_id, due_at)
) STRICT;
CREATE INDEX due_item_waiting ON due_item (due_at) WHERE state = 'waiting';

CREATE TABLE recurring_job (
    name TEXT PRIMARY KEY,
    next_at INTEGER NOT NULL
) STRICT;

-- Uploads. `content` is encrypted: sheets hold contacts, screenshots hold faces.
CREATE TABLE stored_file (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    filename TEXT NOT NULL,
    kind TEXT NOT NULL,
    content BLOB NOT NULL,
    owner_id INTEGER,
    created_at INTEGER NOT NULL,
    expires_at INTEGER
) STRICT;
CREATE INDEX stored_file_expiry ON stored_file (expires_at) WHERE expires_at IS NOT NULL;

-- What somebody typed into a form that was refused, so that nothing is typed twice. `answers` is encrypted JSON.
CREATE TABLE form_draft (
    id INTEGER PRIMARY KEY,
    owner_id INTEGER NOT NULL,
    form TEXT NOT NULL,
    answers TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (owner_id, form)
) STRICT;

-- A list somebody pages through: what was asked, so that its buttons work after any restart.
CREATE TABLE kept_query (
    id INTEGER PRIMARY KEY,
    owner_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    query TEXT NOT NULL,  -- JSON
    created_at INTEGER NOT NULL
) STRICT;
