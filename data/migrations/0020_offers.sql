-- What a brand decided about the creators of a shortlist, what they are offered (S5), and the ideas of sales and
-- marketing (S10).

-- Every decision there was. It belongs to the shortlist and outlives its rebuilding.
CREATE TABLE shortlist_decision (
    id INTEGER PRIMARY KEY,
    shortlist_id INTEGER NOT NULL REFERENCES shortlist (id) ON DELETE CASCADE,
    creator_id INTEGER NOT NULL REFERENCES creator (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL CHECK (revision > 0),  -- the version that was looked at
    choice TEXT NOT NULL CHECK (choice IN ('chosen', 'reserve', 'rejected', 'open')),
    reason TEXT CHECK (reason <> ''),
    decided_by INTEGER,
    decided_at INTEGER NOT NULL,
    replaced_at INTEGER,  -- NULL: the one that counts
    CHECK (choice <> 'rejected' OR reason IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX shortlist_decision_present ON shortlist_decision (shortlist_id, creator_id)
    WHERE replaced_at IS NULL;
CREATE INDEX shortlist_decision_creator ON shortlist_decision (creator_id, id);

CREATE TABLE offer (
    id INTEGER PRIMARY KEY,
    shortlist_id INTEGER NOT NULL REFERENCES shortlist (id),
    creator_id INTEGER NOT NULL REFERENCES creator (id),
    member_id INTEGER,  -- who was asked in Discord; NULL: nobody, staff note the answer
    project TEXT NOT NULL CHECK (project <> ''),
    -- What is offered now; a counter-offer that was taken over has replaced fee and day.
    fee INTEGER CHECK (fee > 0),  -- whole rupiah
    extra TEXT CHECK (extra <> ''),  -- goods or a bonus beside the fee, or in its place
    scope TEXT NOT NULL CHECK (scope <> ''),
    posts_on TEXT NOT NULL CHECK (posts_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),  -- the last day, WIB
    reply_by INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN (
        'draft', 'sent', 'countered', 'accepted', 'declined', 'expired', 'withdrawn', 'discarded'
    )),
    version INTEGER NOT NULL DEFAULT 1,  -- counts changes: a button acts on what it was drawn for
    counter_fee INTEGER CHECK (counter_fee > 0),
    counter_posts_on TEXT,
    counter_message TEXT,
    counters INTEGER NOT NULL DEFAULT 0,
    reason TEXT,  -- why it was declined or withdrawn
    created_by INTEGER,
    created_at INTEGER NOT NULL,
    sent_at INTEGER,
    ended_at INTEGER,
    CHECK (fee IS NOT NULL OR extra IS NOT NULL),
    CHECK ((state = 'countered') = (counter_posts_on IS NOT NULL)),
    CHECK (counter_posts_on IS NOT NULL OR (counter_fee IS NULL AND counter_message IS NULL)),
    CHECK (state IN ('draft', 'discarded') OR sent_at IS NOT NULL),
    CHECK ((state IN ('draft', 'sent', 'countered')) = (ended_at IS NULL)),
    CHECK (state NOT IN ('declined', 'withdrawn') OR reason IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX offer_under_way ON offer (shortlist_id, creator_id)
    WHERE state IN ('draft', 'sent', 'countered', 'accepted');
CREATE INDEX offer_state ON offer (state, reply_by);
CREATE INDEX offer_member ON offer (member_id, id) WHERE member_id IS NOT NULL;
CREATE INDEX offer_creator ON offer (creator_id, id);

-- Everything that was done to an offer, with the terms that stood after it.
CREATE TABLE offer_step (
    offer_id INTEGER NOT NULL REFERENCES offer (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    act TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor_id INTEGER,  -- NULL: a deadline
    by_hand INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)),  -- staff noted what the creator answered elsewhere
    fee INTEGER,
    posts_on TEXT NOT NULL,
    reason TEXT,
    PRIMARY KEY (offer_id, version)
) STRICT, WITHOUT ROWID;

-- Content that TSC's own channels make together with creators.
CREATE TABLE collaboration (
    id INTEGER PRIMARY KEY,
    idea TEXT NOT NULL CHECK (idea <> ''),
    creator_id INTEGER REFERENCES creator (id) ON DELETE SET NULL,
    creator_name TEXT CHECK (creator_name <> ''),  -- who it was made with, also when the account is gone
    message TEXT NOT NULL CHECK (message <> ''),  -- what the brand wants to say with it
    planned_on TEXT,
    status TEXT NOT NULL CHECK (status IN ('idea', 'agreed', 'making', 'posted', 'cancelled')),
    link TEXT,
    reason TEXT,  -- why it was cancelled
    version INTEGER NOT NULL DEFAULT 1,
    created_by INTEGER,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    CHECK (status <> 'posted' OR link IS NOT NULL),
    CHECK (status NOT IN ('agreed', 'making', 'posted') OR creator_name IS NOT NULL),
    CHECK (status <> 'cancelled' OR reason IS NOT NULL)
) STRICT;
CREATE INDEX collaboration_status ON collaboration (status, changed_at);
CREATE INDEX collaboration_creator ON collaboration (creator_id) WHERE creator_id IS NOT NULL;

-- What sales and marketing suggest on a creator or a campaign. For staff alone.
CREATE TABLE suggestion (
    id INTEGER PRIMARY KEY,
    creator_id INTEGER REFERENCES creator (id) ON DELETE CASCADE,
    campaign_id INTEGER REFERENCES campaign (id) ON DELETE CASCADE,
    tone TEXT NOT NULL CHECK (tone IN ('recommend', 'consider', 'caution')),
    text TEXT NOT NULL CHECK (text <> ''),
    made_by INTEGER,
    made_at INTEGER NOT NULL,
    closed_at INTEGER,
    closed_by INTEGER,
    outcome TEXT,
    CHECK ((creator_id IS NULL) <> (campaign_id IS NULL)),
    CHECK ((closed_at IS NULL) = (outcome IS NULL))
) STRICT;
CREATE INDEX suggestion_creator ON suggestion (creator_id, id) WHERE creator_id IS NOT NULL;
CREATE INDEX suggestion_campaign ON suggestion (campaign_id, id) WHERE campaign_id IS NOT NULL;
CREATE INDEX suggestion_open ON suggestion (id) WHERE closed_at IS NULL;
