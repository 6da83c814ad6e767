-- Events (S9): workshops, webinars, meet-ups; who comes, who waits, who was there, and what they thought.

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('workshop', 'webinar', 'meetup')),
    title TEXT NOT NULL,
    about TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    lasts INTEGER NOT NULL CHECK (lasts > 0),  -- seconds
    place TEXT NOT NULL,
    link TEXT,  -- of an online event; for participants only
    seats INTEGER CHECK (seats > 0),  -- NULL where everyone fits
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'ended', 'cancelled')),
    revision INTEGER NOT NULL DEFAULT 1,  -- counts changes: what is posted is what was previewed
    last_number INTEGER NOT NULL DEFAULT 0,  -- of the RSVPs so far, those taken back among them
    code TEXT,  -- that people who are there type
    channel_id INTEGER,
    announcement_id INTEGER REFERENCES outbox_message (id) ON DELETE SET NULL,
    created_by INTEGER,
    created_at INTEGER NOT NULL,
    opened_at INTEGER,
    closed_at INTEGER,
    CHECK (state IN ('draft', 'cancelled') OR (code IS NOT NULL AND channel_id IS NOT NULL))
) STRICT;
CREATE INDEX event_state ON event (state, starts_at);
CREATE UNIQUE INDEX event_code ON event (code) WHERE code IS NOT NULL;

-- One a member. `number` is the place in line: whoever comes back stands at the end of it.
CREATE TABLE event_rsvp (
    event_id INTEGER NOT NULL REFERENCES event (id),
    member_id INTEGER NOT NULL,  -- a Discord user id; not every one of them has been seen joining the server
    name TEXT NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('going', 'waiting')),
    joined_at INTEGER NOT NULL,
    attended_at INTEGER,
    stars INTEGER CHECK (stars BETWEEN 1 AND 5),
    comment TEXT,
    PRIMARY KEY (event_id, member_id),
    UNIQUE (event_id, number),
    CHECK (attended_at IS NULL OR state = 'going'),
    CHECK (stars IS NULL OR attended_at IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_rsvp_member ON event_rsvp (member_id);
