-- Engines and models that admins made at run time. They stand beside those of the configuration, and before those of the same name.

CREATE TABLE engines (
    name        text        PRIMARY KEY CHECK (name ~ '^[A-Za-z0-9._-]{1,60}$'),
    kind        text        NOT NULL,
    address     text        NOT NULL CHECK (length(address) <= 500),
    key_name    text        CHECK (length(key_name) <= 60),
    concurrency integer     CHECK (concurrency > 0),
    api_version text        CHECK (length(api_version) <= 60),
    changed_at  timestamptz NOT NULL DEFAULT now()
);

-- Engines are told apart without regard to case, as in the configuration.
CREATE UNIQUE INDEX engines_name ON engines (lower(name));

CREATE TABLE models (
    name           text        PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 200),
    cache          boolean     NOT NULL DEFAULT false,
    auto_small     text,
    auto_large     text,
    auto_threshold float8      CHECK (auto_threshold BETWEEN 0 AND 1),
    changed_at     timestamptz NOT NULL DEFAULT now(),
    CHECK (num_nulls(auto_small, auto_large, auto_threshold) IN (0, 3))
);

-- An engine may be one of the configuration, so that it is no foreign key.
CREATE TABLE model_targets (
    model              text    NOT NULL REFERENCES models (name) ON DELETE CASCADE,
    position           integer NOT NULL,
    engine             text    NOT NULL,
    target_model       text    NOT NULL CHECK (length(target_model) BETWEEN 1 AND 200),
    priority           integer NOT NULL CHECK (priority BETWEEN 0 AND 99),
    input_price        numeric CHECK (input_price >= 0),
    cached_input_price numeric CHECK (cached_input_price >= 0),
    output_price       numeric CHECK (output_price >= 0),
    context_tokens     integer CHECK (context_tokens > 0),
    capabilities       integer NOT NULL,
    PRIMARY KEY (model, position)
);

-- Grows with every change. Writers take its row first, so that they come one after the other; readers ask for it alone.
CREATE TABLE model_version (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    version  bigint  NOT NULL
);

INSERT INTO model_version (version) VALUES (1);

-- Pulls of models by engines, so that each gateway can tell of those of the others.
CREATE TABLE pulls (
    id         uuid        PRIMARY KEY,
    engine     text        NOT NULL,
    model      text        NOT NULL CHECK (length(model) BETWEEN 1 AND 200),
    status     text        NOT NULL CHECK (status IN ('pulling', 'succeeded', 'failed', 'cancelled')),
    detail     text        NOT NULL CHECK (length(detail) <= 500),
    completed  bigint      NOT NULL DEFAULT 0,
    total      bigint      NOT NULL DEFAULT 0,
    error      text        CHECK (length(error) <= 500),
    started_at timestamptz NOT NULL,
    ended_at   timestamptz,
    -- When its process last said that it lives.
    seen_at    timestamptz NOT NULL,
    -- Another process wants it to end.
    is_cancelled boolean   NOT NULL DEFAULT false
);

CREATE INDEX pulls_started_at ON pulls (started_at DESC);

-- One at a time of a model on an engine, whichever process is asked.
CREATE UNIQUE INDEX pulls_running ON pulls (engine, model) WHERE ended_at IS NULL;
