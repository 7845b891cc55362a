-- Schedules: scans that are asked for when their time comes. And when to look after a tenant without being asked.
--
-- payload, version: the order of a scan, as in a job. jitter: in seconds. handled: all slots until this moment are
-- decided. look_at: when to look again, null while nothing can come before a change. waiting: a slot is due and waits for
-- the end of last_scan. Times are of the database's clock.

CREATE TABLE schedules (
    tenant BIGINT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    account BIGINT NOT NULL CHECK (account > 0),
    version BIGINT NOT NULL CHECK (version > 0),
    payload TEXT NOT NULL,
    cron TEXT NOT NULL,
    timezone TEXT NOT NULL,
    jitter BIGINT NOT NULL CHECK (jitter BETWEEN 0 AND 86400),
    missed TEXT NOT NULL CHECK (missed IN ('skip', 'run-once')),
    priority BIGINT NOT NULL,
    queue TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    paused_at BIGINT,
    handled BIGINT NOT NULL,
    look_at BIGINT,
    waiting BIGINT NOT NULL DEFAULT 0 CHECK (waiting IN (0, 1)),
    last_slot BIGINT,
    last_scan TEXT,
    error_code TEXT,
    error_message TEXT,
    PRIMARY KEY (tenant, id),
-- People name a schedule: WHERE tenant = $1 AND name = $2; a name that is taken: INSERT … ON CONFLICT DO NOTHING.
    UNIQUE (tenant, name),
    CHECK (paused_at IS NULL OR (look_at IS NULL AND waiting = 0)),
    CHECK (waiting = 0 OR (look_at IS NOT NULL AND last_scan IS NOT NULL)),
    CHECK ((last_slot IS NULL) = (last_scan IS NULL)),
    CHECK (last_slot IS NULL OR last_slot <= handled),
    CHECK ((error_code IS NULL) = (error_message IS NULL))
);

-- What workers look at every second, over all tenants: what is due, and nothing else.
--   SELECT tenant … WHERE look_at <= clock
CREATE INDEX schedules_due ON schedules (look_at, tenant) WHERE look_at IS NOT NULL;

-- When to look at the tenant, and what was done last: retention was asked for, mutes that had expired by then were taken
-- back, ended jobs were removed.
ALTER TABLE tenants ADD COLUMN upkeep_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tenants ADD COLUMN retained_at BIGINT;
ALTER TABLE tenants ADD COLUMN mutes_ended_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tenants ADD COLUMN jobs_pruned_at BIGINT;
-- The same of tenants: SELECT id … WHERE upkeep_at <= clock.
CREATE INDEX tenants_upkeep ON tenants (upkeep_at);

-- Is a posture not what it should be? SELECT 1 … WHERE tenant = $1 AND pending <> 0 LIMIT 1.
CREATE INDEX accounts_pending ON accounts (tenant) WHERE pending <> 0;
-- Which mute ends next? WHERE tenant = $1 AND expires_at > $2 ORDER BY expires_at LIMIT 1.
CREATE INDEX mutes_expiring ON mutes (tenant, expires_at) WHERE expires_at IS NOT NULL;

-- The tenant's own jobs that have ended, the oldest of a kind first. The job of a scan stays as long as the scan's row.
--   SELECT id … WHERE tenant = $1 AND kind = 'retention' AND kind <> 'scan' AND finished_at < $2 ORDER BY finished_at LIMIT n
CREATE INDEX jobs_ended ON jobs (tenant, kind, finished_at) WHERE kind <> 'scan' AND finished_at IS NOT NULL;
