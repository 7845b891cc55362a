-- Lists that are read to their end as they were when they were begun, whatever is published and muted meanwhile.

-- What a past posture shows of versions that no longer hold, in the order of listings:
--   SELECT … WHERE tenant = $1 AND status = $2 AND severity = $3 AND account = $4 AND fingerprint >= $9
--   AND fingerprint <= $5 AND closed_in > $6 AND opened_in <= $6 AND closed_in IS NOT NULL ORDER BY fingerprint LIMIT n
-- Whether a version held is told by the index alone. A load does not write it; publish adds an entry for each version that
-- it closes.
CREATE INDEX findings_past ON findings (tenant, account, status, severity, fingerprint, closed_in, opened_in)
    WHERE closed_in IS NOT NULL;

-- A change of mutes rewrites the published generation. What it replaced stands here: whether a finding was covered before,
-- by what, and with which reason (both null where it was not). number: of the tenant's publish numbers, drawn with the
-- change; 0 inside the transaction only. Rows are kept as long as a cursor may be used.
CREATE TABLE mute_changes (
    tenant BIGINT NOT NULL,
    account BIGINT NOT NULL,
    generation BIGINT NOT NULL,
    fingerprint ${bytes} NOT NULL,
    number BIGINT NOT NULL,
    mute TEXT,
    reason TEXT,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, account, generation, fingerprint, number)
) ${clustered};
-- Which postures were rewritten after a number: WHERE tenant = $1 AND number > $2.
CREATE INDEX mute_changes_number ON mute_changes (tenant, number, account, generation);
