-- People in the server, and their way from joining to being a registered creator (S8).

CREATE TABLE member (
    id INTEGER PRIMARY KEY,  -- the Discord user id
    display_name TEXT NOT NULL,
    number INTEGER NOT NULL UNIQUE,  -- "anggota ke-12": the order of first joining
    joined_at INTEGER NOT NULL,
    left_at INTEGER,
    times_joined INTEGER NOT NULL DEFAULT 1 CHECK (times_joined > 0),
    rules_accepted_at INTEGER,
    -- Greeted, or known so long that no greeting is due; NULL for who acted before the bot had seen them join.
    greeted_at INTEGER,
    registered_at INTEGER,  -- since when some account is theirs; NULL while none is
    refused_until INTEGER,  -- registering was refused until then; forgotten like any refused registration
    data_requested_at INTEGER  -- asked last for deletion of their data, or to take their consent back
) STRICT;

-- A registration that was begun and not sent yet: one a member, there only after they consented, gone after a week.
CREATE TABLE registration_draft (
    id INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL UNIQUE REFERENCES member (id) ON DELETE CASCADE,
    answers TEXT NOT NULL,  -- encrypted JSON
    insight_file_id INTEGER REFERENCES stored_file (id) ON DELETE SET NULL,
    revision INTEGER NOT NULL DEFAULT 1,  -- goes up with each answer, so that an old summary can't be sent
    consent_version TEXT NOT NULL,
    consent_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX registration_draft_updated ON registration_draft (updated_at);

CREATE TABLE registration (
    id INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL REFERENCES member (id),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'rejected', 'withdrawn')),
    creator_id INTEGER REFERENCES creator (id) ON DELETE SET NULL,
    platform TEXT NOT NULL,
    username TEXT NOT NULL,
    age_band TEXT NOT NULL,
    gender TEXT NOT NULL,
    niches TEXT NOT NULL,  -- JSON list of one or two
    city TEXT NOT NULL,
    region TEXT NOT NULL,
    followers INTEGER NOT NULL CHECK (followers > 0),
    avg_views INTEGER CHECK (avg_views >= 0),
    avg_likes INTEGER CHECK (avg_likes >= 0),
    avg_comments INTEGER CHECK (avg_comments >= 0),
    avg_shares INTEGER CHECK (avg_shares >= 0),
    contact TEXT NOT NULL,  -- encrypted
    insight_file_id INTEGER REFERENCES stored_file (id) ON DELETE SET NULL,
    proof_code TEXT,  -- set when the username was known before: shown in the account's bio as proof
    proof_file_id INTEGER REFERENCES stored_file (id) ON DELETE SET NULL,
    code_placed_at INTEGER,  -- since when the claimant says the code is in the bio
    consent_version TEXT NOT NULL,
    consent_at INTEGER NOT NULL,
    reason TEXT,
    decided_by INTEGER,  -- a Discord user id; NULL where the rules alone decided
    decided_at INTEGER,
    created_at INTEGER NOT NULL,
    CHECK ((state = 'waiting') = (decided_at IS NULL)),
    CHECK (state <> 'waiting' OR proof_code IS NOT NULL),
    CHECK (state <> 'rejected' OR reason IS NOT NULL)
) STRICT;
CREATE INDEX registration_member ON registration (member_id, id);
CREATE INDEX registration_state ON registration (state, id);
-- One open claim a member and account at a time.
CREATE UNIQUE INDEX registration_open ON registration (member_id, platform, username) WHERE state = 'waiting';
