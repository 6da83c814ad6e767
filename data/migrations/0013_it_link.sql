-- The link to IT's own system: what goes out to it, and what it sent.

-- One row an entry of a ticket's log. The body is kept as it is first written, so that every attempt sends the same.
CREATE TABLE it_delivery (
    id INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL UNIQUE REFERENCES ticket_entry (id),
    ticket_id INTEGER NOT NULL REFERENCES ticket (id),
    event_id TEXT NOT NULL UNIQUE,  -- the idempotency key
    body TEXT NOT NULL,  -- JSON, masked
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'accepted', 'dead')),
    attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    due_at INTEGER NOT NULL,
    trying_since INTEGER NOT NULL,  -- created, or last put back by hand
    failure TEXT NOT NULL DEFAULT '',  -- of the last attempt
    created_at INTEGER NOT NULL,
    finished_at INTEGER,
    CHECK ((state = 'pending') = (finished_at IS NULL))
) STRICT;
CREATE INDEX it_delivery_lane ON it_delivery (ticket_id, id) WHERE state = 'pending';
CREATE INDEX it_delivery_left ON it_delivery (state, id) WHERE state <> 'accepted';
CREATE INDEX it_delivery_accepted ON it_delivery (finished_at) WHERE state = 'accepted';

-- Answers of IT's system by the ids it gave them. The digest tells a repetition from an id used twice.
CREATE TABLE it_inbox (
    external_id TEXT PRIMARY KEY,
    ticket_id INTEGER NOT NULL REFERENCES ticket (id),
    digest TEXT NOT NULL,
    received_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
