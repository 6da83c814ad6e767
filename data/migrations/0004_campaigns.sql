-- Campaigns and applications (S8).

-- A draft is a row from its first form on, so its reward may still be missing; from the announcement on it may not.
CREATE TABLE campaign (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    brand TEXT NOT NULL,
    brief TEXT NOT NULL,
    slots INTEGER NOT NULL CHECK (slots > 0),
    deadline_at INTEGER NOT NULL,
    reward_kind TEXT CHECK (reward_kind IN ('fee', 'barter')),
    fee INTEGER CHECK (fee > 0),  -- whole rupiah
    barter TEXT,
    show_fee INTEGER NOT NULL DEFAULT 1 CHECK (show_fee IN (0, 1)),
    platforms TEXT NOT NULL DEFAULT '[]',  -- JSON lists; empty means any
    niches TEXT NOT NULL DEFAULT '[]',
    tiers TEXT NOT NULL DEFAULT '[]',
    regions TEXT NOT NULL DEFAULT '[]',
    min_followers INTEGER CHECK (min_followers >= 0),
    max_followers INTEGER CHECK (max_followers >= 0),
    min_engagement_ppm INTEGER CHECK (min_engagement_ppm >= 0),
    image_file_id INTEGER REFERENCES stored_file (id) ON DELETE SET NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'cancelled', 'discarded')),
    revision INTEGER NOT NULL DEFAULT 1,  -- counts edits: what is announced is what was previewed
    -- Outbox rows of the announcement and of the applicants' message for staff: what later edits redraw.
    announcement_id INTEGER REFERENCES outbox_message (id) ON DELETE SET NULL,
    board_id INTEGER REFERENCES outbox_message (id) ON DELETE SET NULL,
    board_drawn_at INTEGER,  -- a burst of applications redraws it once
    created_by INTEGER,
    created_at INTEGER NOT NULL,
    announced_at INTEGER,
    announced_by INTEGER,
    closed_at INTEGER,
    closed_by INTEGER,  -- NULL when the deadline closed it
    CHECK (state IN ('draft', 'discarded') OR reward_kind IS NOT NULL),
    CHECK (reward_kind IS NULL OR (reward_kind = 'fee' AND fee IS NOT NULL)
        OR (reward_kind = 'barter' AND barter IS NOT NULL)),
    CHECK (min_followers IS NULL OR max_followers IS NULL OR min_followers <= max_followers)
) STRICT;
CREATE INDEX campaign_state ON campaign (state, deadline_at);

CREATE TABLE application (
    id INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    member_id INTEGER NOT NULL REFERENCES member (id),
    creator_id INTEGER NOT NULL REFERENCES creator (id),
    pitch TEXT NOT NULL,
    rate INTEGER CHECK (rate > 0),  -- whole rupiah; NULL follows the campaign's fee
    sample_links TEXT NOT NULL DEFAULT '[]',  -- JSON list
    state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'reserved', 'declined', 'withdrawn')),
    version INTEGER NOT NULL DEFAULT 1,  -- counts changes: a button acts on what it was drawn for
    reason TEXT,
    decided_by INTEGER,
    decided_at INTEGER,
    applied_at INTEGER NOT NULL,
    UNIQUE (campaign_id, member_id)
) STRICT;
CREATE INDEX application_campaign ON application (campaign_id, state);
CREATE INDEX application_member ON application (member_id, applied_at);
CREATE INDEX application_creator ON application (creator_id);

-- Every state an application has had, the refusals with their reasons among them. `waiting` again: its creator changed
-- what it says.
CREATE TABLE application_step (
    application_id INTEGER NOT NULL REFERENCES application (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor_id INTEGER,
    reason TEXT,
    PRIMARY KEY (application_id, version)
) STRICT;
