-- What a turn was asked to do, and with which message: the one that was edited, regenerated or continued. A repeated post
-- under the same key is the same only when all of it is.
ALTER TABLE turns ADD COLUMN kind text NOT NULL DEFAULT 'message' CHECK (kind IN ('message', 'edit', 'regenerate', 'continue'));
ALTER TABLE turns ADD COLUMN origin_message_id uuid;

-- The answer that goes on from this one, begins with its text and is shown in its place.
ALTER TABLE messages ADD COLUMN continued_by uuid;
