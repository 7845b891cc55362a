-- Retention: what a tenant keeps, and how far each account has been pruned.

-- Both null: everything is kept.
ALTER TABLE tenants ADD COLUMN keep_scans BIGINT;
ALTER TABLE tenants ADD COLUMN keep_days BIGINT;

-- The oldest generation that can still be read; 0 while everything can.
ALTER TABLE accounts ADD COLUMN horizon BIGINT NOT NULL DEFAULT 0;
-- The horizon up to which pruning has come to its end; below it nothing is left to look for.
ALTER TABLE accounts ADD COLUMN pruned BIGINT NOT NULL DEFAULT 0;

-- What pruning removes next:
--   SELECT … WHERE tenant = $1 AND account = $2 AND closed_in < $3 ORDER BY closed_in LIMIT n
-- so that a batch costs what it removes, however large the table is. Diff ("closed_in > $3 AND closed_in <= $4") and
-- what is gone at a scan ("closed_in = $3") are ranges of the first one, too. Versions that hold are in none of these
-- indexes: a load does not write them, publish adds one entry for each version it closes, at the end of the account's.
CREATE INDEX findings_closed ON findings (tenant, account, closed_in) WHERE closed_in IS NOT NULL;
-- As findings_closed: WHERE tenant = $1 AND account = $2 AND closed_in < $3 ORDER BY closed_in LIMIT n.
CREATE INDEX resources_closed ON resources (tenant, account, closed_in) WHERE closed_in IS NOT NULL;
-- As findings_closed: WHERE tenant = $1 AND account = $2 AND closed_in < $3 ORDER BY closed_in LIMIT n.
CREATE INDEX compliance_rows_closed ON compliance_rows (tenant, account, closed_in) WHERE closed_in IS NOT NULL;
-- As findings_closed: WHERE tenant = $1 AND account = $2 AND closed_in < $3 ORDER BY closed_in LIMIT n.
CREATE INDEX finding_mutes_closed ON finding_mutes (tenant, account, closed_in) WHERE closed_in IS NOT NULL;
