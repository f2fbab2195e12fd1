-- What came of "forget …" in a message: done once for each message, however often it is answered.
CREATE TABLE memory_commands (
    message_id      uuid        PRIMARY KEY REFERENCES messages ON DELETE CASCADE,
    conversation_id uuid        NOT NULL REFERENCES conversations ON DELETE CASCADE,
    -- What was forgotten, for the person to see beside the answer.
    forgotten       text[]      NOT NULL,
    note            text,
    run_at          timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX memory_commands_of_conversation ON memory_commands (conversation_id);

-- Turns that a model is still to draw facts from, where the operator wants that.
CREATE TABLE facts_due (
    turn_id      uuid        PRIMARY KEY REFERENCES turns ON DELETE CASCADE,
    failures     integer     NOT NULL DEFAULT 0,
    run_after    timestamptz NOT NULL DEFAULT now(),
    requested_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX facts_due_next ON facts_due (run_after);
