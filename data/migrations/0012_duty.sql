-- Who of IT is on duty when: a weekly rota, with swaps and leave (S12).

CREATE TABLE duty_shift (
    id INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL,  -- Discord user id
    name TEXT NOT NULL,
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),  -- Monday is 0; the day on which it begins
    starts INTEGER NOT NULL CHECK (starts BETWEEN 0 AND 1439),  -- minute of the day, WIB
    ends INTEGER NOT NULL CHECK (ends BETWEEN 1 AND 1440),  -- at or before `starts`: on the next day
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX duty_shift_once ON duty_shift (member_id, weekday, starts) WHERE removed_at IS NULL;

-- Somebody is away on whole days, both included (ISO dates, WIB).
CREATE TABLE duty_leave (
    id INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL CHECK (last_day >= first_day),
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;
CREATE INDEX duty_leave_day ON duty_leave (last_day) WHERE removed_at IS NULL;

-- One shift of one day goes to somebody else, once they have said yes.
CREATE TABLE duty_swap (
    id INTEGER PRIMARY KEY,
    shift_id INTEGER NOT NULL REFERENCES duty_shift (id),
    day TEXT NOT NULL,
    from_member_id INTEGER NOT NULL,
    to_member_id INTEGER NOT NULL CHECK (to_member_id <> from_member_id),
    to_name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'accepted', 'declined', 'withdrawn')),
    asked_by INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    answered_at INTEGER
) STRICT;
CREATE UNIQUE INDEX duty_swap_open ON duty_swap (shift_id, day) WHERE state IN ('asked', 'accepted');
CREATE INDEX duty_swap_day ON duty_swap (day) WHERE state = 'accepted';

-- Who is called when nobody is on duty, in this order; after them the IT role.
CREATE TABLE duty_deputy (
    position INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL UNIQUE,
    name TEXT NOT NULL
) STRICT;
