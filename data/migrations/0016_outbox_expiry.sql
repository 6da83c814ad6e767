-- Messages that must not go out late by themselves, and what the content calendar decides about its activities.

ALTER TABLE outbox_message ADD COLUMN expires_at INTEGER;  -- from then on it is not sent any more; NULL: never

-- How long a quiz or giveaway is open, and how a quiz is won; NULL: nobody said, so the usual.
ALTER TABLE calendar_entry ADD COLUMN open_seconds INTEGER CHECK (open_seconds BETWEEN 60 AND 2592000);
ALTER TABLE calendar_entry ADD COLUMN way TEXT CHECK (way IN ('fastest', 'drawn'));
-- When somebody last changed by hand what a sheet had said; NULL: it says what the sheet says.
ALTER TABLE calendar_entry ADD COLUMN edited_at INTEGER;
UPDATE calendar_entry SET edited_at = (
    SELECT max(at) FROM audit_entry
    WHERE subject_kind = 'calendar_entry' AND subject_id = calendar_entry.id
        AND action IN ('calendar.texts_changed', 'calendar.activity_changed', 'calendar.moved')
) WHERE source_hash IS NOT NULL;
CREATE INDEX calendar_entry_outbox ON calendar_entry (outbox_id) WHERE outbox_id IS NOT NULL;

-- What is asked once for a whole sheet.
ALTER TABLE calendar_import ADD COLUMN quiz_seconds INTEGER CHECK (quiz_seconds BETWEEN 60 AND 2592000);
ALTER TABLE calendar_import ADD COLUMN giveaway_seconds INTEGER CHECK (giveaway_seconds BETWEEN 60 AND 2592000);
ALTER TABLE calendar_import ADD COLUMN way TEXT CHECK (way IN ('fastest', 'drawn'));
