-- Care for the KOL database (S2): tags, notes, blacklist, saved searches, duplicates put together.

-- The account this one turned out to be: its row stays, searches and shortlists skip it.
ALTER TABLE creator ADD COLUMN merged_into INTEGER REFERENCES creator (id) ON DELETE SET NULL;
CREATE INDEX creator_merged ON creator (merged_into) WHERE merged_into IS NOT NULL;
-- Since when the metrics are as they are; kept beside them so that stale ones are found without reading snapshots.
ALTER TABLE creator ADD COLUMN measured_at INTEGER;
UPDATE creator SET measured_at = coalesce(
    (SELECT max(taken_at) FROM creator_snapshot AS snapshot WHERE snapshot.creator_id = creator.id), created_at
);
CREATE INDEX creator_contact ON creator (contact_hash, merged_into) WHERE contact_hash IS NOT NULL;

-- As in 0002, without accounts that turned out to be another: every search says so, and is told by these indexes alone.
-- `merged_into` stands at their end because SQLite takes an index for the whole answer only if it has every column named.
DROP INDEX creator_username;
CREATE INDEX creator_username ON creator (username, platform, followers, merged_into) WHERE merged_into IS NULL;
DROP INDEX creator_followers;
CREATE INDEX creator_followers ON creator (followers DESC, username) WHERE merged_into IS NULL;
DROP INDEX creator_engagement;
CREATE INDEX creator_engagement ON creator (engagement_ppm DESC, username) WHERE merged_into IS NULL;
DROP INDEX creator_views;
CREATE INDEX creator_views ON creator (avg_views DESC, username) WHERE merged_into IS NULL;
DROP INDEX creator_search;
CREATE INDEX creator_search ON creator (
    platform, niche_1, niche_2, content_type, gender, age_band, affiliate, region, city, followers, engagement_ppm,
    avg_views, avg_likes, avg_comments, avg_shares, member_id, username, measured_at, merged_into
) WHERE merged_into IS NULL;

CREATE TABLE creator_tag (
    creator_id INTEGER NOT NULL REFERENCES creator (id) ON DELETE CASCADE,
    tag TEXT NOT NULL CHECK (tag <> ''),  -- lower case
    added_by INTEGER,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (creator_id, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX creator_tag_name ON creator_tag (tag, creator_id);

-- For staff alone: in no deck, export or answer to creators.
CREATE TABLE creator_note (
    id INTEGER PRIMARY KEY,
    creator_id INTEGER NOT NULL REFERENCES creator (id) ON DELETE CASCADE,
    text TEXT NOT NULL CHECK (text <> ''),
    written_by INTEGER,
    written_at INTEGER NOT NULL
) STRICT;
CREATE INDEX creator_note_creator ON creator_note (creator_id, id);

-- One in force an account; those lifted or replaced stay as history.
CREATE TABLE creator_blacklist (
    id INTEGER PRIMARY KEY,
    creator_id INTEGER NOT NULL REFERENCES creator (id) ON DELETE CASCADE,
    reason TEXT NOT NULL CHECK (reason <> ''),
    expires_at INTEGER,  -- the first second it no longer counts; NULL: until it is lifted
    listed_by INTEGER,
    listed_at INTEGER NOT NULL,
    lifted_by INTEGER,
    lifted_at INTEGER,
    CHECK (expires_at IS NULL OR expires_at > listed_at)
) STRICT;
CREATE UNIQUE INDEX creator_blacklist_open ON creator_blacklist (creator_id) WHERE lifted_at IS NULL;
CREATE INDEX creator_blacklist_creator ON creator_blacklist (creator_id, id);

CREATE TABLE saved_search (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,  -- the name without case, by which it is the same name
    owner_id INTEGER NOT NULL,
    shared INTEGER NOT NULL CHECK (shared IN (0, 1)),  -- 1: the whole team sees it
    query TEXT NOT NULL,  -- JSON: what is asked for
    sort TEXT NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX saved_search_shared ON saved_search (folded) WHERE shared = 1;
CREATE UNIQUE INDEX saved_search_own ON saved_search (owner_id, folded) WHERE shared = 0;

-- Two rows that turned out to be one: `renamed` hides the one, `person` only says that both belong to one person.
CREATE TABLE creator_merge (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('renamed', 'person')),
    kept_id INTEGER NOT NULL REFERENCES creator (id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES creator (id) ON DELETE CASCADE,
    moved TEXT NOT NULL DEFAULT '{}',  -- JSON: what went over, so that it can go back
    merged_by INTEGER,
    merged_at INTEGER NOT NULL,
    undone_by INTEGER,
    undone_at INTEGER,
    CHECK (kept_id <> other_id)
) STRICT;
CREATE UNIQUE INDEX creator_merge_renamed ON creator_merge (other_id) WHERE undone_at IS NULL AND kind = 'renamed';
CREATE UNIQUE INDEX creator_merge_pair ON creator_merge (min(kept_id, other_id), max(kept_id, other_id))
    WHERE undone_at IS NULL;
CREATE INDEX creator_merge_kept ON creator_merge (kept_id) WHERE undone_at IS NULL;
CREATE INDEX creator_merge_other ON creator_merge (other_id) WHERE undone_at IS NULL;

-- Pairs somebody looked at and said are two: not proposed again.
CREATE TABLE creator_distinct (
    low_id INTEGER NOT NULL REFERENCES creator (id) ON DELETE CASCADE,
    high_id INTEGER NOT NULL REFERENCES creator (id) ON DELETE CASCADE,
    said_by INTEGER,
    said_at INTEGER NOT NULL,
    PRIMARY KEY (low_id, high_id),
    CHECK (low_id < high_id)
) STRICT, WITHOUT ROWID;
