CREATE TABLE conversations (
    id                 uuid        PRIMARY KEY,
    user_id            uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    character_id       uuid        NOT NULL REFERENCES characters,
    title              text        NOT NULL DEFAULT '' CHECK (length(title) <= 120),
    -- The leaf of the path that is shown. No foreign key: it would be checked once for every message that goes when
    -- a conversation is deleted, and the leaf is only ever set together with the message it names.
    current_message_id uuid,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX conversations_of_user ON conversations (user_id, updated_at DESC, id DESC);
CREATE INDEX conversations_of_character ON conversations (character_id);

-- Messages are a tree: an edited or regenerated message is a sibling, and nothing is overwritten.
CREATE TABLE messages (
    id              uuid        PRIMARY KEY,
    conversation_id uuid        NOT NULL REFERENCES conversations ON DELETE CASCADE,
    parent_id       uuid,
    depth           integer     NOT NULL CHECK (depth >= 0),
    turn_id         uuid        NOT NULL,
    role            text        NOT NULL CHECK (role IN ('user', 'assistant')),
    text            text        NOT NULL DEFAULT '',
    status          text        NOT NULL CHECK (status IN ('pending', 'streaming', 'complete', 'stopped', 'failed')),
    error_code      text,
    error_detail    text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (conversation_id, id),
    -- A parent is in the same conversation.
    FOREIGN KEY (conversation_id, parent_id) REFERENCES messages (conversation_id, id)
);

CREATE INDEX messages_of_parent ON messages (conversation_id, parent_id);
