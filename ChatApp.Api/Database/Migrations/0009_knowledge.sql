-- What characters can look things up in: documents of a character, and those that a person attached to a conversation.
CREATE TABLE documents (
    id              uuid        PRIMARY KEY,
    -- Where it belongs, and what it goes with.
    character_id    uuid        REFERENCES characters ON DELETE CASCADE,
    conversation_id uuid        REFERENCES conversations ON DELETE CASCADE,
    -- Who uploaded it; a character's documents stay when they leave.
    user_id         uuid        REFERENCES users ON DELETE SET NULL,
    name            text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    format          text        NOT NULL CHECK (format IN ('text', 'markdown', 'html', 'csv', 'json', 'docx', 'pdf')),
    bytes           bigint      NOT NULL CHECK (bytes > 0),
    sha256          bytea       NOT NULL CHECK (length(sha256) = 32),
    status          text        NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'processing', 'ready', 'failed')),
    progress_done   integer     NOT NULL DEFAULT 0,
    progress_total  integer     NOT NULL DEFAULT 0,
    pages           integer,
    chunk_count     integer     NOT NULL DEFAULT 0,
    error_code      text,
    error_detail    text,
    -- By which rules it was cut into chunks; when those change it is cut again, from its own bytes.
    scheme          integer     NOT NULL DEFAULT 0,
    -- Raised when its chunks or their embeddings change, so that whoever has indexed them knows.
    revision        bigint      NOT NULL DEFAULT 0,
    -- The worker's claim: a later attempt shuts an earlier one out.
    attempt         integer     NOT NULL DEFAULT 0,
    lease_until     timestamptz,
    -- Attempts in a row that ended with their worker, or before the document itself was to blame.
    failures        integer     NOT NULL DEFAULT 0,
    created_at      timestamptz NOT NULL DEFAULT now(),
    CHECK (num_nonnulls(character_id, conversation_id) = 1),
    CHECK ((status = 'failed') = (error_code IS NOT NULL))
);

-- The same bytes once in one place.
CREATE UNIQUE INDEX documents_of_conversation ON documents (conversation_id, sha256) WHERE conversation_id IS NOT NULL;
CREATE UNIQUE INDEX documents_of_character ON documents (character_id, sha256) WHERE character_id IS NOT NULL;
CREATE INDEX documents_of_user ON documents (user_id);
CREATE INDEX documents_to_read ON documents (created_at) WHERE status IN ('queued', 'processing');
CREATE INDEX documents_by_scheme ON documents (scheme) WHERE status = 'ready';

-- The bytes as they came. What is compressed already is not compressed again.
CREATE TABLE document_contents (
    document_id uuid  PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    content     bytea NOT NULL
);

ALTER TABLE document_contents ALTER COLUMN content SET STORAGE EXTERNAL;

CREATE TABLE document_chunks (
    id              uuid    PRIMARY KEY,
    document_id     uuid    NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal         integer NOT NULL CHECK (ordinal >= 0),
    -- The headings that it stands under, outermost first.
    heading         text    NOT NULL DEFAULT '',
    page            integer CHECK (page > 0),
    text            text    NOT NULL CHECK (text <> ''),
    -- Text and headings as the full-text parser and the language's stemmer see them.
    terms           tsvector NOT NULL,
    embedding       real[],
    embedding_model text,
    UNIQUE (document_id, ordinal)
);

-- For whoever fills embeddings in.
CREATE INDEX document_chunks_by_model ON document_chunks (embedding_model);
