-- Quizzes: questions one after another, a closing time on the clock, the law on draws, calling off, named seasons.

ALTER TABLE quiz ADD COLUMN closes_wanted INTEGER;  -- instant staff asked for; NULL: open_seconds after it is posted
ALTER TABLE quiz ADD COLUMN question_seconds INTEGER CHECK (question_seconds > 0);  -- NULL: all questions at once
ALTER TABLE quiz ADD COLUMN pause_seconds INTEGER NOT NULL DEFAULT 15 CHECK (pause_seconds > 0);  -- before each
ALTER TABLE quiz ADD COLUMN legal_kind TEXT CHECK (legal_kind IN ('draw', 'contest'));
ALTER TABLE quiz ADD COLUMN permit TEXT;
ALTER TABLE quiz ADD COLUMN reminded_at INTEGER;  -- when staff were shown the legal reminder and chose
-- A posted quiz that was called off is 'discarded' with these three.
ALTER TABLE quiz ADD COLUMN called_off_at INTEGER;
ALTER TABLE quiz ADD COLUMN called_off_by INTEGER;
ALTER TABLE quiz ADD COLUMN called_off_reason TEXT;

-- The season a closed quiz counts in: a named one (`musim-<id>`), or the quarter of the year (`2026-2`, Jakarta).
ALTER TABLE quiz ADD COLUMN season TEXT;
UPDATE quiz SET season = strftime('%Y', closed_at + 25200, 'unixepoch') || '-'
    || ((CAST(strftime('%m', closed_at + 25200, 'unixepoch') AS INTEGER) + 2) / 3) WHERE state = 'closed';
CREATE INDEX quiz_in_season ON quiz (season, closed_at, id) WHERE state = 'closed';

CREATE TABLE quiz_season (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE UNIQUE,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,  -- not included
    created_by INTEGER,
    created_at INTEGER NOT NULL,
    CHECK (starts_at < ends_at)
) STRICT;

-- For questions that come one after another; seconds UTC.
ALTER TABLE quiz_question ADD COLUMN opened_at INTEGER;
ALTER TABLE quiz_question ADD COLUMN closes_at INTEGER;
ALTER TABLE quiz_question ADD COLUMN closed_at INTEGER;
ALTER TABLE quiz_question ADD COLUMN announcement_id INTEGER REFERENCES outbox_message (id) ON DELETE SET NULL;
