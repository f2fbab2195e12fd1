-- What an answer was given, as its readers are told, and why that much; with the number of the event that told it (0 when there was
-- nothing to tell) and how long the answer was by then. Another attempt at the turn takes what stands here.
ALTER TABLE turns ADD COLUMN recall jsonb;
ALTER TABLE turns ADD COLUMN recall_seq bigint NOT NULL DEFAULT 0;
ALTER TABLE turns ADD COLUMN recall_offset integer NOT NULL DEFAULT 0;

-- Parts that many prompts share (a character with its examples, a summary), once each, by their SHA-256.
CREATE TABLE prompt_texts (
    hash    bytea       PRIMARY KEY,
    text    text        NOT NULL,
    -- The day of its last use: what no kept prompt can be made of any more is deleted.
    used_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX prompt_texts_by_use ON prompt_texts (used_at);

-- All that it takes to put a turn's prompt together again. What was said is read from the messages, which do not change.
CREATE TABLE turn_prompts (
    turn_id           uuid             PRIMARY KEY REFERENCES turns ON DELETE CASCADE,
    model             text             NOT NULL,
    fixed_hash        bytea            NOT NULL,
    summary_hash      bytea,
    first_message_id  uuid             NOT NULL,
    -- Memories and snippets as the model read them, and whether it did so in its first message.
    blocks            text             NOT NULL,
    blocks_first      boolean          NOT NULL,
    -- How much of the answer was there when the model was asked, as the prompt's last message.
    given_length      integer          NOT NULL DEFAULT 0,
    temperature       real,
    top_p             real,
    max_output_tokens integer,
    tokens            integer          NOT NULL,
    -- SHA-256 over all messages: proves that what is shown later is what was sent.
    hash              bytea            NOT NULL,
    created_at        timestamptz      NOT NULL DEFAULT now()
);

CREATE INDEX turn_prompts_by_age ON turn_prompts (created_at);
