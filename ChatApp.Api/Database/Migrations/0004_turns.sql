CREATE TABLE turns (
    id                     uuid        PRIMARY KEY,
    conversation_id        uuid        NOT NULL REFERENCES conversations ON DELETE CASCADE,
    user_id                uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    user_message_id        uuid        NOT NULL REFERENCES messages ON DELETE CASCADE,
    assistant_message_id   uuid        NOT NULL REFERENCES messages ON DELETE CASCADE,
    idempotency_key        text        CHECK (length(idempotency_key) BETWEEN 1 AND 128),
    status                 text        NOT NULL DEFAULT 'queued'
                                       CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
    -- The fence: raised by every claim, and named by every write of the worker that made that claim.
    attempt                integer     NOT NULL DEFAULT 0,
    -- Attempts that ended badly. A turn given back by a worker that shuts down has not failed.
    failures               integer     NOT NULL DEFAULT 0,
    last_error             text,
    worker                 text,
    lease_until            timestamptz,
    run_after              timestamptz NOT NULL DEFAULT now(),
    cancel_requested_at    timestamptz,
    -- The newest event that the stored text includes, and the event at which the text was last begun anew.
    event_seq              bigint      NOT NULL DEFAULT 1,
    restart_seq            bigint      NOT NULL DEFAULT 0,
    finish_reason          text,
    error_code             text,
    error_detail           text,
    input_tokens           integer,
    output_tokens          integer,
    time_to_first_token_ms double precision,
    tokens_per_second      double precision,
    -- W3C trace context of the request, so that the worker's spans continue its trace.
    trace_parent           text,
    trace_state            text,
    created_at             timestamptz NOT NULL DEFAULT now(),
    started_at             timestamptz,
    finished_at            timestamptz
);

CREATE UNIQUE INDEX turns_idempotency ON turns (conversation_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
-- Two posts at once cannot fork a conversation, whatever the code does.
CREATE UNIQUE INDEX turns_one_active ON turns (conversation_id) WHERE status IN ('queued', 'running');
CREATE INDEX turns_of_conversation ON turns (conversation_id, created_at);
CREATE INDEX turns_of_user ON turns (user_id, created_at);
CREATE INDEX turns_of_user_message ON turns (user_message_id);
CREATE UNIQUE INDEX turns_of_assistant_message ON turns (assistant_message_id);
-- The queue, the leases and the load of a user are small beside the history, so each has its own small index.
CREATE INDEX turns_queue ON turns (run_after, created_at) WHERE status = 'queued';
CREATE INDEX turns_leases ON turns (lease_until) WHERE status = 'running';
CREATE INDEX turns_load ON turns (user_id) WHERE status IN ('queued', 'running');
