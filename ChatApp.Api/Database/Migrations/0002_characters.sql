CREATE TABLE characters (
    id                uuid        PRIMARY KEY,
    slug              text        NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    name              text        NOT NULL,
    tagline           text        NOT NULL,
    description       text        NOT NULL,
    style             text        NOT NULL,
    system_prompt     text        NOT NULL,
    greeting          text        NOT NULL,
    -- Few-shot examples: [{"user": "...", "assistant": "..."}], in the order they are shown to the model.
    examples          jsonb       NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(examples) = 'array'),
    starters          text[]      NOT NULL DEFAULT '{}',
    -- NULL means what the service is configured with.
    model             text,
    temperature       real        CHECK (temperature BETWEEN 0 AND 2),
    top_p             real        CHECK (top_p > 0 AND top_p <= 1),
    max_output_tokens integer     CHECK (max_output_tokens > 0),
    accent_color      text        NOT NULL CHECK (accent_color ~ '^#[0-9a-f]{6}$'),
    avatar            text        NOT NULL,
    sort_order        integer     NOT NULL DEFAULT 1000,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX characters_listed ON characters (sort_order, id);
