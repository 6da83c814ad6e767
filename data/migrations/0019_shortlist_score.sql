-- Shortlists that staff work on (S5): versions kept, weights and marks of their own, a budget to fit.

-- One row a version; shortlist.revision names the present one. What is asked for and how it is weighed belong to it.
CREATE TABLE shortlist_version (
    shortlist_id INTEGER NOT NULL REFERENCES shortlist (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL CHECK (revision > 0),
    title TEXT NOT NULL,
    criteria TEXT NOT NULL,  -- JSON: what was asked for
    weights TEXT NOT NULL,  -- JSON: [criterion, points] each, together 100
    considered INTEGER NOT NULL CHECK (considered >= 0),  -- accounts of the database that were judged
    matching INTEGER NOT NULL CHECK (matching >= considered),  -- accounts that met what was asked for
    cause TEXT NOT NULL CHECK (cause IN ('built', 'rebuilt', 'weights')),
    built_by INTEGER,
    built_at INTEGER NOT NULL,
    PRIMARY KEY (shortlist_id, revision)
) STRICT;
INSERT INTO shortlist_version
    SELECT id, revision, title, criteria, weights, considered, matching, 'built', created_by, built_at FROM shortlist;

-- Entries of every version. Those of earlier versions never change; those of the present one follow what staff mark.
CREATE TABLE shortlist_line (
    shortlist_id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    creator_id INTEGER NOT NULL REFERENCES creator (id) ON DELETE CASCADE,
    application_id INTEGER REFERENCES application (id) ON DELETE SET NULL,  -- NULL: from the database
    position INTEGER NOT NULL CHECK (position > 0),
    rank INTEGER CHECK (rank > 0),  -- NULL: out, dropped or for the reasons in `unmet`
    score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100),
    points TEXT NOT NULL,  -- JSON: [criterion, gained, weight, reason] each
    unmet TEXT NOT NULL DEFAULT '[]',  -- JSON: requirements that are not met, one sentence each: shown, not hidden
    barred INTEGER NOT NULL DEFAULT 0 CHECK (barred IN (0, 1)),  -- blacklisted: no pin brings them in
    flags TEXT NOT NULL DEFAULT '[]',  -- JSON: short names of what needs a look
    -- The figures as they were judged; the account's own may move on.
    followers INTEGER,
    engagement_ppm INTEGER,
    rate INTEGER CHECK (rate >= 0),  -- whole rupiah, as it was known then; NULL: not known
    rate_source TEXT CHECK (rate_source IN ('application', 'fee', 'earlier')),
    -- What staff marked, as it stood in this version.
    staff_rate INTEGER CHECK (staff_rate >= 0),
    pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
    dropped TEXT,  -- the reason
    note TEXT,
    place INTEGER CHECK (place > 0),  -- the rank staff gave
    PRIMARY KEY (shortlist_id, revision, creator_id),
    FOREIGN KEY (shortlist_id, revision) REFERENCES shortlist_version (shortlist_id, revision) ON DELETE CASCADE,
    CHECK (rank IS NULL OR (dropped IS NULL AND barred = 0))
) STRICT;
INSERT INTO shortlist_line (shortlist_id, revision, creator_id, application_id, position, rank, score, points, unmet,
    flags, followers, engagement_ppm, rate, rate_source)
    SELECT shortlist_id, shortlist.revision, creator_id, application_id, position, rank, score, points, excluded,
        flags, followers, engagement_ppm, rate, iif(rate IS NULL, NULL, 'application')
    FROM shortlist_entry JOIN shortlist ON shortlist.id = shortlist_id;
DROP TABLE shortlist_entry;
ALTER TABLE shortlist_line RENAME TO shortlist_entry;
CREATE INDEX shortlist_entry_position ON shortlist_entry (shortlist_id, revision, position);
CREATE INDEX shortlist_entry_creator ON shortlist_entry (creator_id);
CREATE INDEX shortlist_entry_application ON shortlist_entry (application_id) WHERE application_id IS NOT NULL;

-- What staff decided about a creator of a shortlist: it outlives every rebuilding.
CREATE TABLE shortlist_mark (
    shortlist_id INTEGER NOT NULL REFERENCES shortlist (id) ON DELETE CASCADE,
    creator_id INTEGER NOT NULL REFERENCES creator (id) ON DELETE CASCADE,
    pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
    dropped TEXT CHECK (dropped <> ''),
    note TEXT CHECK (note <> ''),
    rate INTEGER CHECK (rate >= 0),  -- whole rupiah, as agreed or quoted outside Discord
    place INTEGER CHECK (place > 0),
    placed_at INTEGER,  -- of two with one place, the later gets it
    changed_by INTEGER,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (shortlist_id, creator_id),
    CHECK (dropped IS NULL OR (pinned = 0 AND place IS NULL)),
    CHECK ((place IS NULL) = (placed_at IS NULL))
) STRICT;
CREATE INDEX shortlist_mark_creator ON shortlist_mark (creator_id);

ALTER TABLE shortlist DROP COLUMN matching;
ALTER TABLE shortlist DROP COLUMN considered;
ALTER TABLE shortlist DROP COLUMN weights;
ALTER TABLE shortlist DROP COLUMN criteria;
ALTER TABLE shortlist ADD COLUMN own_weights TEXT;  -- JSON as in shortlist_version; NULL: the defaults
ALTER TABLE shortlist ADD COLUMN brief_id INTEGER;  -- the brief it was built from, if any
ALTER TABLE shortlist ADD COLUMN budget INTEGER CHECK (budget > 0);  -- whole rupiah: what was fitted last, or the brief's
ALTER TABLE shortlist ADD COLUMN slots INTEGER CHECK (slots > 0);
