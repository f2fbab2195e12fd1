CREATE TABLE users (
    id            uuid        PRIMARY KEY,
    name          text        NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    email         text        NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    password_hash text        NOT NULL,
    role          text        NOT NULL CHECK (role IN ('user', 'creator', 'moderator', 'admin')),
    created_at    timestamptz NOT NULL DEFAULT now()
);

-- One account an address, however it is written.
CREATE UNIQUE INDEX users_email ON users (lower(email));
