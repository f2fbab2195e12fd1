-- Bans. 'infinity' is until somebody ends it; one that has passed is as good as none. The reason is what the person is told.
ALTER TABLE users
    ADD COLUMN banned_until timestamptz,
    ADD COLUMN ban_reason   text CHECK (length(ban_reason) BETWEEN 1 AND 500),
    -- Set once, for good: the account takes no sign-in, no token and no key any more, and what it left is being deleted.
    ADD COLUMN deletion_requested_at timestamptz,
    ADD CONSTRAINT users_ban CHECK ((banned_until IS NULL) = (ban_reason IS NULL));

CREATE INDEX users_by_age ON users (created_at DESC, id DESC);
CREATE INDEX users_banned ON users (id) WHERE banned_until IS NOT NULL;
CREATE INDEX users_of_role ON users (role, created_at DESC, id DESC) WHERE role <> 'user';

-- Accounts that are being deleted. No foreign key: the account's own row goes before the last of what is kept elsewhere does.
CREATE TABLE account_deletions (
    user_id       uuid        PRIMARY KEY,
    requested_at  timestamptz NOT NULL DEFAULT now(),
    -- A claim puts it off, so whatever becomes of its process it is found again. It is never given up.
    run_after     timestamptz NOT NULL DEFAULT now(),
    failures      integer     NOT NULL DEFAULT 0,
    -- When the account's row went; what is kept elsewhere is looked for once more some time after that.
    emptied_at    timestamptz
);

CREATE INDEX account_deletions_next ON account_deletions (run_after);
