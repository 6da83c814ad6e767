-- The KOL database (S2): one row an account on a platform; a person may hold several.

CREATE TABLE creator (
    id INTEGER PRIMARY KEY,
    platform TEXT NOT NULL,
    username TEXT NOT NULL,
    member_id INTEGER,
    age_band TEXT,
    gender TEXT,
    niche_1 TEXT,
    niche_2 TEXT,
    content_type TEXT,
    affiliate INTEGER CHECK (affiliate IN (0, 1)),
    city TEXT,
    region TEXT,
    followers INTEGER,
    avg_views INTEGER,
    avg_likes INTEGER,
    avg_comments INTEGER,
    avg_shares INTEGER,
    -- Engagement rates in parts per million, so that filters compare integers.
    engagement_ppm INTEGER,
    reported_engagement_ppm INTEGER,
    contact TEXT,
    contact_hash TEXT,
    source TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (platform, username)
) STRICT;
CREATE INDEX creator_username ON creator (username);
CREATE INDEX creator_member ON creator (member_id) WHERE member_id IS NOT NULL;
CREATE INDEX creator_followers ON creator (followers);
CREATE INDEX creator_niche_1 ON creator (niche_1, followers);
CREATE INDEX creator_niche_2 ON creator (niche_2, followers);

-- A dated snapshot a change of metrics, so that growth can be drawn.
CREATE TABLE creator_snapshot (
    id INTEGER PRIMARY KEY,
    creator_id INTEGER NOT NULL REFERENCES creator (id) ON DELETE CASCADE,
    taken_at INTEGER NOT NULL,
    followers INTEGER,
    avg_views INTEGER,
    avg_likes INTEGER,
    avg_comments INTEGER,
    avg_shares INTEGER,
    source TEXT NOT NULL
) STRICT;
CREATE INDEX creator_snapshot_time ON creator_snapshot (creator_id, taken_at);

-- An uploaded sheet waiting for confirmation, or what became of it.
CREATE TABLE creator_import (
    id INTEGER PRIMARY KEY,
    file_id INTEGER REFERENCES stored_file (id) ON DELETE SET NULL,
    filename TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    platform TEXT NOT NULL,
    actor_id INTEGER,
    state TEXT NOT NULL CHECK (state IN ('preview', 'applied', 'cancelled')),
    added INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;
