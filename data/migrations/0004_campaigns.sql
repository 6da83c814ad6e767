-- Campaigns and applications (S8).

CREATE TABLE campaign (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    brand TEXT NOT NULL,
    brief TEXT NOT NULL,
    slots INTEGER NOT NULL CHECK (slots > 0),
    reward_kind TEXT NOT NULL CHECK (reward_kind IN ('fee', 'barter')),
    fee INTEGER CHECK (fee >= 0),  -- whole rupiah
    barter TEXT,
    deadline_at INTEGER NOT NULL,
    platforms TEXT NOT NULL DEFAULT '[]',  -- JSON lists; empty means any
    niches TEXT NOT NULL DEFAULT '[]',
    regions TEXT NOT NULL DEFAULT '[]',
    tiers TEXT NOT NULL DEFAULT '[]',
    min_followers INTEGER,
    max_followers INTEGER,
    min_engagement_ppm INTEGER,
    image_file_id INTEGER REFERENCES stored_file (id) ON DELETE SET NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'cancelled')),
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    announced_at INTEGER,
    closed_at INTEGER
) STRICT;
CREATE INDEX campaign_state ON campaign (state, deadline_at);

CREATE TABLE application (
    id INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    member_id INTEGER NOT NULL REFERENCES member (id),
    creator_id INTEGER NOT NULL REFERENCES creator (id),
    pitch TEXT NOT NULL,
    rate INTEGER,  -- whole rupiah
    sample_links TEXT NOT NULL DEFAULT '[]',  -- JSON list
    state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'reserved', 'declined', 'withdrawn')),
    reason TEXT,
    decided_by INTEGER,
    decided_at INTEGER,
    applied_at INTEGER NOT NULL,
    UNIQUE (campaign_id, member_id)
) STRICT;
CREATE INDEX application_campaign ON application (campaign_id, state);
CREATE INDEX application_member ON application (member_id, applied_at);
