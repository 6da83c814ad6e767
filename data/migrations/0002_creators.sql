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
    -- Averages have up to two decimals (20,5 comments): rounded, they would give another engagement rate.
    avg_views REAL,
    avg_likes REAL,
    avg_comments REAL,
    avg_shares REAL,
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
CREATE INDEX creator_username ON creator (username, platform, followers);
CREATE INDEX creator_member ON creator (member_id) WHERE member_id IS NOT NULL;
-- In the order of each sort, so that a page of everyone is read without sorting or touching the rows before it.
CREATE INDEX creator_followers ON creator (followers DESC, username);
CREATE INDEX creator_engagement ON creator (engagement_ppm DESC, username);
CREATE INDEX creator_views ON creator (avg_views DESC, username);
-- Every column that filters: counting any combination reads this narrow index, not the rows with their long contacts.
CREATE INDEX creator_search ON creator (
    platform, niche_1, niche_2, content_type, gender, age_band, affiliate, region, city, followers, engagement_ppm,
    avg_views, avg_likes, avg_comments, avg_shares, member_id, username
);

-- Usernames by every three letters in a row, for finding them by a part from the middle.
CREATE VIRTUAL TABLE creator_name USING fts5 (
    username, content = 'creator', content_rowid = 'id', tokenize = 'trigram', detail = 'none'
);
CREATE TRIGGER creator_name_added AFTER INSERT ON creator
BEGIN
    INSERT INTO creator_name (rowid, username) VALUES (new.id, new.username);
END;
CREATE TRIGGER creator_name_gone AFTER DELETE ON creator
BEGIN
    INSERT INTO creator_name (creator_name, rowid, username) VALUES ('delete', old.id, old.username);
END;
CREATE TRIGGER creator_name_changed AFTER UPDATE OF username ON creator
BEGIN
    INSERT INTO creator_name (creator_name, rowid, username) VALUES ('delete', old.id, old.username);
    INSERT INTO creator_name (rowid, username) VALUES (new.id, new.username);
END;

-- A dated snapshot a change of metrics, so that growth can be drawn.
CREATE TABLE creator_snapshot (
    id INTEGER PRIMARY KEY,
    creator_id INTEGER NOT NULL REFERENCES creator (id) ON DELETE CASCADE,
    taken_at INTEGER NOT NULL,
    followers INTEGER,
    avg_views REAL,
    avg_likes REAL,
    avg_comments REAL,
    avg_shares REAL,
    source TEXT NOT NULL
) STRICT;
CREATE INDEX creator_snapshot_time ON creator_snapshot (creator_id, taken_at);

-- An uploaded sheet waiting for confirmation, or what became of it.
CREATE TABLE creator_import (
    id INTEGER PRIMARY KEY,
    file_id INTEGER REFERENCES stored_file (id) ON DELETE SET NULL,
    filename TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    -- As chosen by the person; NULL where the sheet names it itself.
    platform TEXT,
    actor_id INTEGER,
    state TEXT NOT NULL CHECK (state IN ('preview', 'applied', 'cancelled')),
    added INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;
