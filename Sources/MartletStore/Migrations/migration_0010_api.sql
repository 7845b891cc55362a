-- What programs keep of accounts, scans and mutes, the order of publishing, and files that were uploaded.

-- alias: what a user calls the account; a source's name never replaces it. connected: 1 or 0 by the last test of the
-- connection, null before the first.
ALTER TABLE accounts ADD COLUMN alias TEXT;
ALTER TABLE accounts ADD COLUMN created_at BIGINT;
ALTER TABLE accounts ADD COLUMN updated_at BIGINT;
ALTER TABLE accounts ADD COLUMN connected BIGINT;
ALTER TABLE accounts ADD COLUMN checked_at BIGINT;

ALTER TABLE scans ADD COLUMN name TEXT;
-- The order in which a tenant's scans were published, from 1; null where a scan was published before this step. What was
-- published up to a number is the same for ever, so a list can be read to its end as it was when it was begun.
ALTER TABLE scans ADD COLUMN publish_number BIGINT;
ALTER TABLE tenants ADD COLUMN publish_number BIGINT NOT NULL DEFAULT 0;

-- name: what people call the mute. disabled: it mutes nothing for now.
ALTER TABLE mutes ADD COLUMN name TEXT;
ALTER TABLE mutes ADD COLUMN created_by TEXT;
ALTER TABLE mutes ADD COLUMN updated_at BIGINT;
ALTER TABLE mutes ADD COLUMN disabled BIGINT NOT NULL DEFAULT 0;

-- Uploads of what a scanner wrote: the file in parts, so that any worker can read it. total: statements in the file;
-- invalid: those that cannot be used.
CREATE TABLE ingestions (
    tenant BIGINT NOT NULL,
    id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('uploading', 'pending', 'processing', 'completed', 'failed')),
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    size BIGINT NOT NULL DEFAULT 0,
    total BIGINT NOT NULL DEFAULT 0,
    invalid BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    created_by TEXT,
    finished_at BIGINT,
    error_code TEXT,
    error_message TEXT,
    PRIMARY KEY (tenant, id)
) ${clustered};

CREATE TABLE ingestion_parts (
    tenant BIGINT NOT NULL,
    ingestion TEXT NOT NULL,
    part BIGINT NOT NULL,
    content ${bytes} NOT NULL,
    PRIMARY KEY (tenant, ingestion, part)
);

-- Which accounts a file speaks of, each with the scan that takes in its part.
CREATE TABLE ingestion_scans (
    tenant BIGINT NOT NULL,
    ingestion TEXT NOT NULL,
    account BIGINT NOT NULL,
    scan TEXT NOT NULL,
    PRIMARY KEY (tenant, ingestion, account)
) ${clustered};
-- The removal of an account: DELETE … WHERE tenant = $1 AND account = $2.
CREATE INDEX ingestion_scans_account ON ingestion_scans (tenant, account);

-- Of the secret that an account's own scanners get: what people call it, and how it lets in (static, role,
-- service_account). Nothing of its value.
ALTER TABLE secrets ADD COLUMN label TEXT;
ALTER TABLE secrets ADD COLUMN access TEXT;
