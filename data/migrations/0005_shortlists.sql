-- Shortlists (S5): applicants and database rows side by side, with the score that put them there.

CREATE TABLE shortlist (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    campaign_id INTEGER REFERENCES campaign (id),
    criteria TEXT NOT NULL,  -- JSON: what was asked for, and the weights
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX shortlist_campaign ON shortlist (campaign_id) WHERE campaign_id IS NOT NULL;

CREATE TABLE shortlist_entry (
    shortlist_id INTEGER NOT NULL REFERENCES shortlist (id) ON DELETE CASCADE,
    creator_id INTEGER NOT NULL REFERENCES creator (id),
    application_id INTEGER REFERENCES application (id),
    position INTEGER NOT NULL,
    score INTEGER NOT NULL,  -- 0 to 100
    points TEXT NOT NULL,  -- JSON: points and reason a criterion
    excluded_reason TEXT,  -- set when out: shown, not hidden
    PRIMARY KEY (shortlist_id, creator_id)
) STRICT;
