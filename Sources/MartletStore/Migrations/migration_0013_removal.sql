-- Tests of connections, and the removal of accounts and tenants, as jobs.

-- Accounts that are being removed. Their rows are no accounts' any more, so nobody sees them; a job removes them by and by.
CREATE TABLE account_removals (
    tenant BIGINT NOT NULL,
    account BIGINT NOT NULL,
    provider TEXT NOT NULL,
    uid TEXT NOT NULL,
    requested_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, account)
) ${clustered};
-- Is it being removed? SELECT account … WHERE tenant = $1 AND provider = $2 AND uid = $3 ORDER BY account LIMIT 1.
CREATE INDEX account_removals_uid ON account_removals (tenant, provider, uid);

-- removing_at: since when the tenant is being removed. last_account: the highest number of an account that was removed;
-- numbers are not given again.
ALTER TABLE tenants ADD COLUMN removing_at BIGINT;
ALTER TABLE tenants ADD COLUMN last_account BIGINT NOT NULL DEFAULT 0;

-- Of the installation: the highest number of a tenant that was removed, under the name of the table.
CREATE TABLE last_numbers (name TEXT NOT NULL PRIMARY KEY, last BIGINT NOT NULL);

-- result: what came of a job that is done, as a JSON object; null where its end says all.
ALTER TABLE jobs ADD COLUMN result TEXT;
