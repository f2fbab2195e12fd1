-- The newest saved event when the current attempt began: whether an attempt got anywhere before its worker went away.
ALTER TABLE turns ADD COLUMN claimed_seq bigint NOT NULL DEFAULT 1;
-- Attempts whose worker went away, whether they got anywhere or not.
ALTER TABLE turns ADD COLUMN losses integer NOT NULL DEFAULT 0;
