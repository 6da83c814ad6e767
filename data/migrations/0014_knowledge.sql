-- What the help desk knows: articles, solved tickets to find again, ready-made answers (S12).

CREATE TABLE knowledge_article (
    id INTEGER PRIMARY KEY,
    slug TEXT UNIQUE,  -- of an article that came with the program (data/knowledge_base.json)
    stage TEXT NOT NULL CHECK (stage IN ('registration', 'apply', 'posting', 'withdrawal', 'other')),
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('published', 'archived')),
    ticket_id INTEGER UNIQUE REFERENCES ticket (id),  -- the solved ticket it was made of
    created_by INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX knowledge_article_stage ON knowledge_article (stage, title) WHERE state = 'published';

-- Published articles (rowid 2 x id) and solved tickets (rowid 2 x id + 1), as people word them.
CREATE VIRTUAL TABLE knowledge_text USING fts5 (
    stage UNINDEXED, title, body, answer UNINDEXED, tokenize = "unicode61 remove_diacritics 2", prefix = '3 4'
);

-- Each time known answers were shown, and what came of it: how many questions needed no ticket.
CREATE TABLE knowledge_offer (
    id INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL,
    place TEXT NOT NULL CHECK (place IN ('form', 'search')),  -- before a ticket was sent, or by /bantuan
    stage TEXT CHECK (stage IN ('registration', 'apply', 'posting', 'withdrawal', 'other')),  -- NULL: none was chosen
    shown INTEGER NOT NULL CHECK (shown > 0),
    offered_at INTEGER NOT NULL,
    outcome TEXT CHECK (outcome IN ('answered', 'sent')),  -- NULL: neither pressed
    article_id INTEGER REFERENCES knowledge_article (id) ON DELETE SET NULL,
    settled_at INTEGER
) STRICT;
CREATE INDEX knowledge_offer_member ON knowledge_offer (member_id, stage, id);
CREATE INDEX knowledge_offer_time ON knowledge_offer (offered_at);

CREATE TABLE canned_answer (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    stage TEXT CHECK (stage IN ('registration', 'apply', 'posting', 'withdrawal', 'other')),  -- NULL: for all
    created_by INTEGER,
    updated_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX canned_answer_name ON canned_answer (name) WHERE removed_at IS NULL;

-- What is done to many tickets of an incident, some at a time: `cursor` is the last ticket done.
CREATE TABLE incident_round (
    id INTEGER PRIMARY KEY,
    incident_id INTEGER NOT NULL REFERENCES incident (id),
    kind TEXT NOT NULL CHECK (kind IN ('gather', 'update', 'close')),
    text TEXT NOT NULL,
    actor_id INTEGER NOT NULL,
    actor_name TEXT NOT NULL,
    since INTEGER,  -- of a gathering: tickets opened from then on
    last_entry_id INTEGER NOT NULL,  -- the newest entry of any ticket when it began: who joined later was told by that
    cursor INTEGER NOT NULL DEFAULT 0,
    reached INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;
CREATE INDEX incident_round_incident ON incident_round (incident_id, id);
