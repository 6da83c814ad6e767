-- One-time links to private pages, and what winners get (S8, S9; product section 2: no account number in Discord).

-- The token itself is with the person only. A link is used once, or replaced by a newer one, or expires.
CREATE TABLE private_link (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL CHECK (expires_at > created_at),
    used_at INTEGER,
    revoked_at INTEGER,
    CHECK (used_at IS NULL OR revoked_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX private_link_open ON private_link (kind, subject_id, member_id)
    WHERE used_at IS NULL AND revoked_at IS NULL;
CREATE INDEX private_link_expiry ON private_link (expires_at);

-- One row a winner. Winners need not be registered, so there is no reference to member.
CREATE TABLE prize_payout (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL CHECK (source IN ('giveaway', 'quiz')),
    source_id INTEGER NOT NULL,
    round INTEGER NOT NULL CHECK (round > 0),
    member_id INTEGER NOT NULL,
    title TEXT NOT NULL,  -- of the giveaway or quiz
    description TEXT NOT NULL,
    amount INTEGER CHECK (amount > 0),  -- whole rupiah; NULL for goods
    by_lot INTEGER NOT NULL CHECK (by_lot IN (0, 1)),
    -- As the rule stood when the prize was won; NULL and empty when the note is switched off.
    tax_amount INTEGER CHECK (tax_amount >= 0),
    tax_note TEXT NOT NULL DEFAULT '',
    claim_until INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'claimed', 'paid', 'expired', 'cancelled')),
    version INTEGER NOT NULL DEFAULT 1,  -- counts changes: finance pays the number they have seen
    wallet TEXT CHECK (wallet IN ('gopay', 'ovo', 'dana', 'shopeepay')),
    -- Encrypted. The number is the e-wallet's, or for goods the phone the courier calls.
    account_number TEXT,
    account_name TEXT,
    address TEXT,
    proof_reference TEXT,
    proof_file_id INTEGER REFERENCES stored_file (id),
    reason TEXT,  -- why it was cancelled
    awarded_at INTEGER NOT NULL,
    claimed_at INTEGER,
    ended_at INTEGER,
    ended_by INTEGER,
    UNIQUE (source, source_id, round, member_id),
    CHECK (state NOT IN ('claimed', 'paid') OR (account_number IS NOT NULL AND claimed_at IS NOT NULL)),
    CHECK (state <> 'paid' OR proof_reference IS NOT NULL OR proof_file_id IS NOT NULL),
    CHECK (state <> 'cancelled' OR reason IS NOT NULL),
    CHECK ((state IN ('paid', 'expired', 'cancelled')) = (ended_at IS NOT NULL))
) STRICT;
CREATE INDEX prize_payout_state ON prize_payout (state, claim_until);
CREATE INDEX prize_payout_member ON prize_payout (member_id, id);
CREATE INDEX prize_payout_proof ON prize_payout (proof_file_id) WHERE proof_file_id IS NOT NULL;
