-- What somebody may have to answer for. Rows are only ever added; each carries a code over itself and the one before it, made with a key
-- that is not in the database, so that whoever changes, drops or inserts one cannot hide it.
CREATE TABLE audit_log (
    id           bigint      PRIMARY KEY,
    at           timestamptz NOT NULL,
    action       text        NOT NULL CHECK (length(action) BETWEEN 1 AND 60),
    actor_kind   text        NOT NULL CHECK (actor_kind IN ('anonymous', 'person', 'key', 'system')),
    actor_id     uuid,
    key_id       uuid,
    address      text        CHECK (length(address) <= 64),
    subject_kind text        CHECK (length(subject_kind) <= 40),
    subject_id   text        CHECK (length(subject_id) <= 200),
    -- As it was written: jsonb would put it in another order, and the code is over the text.
    detail       text        NOT NULL CHECK (length(detail) <= 4096),
    code         bytea       NOT NULL
);

CREATE INDEX audit_log_by_time ON audit_log (at DESC, id DESC);
CREATE INDEX audit_log_by_actor ON audit_log (actor_id, id DESC) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_log_by_subject ON audit_log (subject_id, id DESC) WHERE subject_id IS NOT NULL;
CREATE INDEX audit_log_by_action ON audit_log (action, id DESC);
