-- What calls took, summed by day (UTC), model, target and caller. Every gateway adds to the same rows.

CREATE TABLE usage (
    day                  date    NOT NULL,
    -- On whose behalf; empty where calls did not say.
    caller               text    NOT NULL CHECK (length(caller) <= 256),
    model                text    NOT NULL,
    -- Empty where a call reached no engine.
    engine               text    NOT NULL,
    target_model         text    NOT NULL,
    requests             bigint  NOT NULL,
    failed               bigint  NOT NULL,
    cached               bigint  NOT NULL,
    estimated            bigint  NOT NULL,
    input_tokens         bigint  NOT NULL,
    cached_input_tokens  bigint  NOT NULL,
    output_tokens        bigint  NOT NULL,
    cost                 numeric NOT NULL,
    queued_ms            bigint  NOT NULL,
    first_tokens         bigint  NOT NULL,
    first_token_ms       bigint  NOT NULL,
    -- A caller's day is read before its calls, for the budget.
    PRIMARY KEY (day, caller, model, engine, target_model)
);

-- Batches that were added, so that one whose answer got lost on its way back is not added again.
CREATE TABLE usage_batches (
    id       uuid        PRIMARY KEY,
    added_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX usage_batches_added_at ON usage_batches (added_at);

-- Budgets that admins gave callers at run time; they stand before those of the configuration. Null: no such limit.
CREATE TABLE budgets (
    caller         text        PRIMARY KEY CHECK (length(caller) <= 256),
    tokens_per_day bigint      CHECK (tokens_per_day >= 0),
    cost_per_day   numeric     CHECK (cost_per_day >= 0),
    changed_at     timestamptz NOT NULL DEFAULT now()
);
