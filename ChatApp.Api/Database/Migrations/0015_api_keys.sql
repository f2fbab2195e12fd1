-- Keys for programs. The prefix is shown, and finds the row; of the 256-bit secret only SHA-256 is here.
CREATE TABLE api_keys (
    id                  uuid        PRIMARY KEY,
    user_id             uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    name                text        NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    prefix              text        NOT NULL UNIQUE CHECK (length(prefix) = 10),
    hash                bytea       NOT NULL CHECK (length(hash) = 32),
    -- Raised when the key becomes another than it was read as.
    version             integer     NOT NULL DEFAULT 0,
    scopes              text[]      NOT NULL CHECK (cardinality(scopes) BETWEEN 1 AND 10),
    requests_per_minute integer     CHECK (requests_per_minute > 0),
    tokens_per_day      bigint      CHECK (tokens_per_day > 0),
    created_at          timestamptz NOT NULL,
    expires_at          timestamptz,
    last_used_at        timestamptz,
    -- The key that takes its place; until expires_at both are good.
    replaced_by         uuid
);

CREATE INDEX api_keys_of_user ON api_keys (user_id, created_at DESC, id DESC);
CREATE INDEX api_keys_expired ON api_keys (expires_at) WHERE expires_at IS NOT NULL;
