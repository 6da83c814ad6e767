-- Acquiring creators (S1): targets for new ones, what it cost, and what brought each of them.

-- A target is about every new account of its period that fits; NULL means any.
CREATE TABLE acquisition_target (
    id INTEGER PRIMARY KEY,
    first_day TEXT NOT NULL CHECK (first_day GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-01'),
    months INTEGER NOT NULL CHECK (months IN (1, 3)),
    platform TEXT,
    region TEXT,
    niche TEXT,
    tier TEXT,
    strategy TEXT,
    wanted INTEGER NOT NULL CHECK (wanted > 0),
    set_by INTEGER,
    set_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX acquisition_target_same ON acquisition_target (
    first_day, months, coalesce(platform, ''), coalesce(region, ''), coalesce(niche, ''), coalesce(tier, ''),
    coalesce(strategy, '')
);

CREATE TABLE acquisition_cost (
    id INTEGER PRIMARY KEY,
    first_day TEXT NOT NULL CHECK (first_day GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-01'),
    months INTEGER NOT NULL CHECK (months IN (1, 3)),
    strategy TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),  -- whole rupiah
    note TEXT NOT NULL,
    noted_by INTEGER,
    noted_at INTEGER NOT NULL
) STRICT;
CREATE INDEX acquisition_cost_period ON acquisition_cost (first_day, months);

-- What brought an account, as staff say it. Accounts without a row are guessed from what the bot saw.
CREATE TABLE creator_strategy (
    creator_id INTEGER PRIMARY KEY REFERENCES creator (id) ON DELETE CASCADE,
    strategy TEXT NOT NULL,
    note TEXT NOT NULL,  -- the activity, or who brought them
    set_by INTEGER,
    set_at INTEGER NOT NULL
) STRICT;

-- The platform beside it, so that growth is counted from the index alone.
CREATE INDEX creator_created ON creator (created_at, platform) WHERE merged_into IS NULL;
CREATE INDEX giveaway_entry_member ON giveaway_entry (member_id);
