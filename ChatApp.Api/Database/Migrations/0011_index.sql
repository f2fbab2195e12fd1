-- The index that finds memories: what answers at the moment, and what is being built to answer next. One row.
CREATE TABLE memory_index (
    only_row     boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    -- The store, the embedding model, the language and the scheme; the process that started last decides.
    made_with    text        NOT NULL,
    made_at      timestamptz NOT NULL DEFAULT now(),
    -- Outside this database only: the collection that answers, the one being filled, those that are no longer needed.
    collection   text,
    dense        integer,
    filling      text,
    filling_dense integer,
    leaving      text[]      NOT NULL DEFAULT '{}',
    -- A rebuild goes through the scopes in the order of their keys, and begins again after the last one that it did.
    rebuild      text        NOT NULL DEFAULT 'none' CHECK (rebuild IN ('none', 'requested', 'running')),
    after_user   uuid,
    after_character uuid,
    done         bigint      NOT NULL DEFAULT 0,
    total        bigint      NOT NULL DEFAULT 0,
    started_at   timestamptz,
    finished_at  timestamptz,
    error        text,
    claim        uuid,
    claimed_until timestamptz NOT NULL DEFAULT '-infinity'
);

-- Who works on which scope, so that two do not at once. Whoever comes later has the higher fence, which what is written outside
-- carries along: a writer that was held up and lost its claim cannot undo what its successor wrote.
CREATE SEQUENCE memory_claim_fences;
CREATE TABLE memory_claims (
    work          text        NOT NULL,
    user_id       uuid        NOT NULL,
    character_id  uuid        NOT NULL,
    fence         bigint      NOT NULL,
    claimed_until timestamptz NOT NULL,
    failures      integer     NOT NULL DEFAULT 0,
    PRIMARY KEY (work, user_id, character_id)
);

-- What an index outside has still to take away. A memory that is null stands for the whole scope. Nothing here is pruned by age:
-- however long that index is away, what a person deleted goes there too.
CREATE TABLE memory_index_removals (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id         uuid        NOT NULL,
    character_id    uuid        NOT NULL,
    memory_id       uuid,
    conversation_id uuid,
    position        integer
);

CREATE INDEX memory_index_removals_of_scope ON memory_index_removals (user_id, character_id, id);

CREATE FUNCTION queue_index_removals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM memory_index WHERE collection IS NOT NULL OR filling IS NOT NULL) THEN
        INSERT INTO memory_index_removals (user_id, character_id, memory_id, conversation_id, position)
        SELECT user_id, character_id, id, conversation_id, position FROM gone;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER memories_removed_from_index AFTER DELETE ON memories
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION queue_index_removals();

CREATE FUNCTION queue_index_scope_removals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM memory_index WHERE collection IS NOT NULL OR filling IS NOT NULL) THEN
        INSERT INTO memory_index_removals (user_id, character_id) SELECT user_id, character_id FROM gone;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER memory_scopes_removed_from_index AFTER DELETE ON memory_scopes
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION queue_index_scope_removals();

-- Neighbours are found by their place in the conversation, which serves whoever asks for the conversation alone as well.
CREATE INDEX memories_by_place ON memories (conversation_id, position) WHERE conversation_id IS NOT NULL;
DROP INDEX memories_of_conversation;

-- How far embeddings have followed a scope, and by which model.
ALTER TABLE memory_scopes
    ADD COLUMN embedded_version bigint NOT NULL DEFAULT 0,
    ADD COLUMN embedded_by      text;
CREATE INDEX memory_scopes_to_embed ON memory_scopes (user_id, character_id) WHERE version > embedded_version;

-- What a person keeps from providers outside is looked at again when they change their mind.
CREATE FUNCTION embed_scope_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.embedded_version := 0;
    RETURN NEW;
END $$;

CREATE TRIGGER memory_scopes_outside BEFORE UPDATE OF stays_inside ON memory_scopes
    FOR EACH ROW WHEN (OLD.stays_inside IS DISTINCT FROM NEW.stays_inside) EXECUTE FUNCTION embed_scope_again();

-- Another text has no embedding yet.
CREATE FUNCTION forget_embedding() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.embedding := NULL;
    NEW.embedding_model := NULL;
    RETURN NEW;
END $$;

CREATE TRIGGER memories_rewritten BEFORE UPDATE OF text ON memories
    FOR EACH ROW WHEN (OLD.text IS DISTINCT FROM NEW.text) EXECUTE FUNCTION forget_embedding();
