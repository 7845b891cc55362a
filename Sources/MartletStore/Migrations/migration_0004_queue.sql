-- Jobs: work that outlives the process that asked for it. A scan's job has the scan's id.
--
-- account: the subject of the job's fence and lease, the number of an account, or a negative number for the tenant's own
-- work of one kind. token: of the last claim. Times are of the database's clock.

CREATE TABLE jobs (
    tenant BIGINT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('scan', 'retention', 'reevaluation', 'mute_expiry', 'schedule', 'ingestion')),
    version BIGINT NOT NULL CHECK (version > 0),
    payload TEXT NOT NULL,
    account BIGINT NOT NULL CHECK ((account > 0) = (kind = 'scan') AND account <> 0),
    queue TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
    priority BIGINT NOT NULL DEFAULT 0,
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    losses BIGINT NOT NULL DEFAULT 0 CHECK (losses >= 0),
    hand_backs BIGINT NOT NULL DEFAULT 0 CHECK (hand_backs >= 0),
    unique_key TEXT,
    token BIGINT NOT NULL DEFAULT 0 CHECK (token >= 0),
    worker TEXT,
    host TEXT,
    pid BIGINT,
    cancel_requested_at BIGINT,
    progress BIGINT NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1000),
    progress_text TEXT,
    progress_at BIGINT,
    progress_attempt BIGINT NOT NULL DEFAULT 0,
    error_code TEXT,
    error_message TEXT,
    queued_at BIGINT NOT NULL,
    first_claimed_at BIGINT,
    claimed_at BIGINT,
    finished_at BIGINT,
    trace TEXT,
    PRIMARY KEY (tenant, id),
    CHECK ((state = 'running') = (worker IS NOT NULL AND host IS NOT NULL AND pid IS NOT NULL)),
    CHECK (state <> 'running' OR (token > 0 AND attempts > 0 AND claimed_at IS NOT NULL)),
    CHECK ((state IN ('completed', 'failed', 'cancelled')) = (finished_at IS NOT NULL)),
    CHECK (state <> 'failed' OR error_code IS NOT NULL),
    CHECK (state <> 'completed' OR (error_code IS NULL AND cancel_requested_at IS NULL)),
    CHECK (state <> 'queued' OR cancel_requested_at IS NULL),
    CHECK ((state = 'cancelled') <= (cancel_requested_at IS NOT NULL)),
    CHECK ((first_claimed_at IS NULL) = (attempts = 0) AND (claimed_at IS NULL) = (attempts = 0)),
    CHECK ((error_code IS NULL) = (error_message IS NULL)),
    CHECK (attempts >= losses + hand_backs)
);

-- What may be claimed: for each tenant the first by priority and age. Finished jobs are not in it.
--   SELECT … WHERE tenant = $1 AND state = 'queued' AND run_at <= $2 ORDER BY priority DESC, queued_at, id LIMIT n
CREATE INDEX jobs_queued ON jobs (tenant, priority DESC, queued_at, id) WHERE state = 'queued';
-- The backstop of the fence: one running job for each subject. Also how many a tenant has, and what rescue looks at:
-- WHERE state = 'running', of one tenant or of all.
CREATE UNIQUE INDEX jobs_running ON jobs (tenant, account) WHERE state = 'running';
-- One job for each unique key among those under way: INSERT … ON CONFLICT (tenant, unique_key) WHERE … DO NOTHING.
CREATE UNIQUE INDEX jobs_unique ON jobs (tenant, unique_key)
    WHERE unique_key IS NOT NULL AND state IN ('queued', 'running');
-- The time that a tenant's last jobs spent in the queue:
--   SELECT … WHERE tenant = $1 AND first_claimed_at IS NOT NULL ORDER BY first_claimed_at DESC LIMIT n
CREATE INDEX jobs_claimed ON jobs (tenant, first_claimed_at) WHERE first_claimed_at IS NOT NULL;
-- What the removal of an account removes: DELETE … WHERE tenant = $1 AND account = $2.
CREATE INDEX jobs_account ON jobs (tenant, account);
