-- An account that was made by signing in elsewhere has no password. A confirmed address has been shown to be its owner's.
ALTER TABLE users
    ALTER COLUMN password_hash DROP NOT NULL,
    ADD COLUMN email_confirmed_at timestamptz;

-- Mails to be written. What one says is made when it is sent, so no link ever stands here; a row that was sent stays for a day, so that
-- nobody can have one address written to without end.
CREATE TABLE mails (
    id           uuid        PRIMARY KEY,
    kind         text        NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    email        text        NOT NULL CHECK (length(email) <= 254),
    -- Whose account it is about, where that does not follow from the address.
    user_id      uuid        REFERENCES users ON DELETE CASCADE,
    requested_at timestamptz NOT NULL DEFAULT now(),
    run_after    timestamptz NOT NULL DEFAULT now(),
    failures     integer     NOT NULL DEFAULT 0,
    ended_at     timestamptz
);

CREATE INDEX mails_next ON mails (run_after) WHERE ended_at IS NULL;
CREATE INDEX mails_by_address ON mails (lower(email), kind, requested_at);
CREATE INDEX mails_ended ON mails (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX mails_by_user ON mails (user_id) WHERE user_id IS NOT NULL;

-- The links in mails, as SHA-256 of their 256 random bits. One that was used is gone.
CREATE TABLE link_tokens (
    hash       bytea       PRIMARY KEY,
    user_id    uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    purpose    text        NOT NULL CHECK (purpose IN ('resetPassword', 'confirmEmail', 'changeEmail')),
    -- The address that whoever has the link can read.
    email      text        NOT NULL CHECK (length(email) <= 254),
    expires_at timestamptz NOT NULL
);

CREATE INDEX link_tokens_by_user ON link_tokens (user_id);
CREATE INDEX link_tokens_expired ON link_tokens (expires_at);

-- Secrets are sealed with a key that is not in the database. One is not in use until a first code has confirmed it.
CREATE TABLE second_factors (
    user_id      uuid        PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    secret       text        NOT NULL,
    confirmed_at timestamptz,
    -- The time step of the last code that was taken: none is taken twice.
    last_step    bigint      NOT NULL DEFAULT 0
);

CREATE TABLE recovery_codes (
    user_id uuid  NOT NULL REFERENCES users ON DELETE CASCADE,
    code    bytea NOT NULL,
    PRIMARY KEY (user_id, code)
);

-- Sign-ins between the password and the code.
CREATE TABLE second_factor_tickets (
    id         uuid        PRIMARY KEY,
    user_id    uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    tries      integer     NOT NULL DEFAULT 0,
    expires_at timestamptz NOT NULL
);

CREATE INDEX second_factor_tickets_by_user ON second_factor_tickets (user_id);
CREATE INDEX second_factor_tickets_expired ON second_factor_tickets (expires_at);

-- Accounts at other places that sign in to one of ours; one of each provider.
CREATE TABLE external_logins (
    provider     text        NOT NULL CHECK (length(provider) BETWEEN 1 AND 30),
    subject      text        NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    user_id      uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    email        text        CHECK (length(email) <= 254),
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (provider, subject),
    UNIQUE (user_id, provider)
);

-- States of external sign-ins that have come back: each does so once.
CREATE TABLE external_states (
    id         uuid        PRIMARY KEY,
    expires_at timestamptz NOT NULL
);

CREATE INDEX external_states_expired ON external_states (expires_at);
