-- The content calendar (S9): what appears where and when, and the sheets it came from.

-- Which channel serves a Section of the sheet; `key` is the name without case, spaces and signs.
CREATE TABLE calendar_section (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    channel_id INTEGER NOT NULL
) STRICT;

-- An uploaded sheet that waits for confirmation, or what became of it.
CREATE TABLE calendar_import (
    id INTEGER PRIMARY KEY,
    file_id INTEGER REFERENCES stored_file (id) ON DELETE SET NULL,
    filename TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    actor_id INTEGER,
    year INTEGER,  -- NULL until somebody has said which
    minute INTEGER CHECK (minute BETWEEN 0 AND 1439),  -- the default hour, in minutes of the day (WIB)
    decisions TEXT NOT NULL DEFAULT '{}',  -- JSON: what a person decided, by row
    state TEXT NOT NULL CHECK (state IN ('preview', 'applied', 'cancelled')),
    added INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;

-- Entries that come again: the pattern; each time it comes is an entry of its own, made some weeks ahead.
CREATE TABLE calendar_series (
    id INTEGER PRIMARY KEY,
    pattern TEXT NOT NULL CHECK (pattern IN ('daily', 'weekly', 'biweekly', 'monthly')),
    starts_on TEXT NOT NULL,  -- ISO date (WIB) of the first time
    until TEXT NOT NULL,      -- ISO date of the last possible one
    made_until TEXT NOT NULL, -- ISO date up to which entries exist
    stopped_at INTEGER,
    created_by INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX calendar_series_open ON calendar_series (made_until) WHERE stopped_at IS NULL;

CREATE TABLE calendar_entry (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('draft', 'scheduled', 'posted', 'missed', 'cancelled', 'done')),
    due_at INTEGER NOT NULL,
    grace_seconds INTEGER NOT NULL CHECK (grace_seconds BETWEEN 0 AND 604800),
    focus TEXT NOT NULL CHECK (focus IN ('engagement', 'acquisition')),
    media TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('post', 'quiz', 'giveaway')),
    section TEXT NOT NULL DEFAULT '',
    channel_id INTEGER,
    title TEXT NOT NULL,
    caption TEXT NOT NULL DEFAULT '',
    big_words TEXT NOT NULL DEFAULT '',
    content TEXT NOT NULL DEFAULT '',
    strategy TEXT NOT NULL DEFAULT '',
    directive TEXT NOT NULL DEFAULT '',
    reference TEXT NOT NULL DEFAULT '',
    questions TEXT NOT NULL DEFAULT '[]',  -- JSON list of {number, text, answers}
    prize TEXT NOT NULL DEFAULT '',
    prize_amount INTEGER CHECK (prize_amount > 0),  -- whole rupiah for each winner
    winners INTEGER CHECK (winners > 0),
    legal TEXT CHECK (legal IN ('draw', 'contest')),  -- what staff say a giveaway is before the law
    permit TEXT NOT NULL DEFAULT '',
    target INTEGER CHECK (target > 0),  -- participants hoped for
    image_file_id INTEGER REFERENCES stored_file (id) ON DELETE SET NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    series_id INTEGER REFERENCES calendar_series (id),
    occurrence TEXT,  -- ISO date: which time of the series
    source_hash TEXT,     -- the sheet's row without its number: the same row never becomes two entries
    source_number TEXT,
    source_due_at INTEGER,
    activity_id INTEGER,  -- the quiz or giveaway that began with it
    outbox_id INTEGER REFERENCES outbox_message (id) ON DELETE SET NULL,
    link TEXT UNIQUE,
    reached INTEGER CHECK (reached >= 0),
    took_part INTEGER CHECK (took_part >= 0),
    spent INTEGER CHECK (spent >= 0),  -- whole rupiah
    reason TEXT NOT NULL DEFAULT '',
    created_by INTEGER,
    created_at INTEGER NOT NULL,
    posted_at INTEGER,
    settled_at INTEGER,
    settled_by INTEGER,
    CHECK (state <> 'scheduled' OR media <> 'community' OR channel_id IS NOT NULL),
    CHECK ((series_id IS NULL) = (occurrence IS NULL)),
    UNIQUE (series_id, occurrence)
) STRICT;
CREATE INDEX calendar_entry_due ON calendar_entry (due_at);
CREATE INDEX calendar_entry_open ON calendar_entry (due_at) WHERE state IN ('draft', 'scheduled', 'missed');
CREATE UNIQUE INDEX calendar_entry_source ON calendar_entry (source_hash) WHERE source_hash IS NOT NULL;
