-- Shortlists (S5): applicants and database rows side by side, with the score that put them there.

CREATE TABLE shortlist (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    campaign_id INTEGER UNIQUE REFERENCES campaign (id) ON DELETE CASCADE,  -- a campaign has one, built anew at will
    criteria TEXT NOT NULL,  -- JSON: what was asked for
    weights TEXT NOT NULL,  -- JSON: [criterion, points] each, together 100
    considered INTEGER NOT NULL CHECK (considered >= 0),  -- accounts of the database that were judged
    matching INTEGER NOT NULL CHECK (matching >= considered),  -- accounts that met what was asked for
    revision INTEGER NOT NULL DEFAULT 1,
    created_by INTEGER,
    created_at INTEGER NOT NULL,
    built_at INTEGER NOT NULL
) STRICT;
CREATE INDEX shortlist_built ON shortlist (built_at);

CREATE TABLE shortlist_entry (
    shortlist_id INTEGER NOT NULL REFERENCES shortlist (id) ON DELETE CASCADE,
    creator_id INTEGER NOT NULL REFERENCES creator (id) ON DELETE CASCADE,
    application_id INTEGER REFERENCES application (id) ON DELETE SET NULL,  -- NULL: from the database
    position INTEGER NOT NULL CHECK (position > 0),
    rank INTEGER CHECK (rank > 0),  -- NULL: out, for the reasons in `excluded`
    score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100),
    points TEXT NOT NULL,  -- JSON: [criterion, gained, weight, reason] each
    excluded TEXT NOT NULL DEFAULT '[]',  -- JSON: reasons, one sentence each: shown, not hidden
    flags TEXT NOT NULL DEFAULT '[]',  -- JSON: short names of what needs a look
    -- The figures as they were judged; the account's own may move on.
    followers INTEGER,
    engagement_ppm INTEGER,
    rate INTEGER CHECK (rate >= 0),  -- what the applicant asked, in whole rupiah; NULL: not known
    PRIMARY KEY (shortlist_id, creator_id),
    UNIQUE (shortlist_id, position),
    CHECK ((rank IS NULL) = (excluded <> '[]'))
) STRICT;
CREATE INDEX shortlist_entry_creator ON shortlist_entry (creator_id);
CREATE INDEX shortlist_entry_application ON shortlist_entry (application_id) WHERE application_id IS NOT NULL;
