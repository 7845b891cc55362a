-- Credentials of accounts and sources, sealed by the program: the database never sees a key or a value.

CREATE TABLE secrets (
    tenant BIGINT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    sealed ${bytes} NOT NULL,
-- The key that sealed it, for lists and for rotation; the sealed bytes say it, too.
    key_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
-- When the value was last set; sealing it anew is no change.
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, name)
) ${clustered};
