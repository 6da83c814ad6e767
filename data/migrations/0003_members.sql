-- People in the server, and their way from joining to being a registered creator (S8).

CREATE TABLE member (
    id INTEGER PRIMARY KEY,  -- the Discord user id
    display_name TEXT NOT NULL,
    number INTEGER NOT NULL UNIQUE,  -- "kreator ke-12": the order of first joining
    joined_at INTEGER NOT NULL,
    left_at INTEGER,
    times_joined INTEGER NOT NULL DEFAULT 1,
    rules_accepted_at INTEGER,
    registered_at INTEGER
) STRICT;

CREATE TABLE registration (
    id INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL REFERENCES member (id),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'rejected', 'withdrawn')),
    creator_id INTEGER REFERENCES creator (id),
    platform TEXT NOT NULL,
    username TEXT NOT NULL,
    age_band TEXT NOT NULL,
    gender TEXT NOT NULL,
    niches TEXT NOT NULL,  -- JSON list
    city TEXT NOT NULL,
    region TEXT NOT NULL,
    followers INTEGER,
    avg_views INTEGER,
    avg_likes INTEGER,
    avg_comments INTEGER,
    avg_shares INTEGER,
    contact TEXT NOT NULL,  -- encrypted
    insight_file_id INTEGER REFERENCES stored_file (id) ON DELETE SET NULL,
    proof_code TEXT,  -- set when the username is already known: shown in the account's bio as proof
    proof_file_id INTEGER REFERENCES stored_file (id) ON DELETE SET NULL,
    consent_version TEXT NOT NULL,
    consent_at INTEGER NOT NULL,
    reason TEXT,
    decided_by INTEGER,
    decided_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX registration_member ON registration (member_id, created_at);
CREATE INDEX registration_state ON registration (state, created_at);
-- One open registration a member and account at a time.
CREATE UNIQUE INDEX registration_open ON registration (member_id, platform, username) WHERE state = 'waiting';
