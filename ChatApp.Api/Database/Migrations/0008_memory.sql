-- What a character knows of a person. Every change of a scope raises its version, so that whoever has indexed it knows what is new;
-- whoever changes memories raises it first, which also keeps two of them apart.
CREATE TABLE memory_scopes (
    user_id         uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    character_id    uuid        NOT NULL REFERENCES characters ON DELETE CASCADE,
    version         bigint      NOT NULL DEFAULT 0,
    -- How far an index outside this database has followed.
    indexed_version bigint      NOT NULL DEFAULT 0,
    -- The person's switches: whether anything is kept and recalled, and whether it may go to providers outside.
    remembers       boolean     NOT NULL DEFAULT true,
    stays_inside    boolean     NOT NULL DEFAULT false,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, character_id)
);

CREATE INDEX memory_scopes_behind ON memory_scopes (user_id, character_id) WHERE version > indexed_version;

CREATE TABLE memories (
    id              uuid        PRIMARY KEY,
    user_id         uuid        NOT NULL,
    character_id    uuid        NOT NULL,
    kind            text        NOT NULL CHECK (kind IN ('message', 'note', 'fact')),
    speaker         text        NOT NULL CHECK (speaker IN ('user', 'character')),
    text            text        NOT NULL CHECK (text <> ''),
    said_at         timestamptz NOT NULL,
    -- Where it was said: what is deleted there is deleted here. A note stands for itself.
    conversation_id uuid        REFERENCES conversations ON DELETE CASCADE,
    message_id      uuid,
    -- The message's depth in its conversation; neighbours are told by it.
    position        integer     NOT NULL DEFAULT 0,
    pinned          boolean     NOT NULL DEFAULT false,
    importance      real        NOT NULL DEFAULT 0.5 CHECK (importance BETWEEN 0 AND 1),
    -- The text as the full-text parser and the language's stemmer see it, for the lexical half of recall.
    terms           tsvector    NOT NULL,
    -- The text's embedding by the named model, for the other half; null until there is one.
    embedding       real[],
    embedding_model text,
    version         bigint      NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (user_id, character_id) REFERENCES memory_scopes ON DELETE CASCADE,
    CHECK ((kind = 'message') <= (message_id IS NOT NULL))
);

CREATE UNIQUE INDEX memories_of_message ON memories (message_id) WHERE kind = 'message';
CREATE INDEX memories_of_scope ON memories (user_id, character_id, said_at DESC, id DESC);
CREATE INDEX memories_changed ON memories (user_id, character_id, version);
CREATE INDEX memories_of_conversation ON memories (conversation_id) WHERE conversation_id IS NOT NULL;

-- What went since when, for whoever has indexed it. A memory that is null stands for the whole scope, which is gone as well.
CREATE TABLE memory_removals (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id      uuid        NOT NULL,
    character_id uuid        NOT NULL,
    memory_id    uuid,
    version      bigint      NOT NULL,
    removed_at   timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX memory_removals_of_scope ON memory_removals (user_id, character_id, version);
CREATE INDEX memory_removals_by_age ON memory_removals (removed_at);

-- However memories go, a deleted conversation's too, it is noted here.
CREATE FUNCTION note_memory_removals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH touched AS (SELECT DISTINCT user_id, character_id FROM gone),
    raised AS (
        UPDATE memory_scopes s SET version = s.version + 1
        FROM touched WHERE s.user_id = touched.user_id AND s.character_id = touched.character_id
        RETURNING s.user_id, s.character_id, s.version)
    INSERT INTO memory_removals (user_id, character_id, memory_id, version)
    SELECT gone.user_id, gone.character_id, gone.id, raised.version
    FROM gone JOIN raised ON raised.user_id = gone.user_id AND raised.character_id = gone.character_id;
    RETURN NULL;
END $$;

CREATE TRIGGER memories_removed AFTER DELETE ON memories
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION note_memory_removals();

CREATE FUNCTION note_scope_removals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO memory_removals (user_id, character_id, memory_id, version)
    SELECT user_id, character_id, NULL, version + 1 FROM gone;
    RETURN NULL;
END $$;

CREATE TRIGGER memory_scopes_removed AFTER DELETE ON memory_scopes
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION note_scope_removals();

-- Messages whose memory the person took away or rewrote: they are not taken in again.
CREATE TABLE forgotten_messages (
    message_id      uuid PRIMARY KEY REFERENCES messages ON DELETE CASCADE,
    conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE
);

CREATE INDEX forgotten_messages_of_conversation ON forgotten_messages (conversation_id);

-- Ended turns whose messages are still to be taken in; those of before this migration are, too.
ALTER TABLE turns ADD COLUMN remembered_at timestamptz;
CREATE INDEX turns_to_remember ON turns (finished_at) WHERE finished_at IS NOT NULL AND remembered_at IS NULL;

-- The older part of a path in a few sentences, for prompts that have no room for it.
CREATE TABLE conversation_summaries (
    conversation_id    uuid        NOT NULL REFERENCES conversations ON DELETE CASCADE,
    -- The newest message that it covers; it stands for the path from the first message to this one.
    through_message_id uuid        NOT NULL,
    through_depth      integer     NOT NULL,
    text               text        NOT NULL,
    model              text        NOT NULL,
    created_at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (conversation_id, through_message_id)
);

-- What is to be summarised next, one at a time a conversation; a newer wish replaces an older one.
CREATE TABLE summaries_due (
    conversation_id    uuid        PRIMARY KEY REFERENCES conversations ON DELETE CASCADE,
    through_message_id uuid        NOT NULL,
    failures           integer     NOT NULL DEFAULT 0,
    run_after          timestamptz NOT NULL DEFAULT now(),
    requested_at       timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX summaries_due_next ON summaries_due (run_after);
