-- What is done about which texts. Rows are only ever added: the newest of a scope holds, one without content ends it. Written one
-- after the other, under a lock, so that whoever has read up to one seq has missed nothing before it.
CREATE TABLE moderation_policies (
    seq        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    scope      text        NOT NULL CHECK (scope ~ '^(site|role:(user|creator|moderator|admin)|character:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$'),
    version    integer     NOT NULL CHECK (version > 0),
    content    jsonb,
    updated_at timestamptz NOT NULL DEFAULT now(),
    -- No foreign key: that somebody changed it is true also when the account is gone. Null: it came with the service.
    updated_by uuid,
    UNIQUE (scope, version)
);

-- Adults talk here, and stories are allowed to be violent; who is in danger is told where help is.
INSERT INTO moderation_policies (scope, version, content) VALUES ('site', 1, '{
    "rules": {
        "sexual":   {"low": "allow", "medium": "flag",  "high": "block"},
        "hate":     {"low": "allow", "medium": "flag",  "high": "block"},
        "violence": {"low": "allow", "medium": "allow", "high": "flag"},
        "selfHarm": {"low": "allow", "medium": "allow", "high": "flag"},
        "illegal":  {"low": "allow", "medium": "flag",  "high": "block"},
        "minors":   {"low": "block", "medium": "block", "high": "block"}},
    "detectors": {"rules": true, "classifier": false, "outside": false},
    "whenUnavailable": "allowAndFlag",
    "holdAnswers": false,
    "overridable": []}');

-- Every decision that was not to allow, and what became of it.
CREATE TABLE moderation_log (
    id              uuid        PRIMARY KEY,
    at              timestamptz NOT NULL DEFAULT now(),
    -- Null for a name that somebody wanted who has no account yet.
    user_id         uuid        REFERENCES users ON DELETE CASCADE,
    source          text        NOT NULL CHECK (source IN ('message', 'answer', 'name', 'memory', 'document')),
    -- Null where a detector was away and nobody knows.
    category        text        CHECK (category IN ('sexual', 'hate', 'violence', 'selfHarm', 'illegal', 'minors')),
    level           text        NOT NULL CHECK (level IN ('none', 'low', 'medium', 'high')),
    action          text        NOT NULL CHECK (action IN ('flag', 'redact', 'block')),
    detector        text        NOT NULL CHECK (length(detector) <= 40),
    rule            text        NOT NULL CHECK (length(rule) <= 120),
    policy_scope    text        NOT NULL,
    policy_version  integer     NOT NULL,
    excerpt         text        NOT NULL CHECK (length(excerpt) <= 400),
    span_start      integer     NOT NULL,
    span_length     integer     NOT NULL,
    latency_ms      double precision NOT NULL,
    character_id    uuid,
    conversation_id uuid,
    message_id      uuid,
    turn_id         uuid,
    -- What the text was, where it is kept nowhere else: what an approval gives back.
    original        text,
    -- SHA-256 of a text that a person wrote: what was approved once is not blocked again.
    text_hash       bytea,
    -- noted: nobody has to look at it.
    status          text        NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'appealed', 'approved', 'upheld', 'banned', 'noted')),
    appeal          text        CHECK (length(appeal) BETWEEN 1 AND 2000),
    appealed_at     timestamptz,
    decided_at      timestamptz,
    decided_by      uuid,
    reason          text        CHECK (length(reason) <= 500)
);

CREATE INDEX moderation_log_queue ON moderation_log (status, at DESC, id DESC);
CREATE INDEX moderation_log_closed ON moderation_log (at DESC, id DESC) WHERE status NOT IN ('open', 'appealed');
CREATE INDEX moderation_log_of_user ON moderation_log (user_id, at DESC, id DESC);
CREATE INDEX moderation_log_of_message ON moderation_log (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX moderation_log_approved ON moderation_log (user_id, text_hash) WHERE status = 'approved' AND text_hash IS NOT NULL;
CREATE INDEX moderation_log_by_age ON moderation_log (at);
-- Another attempt at the same turn decides the same once more.
CREATE UNIQUE INDEX moderation_log_once ON moderation_log (turn_id, source, action, detector, coalesce(category, '')) WHERE turn_id IS NOT NULL;

-- What a person said and may not say: its text is in the log alone, so that nothing that reads messages can pass it on.
ALTER TABLE messages DROP CONSTRAINT messages_status_check;
ALTER TABLE messages ADD CONSTRAINT messages_status_check CHECK (status IN ('pending', 'streaming', 'complete', 'stopped', 'failed', 'blocked'));

-- The data of the event that took the answer's text away, whose number is restart_seq; null for all other turns.
ALTER TABLE turns ADD COLUMN moderated text;
