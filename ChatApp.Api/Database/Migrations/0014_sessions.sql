-- Keys that sign access tokens. The public part is published; the private part is sealed with a key that is not in the database.
CREATE TABLE signing_keys (
    id         text        PRIMARY KEY CHECK (length(id) <= 64),
    public_key bytea       NOT NULL,
    sealed_key text        NOT NULL,
    created_at timestamptz NOT NULL,
    -- A key signs from here until the next one does.
    signs_from timestamptz NOT NULL
);

-- Raised when the tokens that an account has been given no longer count, as when its role changes.
ALTER TABLE users ADD COLUMN token_version integer NOT NULL DEFAULT 0;

-- One for every place where somebody is signed in.
CREATE TABLE sessions (
    id           uuid        PRIMARY KEY,
    user_id      uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    -- Which refresh token is good: no token stands here, each follows from the session and its number.
    counter      integer     NOT NULL DEFAULT 0,
    refreshed_at timestamptz NOT NULL,
    created_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    address      text        CHECK (length(address) <= 64),
    user_agent   text        CHECK (length(user_agent) <= 300),
    ended_at     timestamptz,
    ended_for    text        CHECK (length(ended_for) BETWEEN 1 AND 40),
    CHECK ((ended_at IS NULL) = (ended_for IS NULL))
);

CREATE INDEX sessions_of_user ON sessions (user_id, last_seen_at DESC) WHERE ended_at IS NULL;
-- For an account's deletion, and for what is kept no longer.
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_expired ON sessions (expires_at);
CREATE INDEX sessions_ended ON sessions (ended_at) WHERE ended_at IS NOT NULL;

-- What no longer counts although tokens for it may still be about: sessions, API keys and accounts, where what was given was given at a
-- version below this one. Every process follows it; a row is needed for as long as a token lives.
CREATE TABLE revocations (
    subject uuid        PRIMARY KEY,
    version integer     NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX revocations_by_time ON revocations (at);
