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

-- The log's ends: the entry that was added last, and the one before the first that is still there. Changed in the transaction that adds or
-- removes entries, which takes turns by its lock. The seal is over both, so that entries cannot be dropped at either end unseen.
CREATE TABLE audit_head (
    only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    last_id     bigint  NOT NULL DEFAULT 0,
    last_code   bytea   NOT NULL DEFAULT '',
    anchor_id   bigint  NOT NULL DEFAULT 0,
    anchor_code bytea   NOT NULL DEFAULT '',
    -- Null as long as nothing was ever written.
    seal        bytea
);

INSERT INTO audit_head DEFAULT VALUES;

-- Against mistakes, and statements that were smuggled in. Whoever owns the tables can lift this; the codes show what they did.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The one exception: what is older than the retention period, by the statement that says so for its own transaction.
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_log' AND current_setting('chatapp.audit_retention', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'The audit log is only added to: % on % is refused.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_head_stays BEFORE DELETE OR TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

CREATE FUNCTION refuse_audit_return() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log''s head goes forward only.' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head
    FOR EACH ROW WHEN (NEW.last_id < OLD.last_id OR NEW.anchor_id < OLD.anchor_id) EXECUTE FUNCTION refuse_audit_return();
