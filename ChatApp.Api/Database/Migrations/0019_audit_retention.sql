-- What people say in detail is looked through for words; the newest entries are asked for most, which the primary key serves. Entries
-- of one kind about one thing, such as the reads of a conversation, are found together.
CREATE INDEX audit_log_by_kind ON audit_log (subject_kind, id DESC) WHERE subject_kind IS NOT NULL;
-- By the key that was used, when one has leaked.
CREATE INDEX audit_log_by_key ON audit_log (key_id, id DESC) WHERE key_id IS NOT NULL;
