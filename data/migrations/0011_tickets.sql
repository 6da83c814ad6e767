-- Help desk (S12): tickets, what was said and done in them, and the private threads they are held in.

-- Private threads the bot keeps, by what they are for (`ticket:12`). Discord's id is learnt when the thread was made.
CREATE TABLE kept_thread (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    parent_id INTEGER NOT NULL,  -- the channel it hangs below
    name TEXT NOT NULL,
    thread_id INTEGER UNIQUE,
    -- How it should be.
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)),
    read_up_to INTEGER NOT NULL DEFAULT 0,  -- what people wrote up to this Discord message was taken in
    lost_at INTEGER,  -- deleted by hand
    created_at INTEGER NOT NULL
) STRICT;

-- What each stage asks; staff edit these rows. The first ones come from data/ticket_stages.json.
CREATE TABLE ticket_question (
    id INTEGER PRIMARY KEY,
    stage TEXT NOT NULL CHECK (stage IN ('registration', 'apply', 'posting', 'withdrawal', 'other')),
    position INTEGER NOT NULL,
    label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 45),
    hint TEXT NOT NULL DEFAULT '',
    required INTEGER NOT NULL DEFAULT 1 CHECK (required IN (0, 1)),
    paragraph INTEGER NOT NULL DEFAULT 0 CHECK (paragraph IN (0, 1)),
    removed_at INTEGER
) STRICT;
CREATE INDEX ticket_question_stage ON ticket_question (stage, position) WHERE removed_at IS NULL;

CREATE TABLE incident (
    id INTEGER PRIMARY KEY,
    stage TEXT NOT NULL CHECK (stage IN ('registration', 'apply', 'posting', 'withdrawal', 'other')),
    title TEXT NOT NULL,
    message TEXT NOT NULL,  -- what creators read when they ask about it
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    opened_by INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER,
    conclusion TEXT,
    CHECK ((state = 'closed') = (closed_at IS NOT NULL AND conclusion IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX incident_open ON incident (stage) WHERE state = 'open';

CREATE TABLE ticket (
    id INTEGER PRIMARY KEY,  -- the number people read: #12
    creator_id INTEGER NOT NULL,  -- Discord user id
    creator_name TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('registration', 'apply', 'posting', 'withdrawal', 'other')),
    priority TEXT NOT NULL CHECK (priority IN ('urgent', 'high', 'medium', 'low')),
    state TEXT NOT NULL CHECK (
        state IN ('new', 'forwarded', 'in_progress', 'waiting', 'resolved', 'closed', 'reopened')
    ),
    summary TEXT NOT NULL,  -- one line, masked
    form TEXT NOT NULL,  -- JSON: [{"question": ..., "answer": ...}], masked; not private: masked by rule
    assignee_id INTEGER,
    incident_id INTEGER REFERENCES incident (id),
    merged_into INTEGER REFERENCES ticket (id),
    kept_thread_id INTEGER REFERENCES kept_thread (id),
    header_id INTEGER REFERENCES outbox_message (id) ON DELETE SET NULL,
    desk_id INTEGER REFERENCES outbox_message (id) ON DELETE SET NULL,  -- its card in IT's channel
    conclusion TEXT,
    cause TEXT,  -- staff's word for what it was, for statistics
    -- The SLA clock: working seconds used up while it ran before, and since when it runs now (NULL: stopped).
    clock_used INTEGER NOT NULL DEFAULT 0 CHECK (clock_used >= 0),
    clock_since INTEGER,
    response_due_at INTEGER,  -- NULL once answered
    resolution_due_at INTEGER,  -- NULL while the clock stands
    breached_response INTEGER NOT NULL DEFAULT 0 CHECK (breached_response IN (0, 1)),
    breached_resolution INTEGER NOT NULL DEFAULT 0 CHECK (breached_resolution IN (0, 1)),
    escalated_at INTEGER,
    opened_at INTEGER NOT NULL,
    first_response_at INTEGER,
    resolved_at INTEGER,
    closed_at INTEGER,
    last_creator_at INTEGER NOT NULL,
    last_staff_at INTEGER,
    stars INTEGER CHECK (stars BETWEEN 1 AND 5),
    comment TEXT,
    creator_left_at INTEGER,
    CHECK (state NOT IN ('resolved') OR conclusion IS NOT NULL),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL))
) STRICT;
CREATE INDEX ticket_creator ON ticket (creator_id, id);
CREATE INDEX ticket_open ON ticket (state, resolution_due_at) WHERE state NOT IN ('resolved', 'closed');
CREATE INDEX ticket_stage ON ticket (stage, opened_at);
CREATE INDEX ticket_incident ON ticket (incident_id) WHERE incident_id IS NOT NULL;
CREATE INDEX ticket_assignee ON ticket (assignee_id) WHERE assignee_id IS NOT NULL;
CREATE INDEX ticket_opened ON ticket (opened_at);
CREATE INDEX ticket_thread ON ticket (kept_thread_id) WHERE kept_thread_id IS NOT NULL;

-- Everything said and done in a ticket, in order. Its id is the idempotency key towards IT's own system.
CREATE TABLE ticket_entry (
    id INTEGER PRIMARY KEY,
    ticket_id INTEGER NOT NULL REFERENCES ticket (id),
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    author TEXT NOT NULL CHECK (author IN ('creator', 'staff', 'it', 'system')),
    author_id INTEGER,
    author_name TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',  -- masked
    internal INTEGER NOT NULL DEFAULT 0 CHECK (internal IN (0, 1)),  -- never reaches the creator
    from_state TEXT,
    to_state TEXT,
    discord_message_id INTEGER UNIQUE,
    external_id TEXT UNIQUE  -- IT's own id of what it sent
) STRICT;
CREATE INDEX ticket_entry_ticket ON ticket_entry (ticket_id, id);
CREATE TRIGGER ticket_entry_never_goes BEFORE DELETE ON ticket_entry
BEGIN
    SELECT RAISE(ABORT, 'ticket entries are kept');
END;

CREATE TABLE ticket_file (
    entry_id INTEGER NOT NULL REFERENCES ticket_entry (id),
    file_id INTEGER NOT NULL REFERENCES stored_file (id) ON DELETE CASCADE,
    PRIMARY KEY (entry_id, file_id)
) STRICT, WITHOUT ROWID;

-- Copies kept of closed tickets: the creator's, and staff's with the notes in it. Made anew when entries were added.
CREATE TABLE ticket_transcript (
    ticket_id INTEGER NOT NULL REFERENCES ticket (id),
    staff INTEGER NOT NULL CHECK (staff IN (0, 1)),
    last_entry_id INTEGER NOT NULL,
    file_id INTEGER NOT NULL REFERENCES stored_file (id) ON DELETE CASCADE,
    PRIMARY KEY (ticket_id, staff)
) STRICT, WITHOUT ROWID;
