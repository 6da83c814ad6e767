-- Giveaways (S9): prizes by lot, drawn so that anyone can check it (bot/giveaways/verify_draw.py has the rule).

CREATE TABLE giveaway (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    prize TEXT NOT NULL,
    amount INTEGER CHECK (amount > 0),  -- whole rupiah for each winner; NULL where the prize is no money
    winners INTEGER NOT NULL CHECK (winners > 0),
    ends_at INTEGER,
    lasts INTEGER CHECK (lasts > 0),  -- seconds from its post, for one that waits in the calendar
    claim_days INTEGER NOT NULL CHECK (claim_days > 0),
    role_id INTEGER,
    registered INTEGER NOT NULL DEFAULT 0 CHECK (registered IN (0, 1)),
    member_days INTEGER CHECK (member_days > 0),
    follow TEXT,
    niches TEXT NOT NULL DEFAULT '[]',  -- JSON list; empty means any
    legal_kind TEXT CHECK (legal_kind IN ('draw', 'contest')),
    permit TEXT,
    reminded_at INTEGER,  -- when staff were shown the legal reminder and chose
    state TEXT NOT NULL CHECK (state IN ('draft', 'scheduled', 'open', 'ended', 'cancelled')),
    revision INTEGER NOT NULL DEFAULT 1,  -- counts edits: what is posted is what was previewed
    channel_id INTEGER,
    extra TEXT,  -- JSON message of the calendar that is posted together with it
    commitment TEXT,
    seed TEXT,  -- encrypted; revealed by the bot once it has ended
    announcement_id INTEGER REFERENCES outbox_message (id) ON DELETE SET NULL,
    entries_sha256 TEXT,
    entry_count INTEGER,
    created_by INTEGER,
    created_at INTEGER NOT NULL,
    opened_at INTEGER,
    ended_at INTEGER,
    ended_by INTEGER,  -- NULL when its time ended it
    CHECK (state IN ('draft', 'scheduled', 'cancelled') OR legal_kind IS NOT NULL),
    CHECK (state IN ('draft', 'scheduled', 'cancelled') OR (commitment IS NOT NULL AND seed IS NOT NULL
        AND ends_at IS NOT NULL AND channel_id IS NOT NULL)),
    CHECK ((state = 'ended') = (entries_sha256 IS NOT NULL)),
    CHECK ((entries_sha256 IS NULL) = (entry_count IS NULL))
) STRICT;
CREATE INDEX giveaway_state ON giveaway (state, ends_at);

-- One a member. `code` is known to them alone; `entry_hash` is all that is published.
CREATE TABLE giveaway_entry (
    giveaway_id INTEGER NOT NULL REFERENCES giveaway (id),
    member_id INTEGER NOT NULL,  -- a Discord user id; not every one of them has been seen joining the server
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    entry_hash TEXT NOT NULL,
    follow_declared INTEGER NOT NULL DEFAULT 0 CHECK (follow_declared IN (0, 1)),
    joined_at INTEGER NOT NULL,
    PRIMARY KEY (giveaway_id, member_id)
) STRICT, WITHOUT ROWID;

-- The list as it was published: redraws go by it whatever becomes of the entries.
CREATE TABLE giveaway_list (
    giveaway_id INTEGER PRIMARY KEY REFERENCES giveaway (id),
    entries TEXT NOT NULL  -- sorted hashes, one a line
) STRICT;

-- Picks in order; a later round replaces picks that were dropped, and says why.
CREATE TABLE giveaway_pick (
    giveaway_id INTEGER NOT NULL REFERENCES giveaway (id),
    number INTEGER NOT NULL CHECK (number > 0),
    round INTEGER NOT NULL CHECK (round > 0),
    entry_hash TEXT NOT NULL,
    member_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    reason TEXT,  -- why there was a round after the first
    picked_at INTEGER NOT NULL,
    picked_by INTEGER,
    dropped_at INTEGER,
    PRIMARY KEY (giveaway_id, number),
    UNIQUE (giveaway_id, member_id),
    CHECK ((round = 1) = (reason IS NULL))
) STRICT;
