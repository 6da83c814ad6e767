-- Quizzes, answers, points and seasons (S9).

CREATE TABLE quiz (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('fastest', 'drawn')),
    winners INTEGER NOT NULL CHECK (winners > 0),
    prize TEXT,
    prize_amount INTEGER CHECK (prize_amount > 0),  -- whole rupiah each; NULL for goods
    open_seconds INTEGER NOT NULL CHECK (open_seconds > 0),
    changeable INTEGER NOT NULL DEFAULT 0 CHECK (changeable IN (0, 1)),
    creators_only INTEGER NOT NULL DEFAULT 0 CHECK (creators_only IN (0, 1)),
    close_after INTEGER CHECK (close_after > 0),
    claim_days INTEGER NOT NULL DEFAULT 7 CHECK (claim_days > 0),
    state TEXT NOT NULL CHECK (state IN ('draft', 'scheduled', 'open', 'judging', 'closed', 'discarded')),
    revision INTEGER NOT NULL DEFAULT 1,  -- counts edits: what is posted is what was previewed
    channel_id INTEGER,
    announcement_id INTEGER REFERENCES outbox_message (id) ON DELETE SET NULL,
    extra TEXT,  -- JSON: the calendar's message that the announcement was built on
    created_by INTEGER,
    created_at INTEGER NOT NULL,
    opened_at INTEGER,
    closes_at INTEGER,
    closed_at INTEGER,
    closed_by INTEGER,  -- NULL when time or the number of right answers closed it
    seed TEXT,  -- of the draw; with the answers it gives the ranking again
    CHECK (prize_amount IS NULL OR prize IS NOT NULL),
    CHECK (state IN ('draft', 'scheduled', 'discarded') OR (opened_at IS NOT NULL AND closes_at IS NOT NULL)),
    CHECK ((state IN ('judging', 'closed')) = (closed_at IS NOT NULL)),
    CHECK (state <> 'closed' OR seed IS NOT NULL)
) STRICT;
CREATE INDEX quiz_state ON quiz (state, id);
CREATE INDEX quiz_closed ON quiz (closed_at, id) WHERE state = 'closed';

CREATE TABLE quiz_question (
    id INTEGER PRIMARY KEY,
    quiz_id INTEGER NOT NULL REFERENCES quiz (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position > 0),
    kind TEXT NOT NULL CHECK (kind IN ('open', 'choice', 'picture')),
    prompt TEXT NOT NULL,
    big_words TEXT NOT NULL DEFAULT '',
    accepted TEXT NOT NULL DEFAULT '[]',  -- JSON lists
    options TEXT NOT NULL DEFAULT '[]',
    right_option INTEGER CHECK (right_option >= 0),
    explanation TEXT NOT NULL DEFAULT '',
    image_file_id INTEGER REFERENCES stored_file (id) ON DELETE SET NULL,
    UNIQUE (quiz_id, position),
    CHECK (kind <> 'choice' OR right_option IS NOT NULL)
) STRICT;

-- AUTOINCREMENT: the id is the order of the commits, also where a changed answer takes the place of an older one.
-- Members need not be registered, so there is no reference to member.
CREATE TABLE quiz_answer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    quiz_id INTEGER NOT NULL REFERENCES quiz (id) ON DELETE CASCADE,
    question_id INTEGER NOT NULL REFERENCES quiz_question (id) ON DELETE CASCADE,
    member_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    option INTEGER,
    right INTEGER NOT NULL CHECK (right IN (0, 1)),
    answered_at INTEGER NOT NULL,
    accepted_by INTEGER,
    reason TEXT,
    UNIQUE (question_id, member_id),
    CHECK ((accepted_by IS NULL) = (reason IS NULL)),
    CHECK (accepted_by IS NULL OR right = 1)
) STRICT;
CREATE INDEX quiz_answer_member ON quiz_answer (quiz_id, member_id);

-- The name a member had when they last answered, for the leaderboard.
CREATE TABLE quiz_player (
    member_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE quiz_hint (
    id INTEGER PRIMARY KEY,
    quiz_id INTEGER NOT NULL REFERENCES quiz (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    after_seconds INTEGER NOT NULL CHECK (after_seconds > 0),
    text TEXT NOT NULL,
    UNIQUE (quiz_id, number)
) STRICT;

CREATE TABLE quiz_result (
    quiz_id INTEGER NOT NULL REFERENCES quiz (id) ON DELETE CASCADE,
    member_id INTEGER NOT NULL,
    right INTEGER NOT NULL CHECK (right >= 0),
    moment INTEGER NOT NULL,
    rank INTEGER NOT NULL CHECK (rank > 0),
    won_in INTEGER CHECK (won_in > 0),  -- the round of prizes; NULL for no prize
    streak INTEGER NOT NULL DEFAULT 0 CHECK (streak >= 0),
    PRIMARY KEY (quiz_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX quiz_result_member ON quiz_result (member_id, quiz_id);

CREATE TABLE quiz_points (
    id INTEGER PRIMARY KEY,
    season TEXT NOT NULL,
    quiz_id INTEGER NOT NULL REFERENCES quiz (id) ON DELETE CASCADE,
    member_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('right', 'winner', 'streak')),
    points INTEGER NOT NULL CHECK (points > 0),
    at INTEGER NOT NULL,
    UNIQUE (quiz_id, member_id, kind)
) STRICT;
CREATE INDEX quiz_points_season ON quiz_points (season, member_id);
