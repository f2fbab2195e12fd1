-- What an administrator gave one person instead of what their role has. Null is the role's; 0 is no limit.
CREATE TABLE user_limits (
    user_id             uuid        PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    requests_per_minute integer     CHECK (requests_per_minute BETWEEN 0 AND 100000),
    tokens_per_day      bigint      CHECK (tokens_per_day >= 0),
    updated_at          timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- What each turn takes of its day's quotas: the estimates from when it was accepted, and what it took in the end. Redis counts the same
-- and is filled from here when it has lost it. A turn's row outlives the turn, so that nothing is used twice by deleting conversations.
CREATE TABLE token_charges (
    turn_id         uuid        PRIMARY KEY,
    user_id         uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    -- No foreign key: what a key used stays used when it is deleted.
    key_id          uuid,
    role            text        NOT NULL,
    -- UTC.
    day             date        NOT NULL,
    input_estimate  integer     NOT NULL CHECK (input_estimate >= 0),
    output_estimate integer     NOT NULL CHECK (output_estimate >= 0),
    -- Null until the turn has ended.
    tokens          bigint      CHECK (tokens >= 0)
);

CREATE INDEX token_charges_of_user ON token_charges (user_id, day);
CREATE INDEX token_charges_of_key ON token_charges (key_id, day) WHERE key_id IS NOT NULL;
CREATE INDEX token_charges_of_role ON token_charges (day, role);

-- A turn ends in several places, and once: there its charge is settled, with it or not at all. What nobody counted stays estimated; an
-- answer that was never begun is nothing, and neither is a prompt that no worker came to read.
CREATE FUNCTION settle_token_charge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE token_charges
    SET tokens = CASE WHEN NEW.attempt = 0 THEN 0
        ELSE coalesce(NEW.input_tokens, input_estimate)
             + coalesce(NEW.output_tokens, CASE NEW.status WHEN 'completed' THEN output_estimate ELSE 0 END) END
    WHERE turn_id = NEW.id AND tokens IS NULL;
    RETURN NULL;
END $$;

CREATE TRIGGER turns_settle_charge AFTER UPDATE OF finished_at ON turns
    FOR EACH ROW WHEN (NEW.finished_at IS NOT NULL AND OLD.finished_at IS NULL)
    EXECUTE FUNCTION settle_token_charge();
