-- Every tenant table's key begins with the tenant. A version row holds for the generations g with
-- opened_in <= g and (closed_in is null or g < closed_in). Times are milliseconds since 1970 in UTC.

CREATE TABLE tokens (id INTEGER PRIMARY KEY CHECK (id = 1), last BIGINT NOT NULL);
INSERT INTO tokens (id, last) VALUES (1, 0);

-- statement_key: under which statements are hashed; a secret of the tenant. Opening a store looks for its tenant: SELECT …
-- WHERE name = $1.
CREATE TABLE tenants (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE, statement_key ${bytes});

-- Imports look an account up by provider and uid, everything after that by its number.
--
-- evaluated_from: a hash of what the posture was evaluated from beside findings, resources and coverage; the four numbers
-- are what came of it. Where none of this changes, publish does not evaluate again.
CREATE TABLE accounts (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    provider TEXT NOT NULL,
    uid TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    organization TEXT NOT NULL DEFAULT '',
    organization_name TEXT NOT NULL DEFAULT '',
    generation BIGINT NOT NULL DEFAULT 0,
    published BIGINT NOT NULL DEFAULT 0,
    published_scan TEXT,
    published_at BIGINT,
    observed_at BIGINT,
    posture_version BIGINT NOT NULL DEFAULT 0,
    pending BIGINT NOT NULL DEFAULT 0,
    next_resource BIGINT NOT NULL DEFAULT 1,
    evaluated_from ${bytes},
    compliance_rows BIGINT NOT NULL DEFAULT 0,
    muted_findings BIGINT NOT NULL DEFAULT 0,
    held_resources BIGINT NOT NULL DEFAULT 0,
    held_tags BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, id),
-- SELECT id … WHERE tenant = $1 AND provider = $2 AND uid = $3.
    UNIQUE (tenant, provider, uid)
);

-- Only a claim changes a fence; the token is in a key so that a proof can lock it without blocking renewals.
CREATE TABLE fences (
    tenant BIGINT NOT NULL,
    account BIGINT NOT NULL,
    token BIGINT NOT NULL,
    PRIMARY KEY (tenant, account),
-- The proof: SELECT … WHERE tenant = $1 AND account = $2 AND token = $3, locked as a key.
    UNIQUE (tenant, account, token)
);

-- Looked up by the subject: SELECT … WHERE tenant = $1 AND account = $2.
CREATE TABLE leases (
    tenant BIGINT NOT NULL,
    account BIGINT NOT NULL,
    token BIGINT NOT NULL,
    scan TEXT NOT NULL,
    worker TEXT NOT NULL,
    host TEXT NOT NULL,
    pid BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, account)
);

CREATE TABLE scans (
    tenant BIGINT NOT NULL,
    id TEXT NOT NULL,
    account BIGINT NOT NULL,
    source TEXT NOT NULL DEFAULT '',
    origin TEXT NOT NULL,
    scope TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN
        ('queued', 'running', 'publishing', 'completed', 'completed_with_gaps', 'failed', 'cancelled')),
    generation BIGINT NOT NULL DEFAULT 0,
    attempts BIGINT NOT NULL DEFAULT 0,
    token BIGINT NOT NULL DEFAULT 0,
    observed_at BIGINT,
    queued_at BIGINT NOT NULL,
    first_claimed_at BIGINT,
    claimed_at BIGINT,
    finished_at BIGINT,
    config TEXT,
    counts TEXT,
    coverage TEXT,
    error_code TEXT,
    error_message TEXT,
    PRIMARY KEY (tenant, id)
);
-- The scan of a generation, and an account's scans newest first:
--   SELECT … WHERE tenant = $1 AND account = $2 AND generation <= $3 ORDER BY generation DESC
CREATE INDEX scans_generation ON scans (tenant, account, generation);

-- What repeats many times is a small integer. Ingest asks by name, WHERE tenant = $1 AND name = $2, for many names at once;
-- listings ask by number, WHERE tenant = $1 AND id IN (…).
CREATE TABLE sources (tenant BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL,
-- WHERE tenant = $1 AND name = $2.
    PRIMARY KEY (tenant, id), UNIQUE (tenant, name));
CREATE TABLE checks (tenant BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL,
-- WHERE tenant = $1 AND name = $2.
    PRIMARY KEY (tenant, id), UNIQUE (tenant, name));
CREATE TABLE regions (tenant BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL,
-- WHERE tenant = $1 AND name = $2.
    PRIMARY KEY (tenant, id), UNIQUE (tenant, name));
-- name: the regions of the set, each ended by a line feed; a region's name has none.
CREATE TABLE region_sets (tenant BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL,
-- WHERE tenant = $1 AND name = $2.
    PRIMARY KEY (tenant, id), UNIQUE (tenant, name));

-- What sources say of a check, once per content: publish looks for the content, listings for the number.
CREATE TABLE check_texts (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    check_id BIGINT NOT NULL,
    content ${bytes} NOT NULL,
    service TEXT NOT NULL,
    title TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (tenant, id),
-- Publish: SELECT id … WHERE tenant = $1 AND content = $2, for many at once.
    UNIQUE (tenant, content)
);
-- Which text holds for a check of an account. This key, and that of each small versioned table below, gives the account's
-- rows in the order in which publish compares them with the new ones:
--   SELECT … WHERE tenant = $1 AND account = $2 AND closed_in IS NULL ORDER BY source, check_id
-- and the row to close by all its columns.
CREATE TABLE check_holdings (
    tenant BIGINT NOT NULL,
    account BIGINT NOT NULL,
    source BIGINT NOT NULL,
    check_id BIGINT NOT NULL,
    opened_in BIGINT NOT NULL,
    closed_in BIGINT,
    check_text BIGINT NOT NULL,
    PRIMARY KEY (tenant, account, source, check_id, opened_in)
) ${clustered};

-- Wide columns first, so that no row is padded.
CREATE TABLE findings (
    id ${rowid},
    first_seen_at BIGINT NOT NULL,
    failing_since BIGINT,
    observed_at BIGINT NOT NULL,
    statement BIGINT NOT NULL,
    tenant INTEGER NOT NULL,
    account INTEGER NOT NULL,
    opened_in INTEGER NOT NULL,
    closed_in INTEGER,
    source INTEGER NOT NULL,
    check_id INTEGER NOT NULL,
    regions INTEGER NOT NULL,
    resource INTEGER NOT NULL,
    closed_as SMALLINT,
    status SMALLINT NOT NULL,
    severity SMALLINT NOT NULL,
    muted SMALLINT NOT NULL,
    delta SMALLINT NOT NULL,
    transition SMALLINT NOT NULL,
    ever_failed SMALLINT NOT NULL,
    fingerprint ${bytes} NOT NULL,
    content ${bytes} NOT NULL,
    discriminator TEXT NOT NULL,
    detail TEXT NOT NULL
);
-- Ingest looks up the versions of a finding: WHERE tenant = $1 AND account = $2 AND fingerprint = $3.
CREATE UNIQUE INDEX findings_key ON findings (tenant, account, fingerprint, opened_in);
-- The current posture of an account, and what an unpublished generation left, are ranges of it:
--   SELECT … WHERE tenant = $1 AND account = $2 AND closed_in IS NULL AND opened_in <= $3
-- In SQLite tallies and the search for what was not seen come from this index alone, so that no row is fetched. PostgreSQL
-- looks at the rows anyway until they have been vacuumed; there it is kept small.
CREATE INDEX findings_current ON findings (tenant, account, opened_in${tallied}) WHERE closed_in IS NULL;
-- A page of findings in the listings' order, from where the last one ended:
--   SELECT … WHERE tenant = $1 AND status = $2 AND severity = $3 AND account = $4 AND fingerprint >= $7
--   AND closed_in IS NULL ORDER BY fingerprint LIMIT n
-- or, over all accounts, AND (account, fingerprint) >= ($4, $6) ORDER BY account, fingerprint LIMIT n.
CREATE INDEX findings_listed ON findings (tenant, status, severity, account, fingerprint) WHERE closed_in IS NULL;

CREATE TABLE resources (
    id ${rowid},
    first_seen_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    tenant INTEGER NOT NULL,
    account INTEGER NOT NULL,
    resource INTEGER NOT NULL,
    opened_in INTEGER NOT NULL,
    closed_in INTEGER,
    tag_count INTEGER NOT NULL,
    uid_key ${bytes} NOT NULL,
    content ${bytes} NOT NULL,
    uid TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    service TEXT NOT NULL,
    region TEXT NOT NULL,
    partition_name TEXT NOT NULL,
    data TEXT NOT NULL,
    tags TEXT NOT NULL
);
-- Ingest looks up the versions of a resource: WHERE tenant = $1 AND account = $2 AND uid_key = $3.
CREATE UNIQUE INDEX resources_key ON resources (tenant, account, uid_key, opened_in);
-- Findings name their resource; listings join the version of a generation: WHERE tenant = $1 AND account = $2 AND
-- resource = $3 AND opened_in <= $4.
CREATE INDEX resources_number ON resources (tenant, account, resource, opened_in);

-- Finds resources by tag; tag is a hash of key and value, the text stands in the resource. One row names all the
-- resources of one batch that have the tag: resources, 4 bytes each.
CREATE TABLE resource_tags (
    tenant INTEGER NOT NULL,
    account INTEGER NOT NULL,
    opened_in INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    tag BIGINT NOT NULL,
    resources ${bytes} NOT NULL,
    PRIMARY KEY (tenant, account, tag, opened_in, batch)
) ${clustered};

-- regions: what became of the check in each region (CoverageRegions).
CREATE TABLE coverage (
    tenant INTEGER NOT NULL,
    account INTEGER NOT NULL,
    source INTEGER NOT NULL,
    check_id INTEGER NOT NULL,
    opened_in INTEGER NOT NULL,
    closed_in INTEGER,
    regions ${bytes} NOT NULL,
    PRIMARY KEY (tenant, account, source, check_id, opened_in)
) ${clustered};

CREATE TABLE mutes (
    tenant BIGINT NOT NULL,
    id TEXT NOT NULL,
    origin TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    rule TEXT NOT NULL,
    PRIMARY KEY (tenant, id)
);
-- Findings that a mute covers, by generation: history shows mutes as they were then.
CREATE TABLE finding_mutes (
    tenant INTEGER NOT NULL,
    account INTEGER NOT NULL,
    fingerprint ${bytes} NOT NULL,
    opened_in INTEGER NOT NULL,
    closed_in INTEGER,
    mute TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (tenant, account, fingerprint, opened_in)
) ${clustered};

-- name: its id, the file's name. label, version: what the file calls it. document: the whole; evaluation: the part that
-- publish reads.
CREATE TABLE frameworks (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    label TEXT NOT NULL DEFAULT '',
    version TEXT NOT NULL DEFAULT '',
    active BIGINT NOT NULL,
    content ${bytes} NOT NULL,
    added_at BIGINT NOT NULL,
    document TEXT NOT NULL,
    evaluation TEXT NOT NULL,
    PRIMARY KEY (tenant, id),
-- Is it there already? WHERE tenant = $1 AND name = $2 AND content = $3.
    UNIQUE (tenant, name, content)
);
-- One of a name is active: WHERE tenant = $1 AND name = $2 AND active = 1.
CREATE UNIQUE INDEX frameworks_active ON frameworks (tenant, name) WHERE active = 1;

-- requirement: its place in the framework's file, from 0. regions: its rows, one for each region (ComplianceRegions).
CREATE TABLE compliance_rows (
    tenant INTEGER NOT NULL,
    account INTEGER NOT NULL,
    framework INTEGER NOT NULL,
    requirement INTEGER NOT NULL,
    opened_in INTEGER NOT NULL,
    closed_in INTEGER,
    regions ${bytes} NOT NULL,
    PRIMARY KEY (tenant, account, framework, requirement, opened_in)
) ${clustered};

CREATE TABLE framework_summaries (
    tenant BIGINT NOT NULL,
    account BIGINT NOT NULL,
    framework BIGINT NOT NULL,
    opened_in BIGINT NOT NULL,
    closed_in BIGINT,
    passed BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    manual BIGINT NOT NULL,
    errored BIGINT NOT NULL,
    incomplete BIGINT NOT NULL,
    muted BIGINT NOT NULL,
    not_evaluated BIGINT NOT NULL,
    PRIMARY KEY (tenant, account, framework, opened_in)
) ${clustered};

CREATE TABLE scores (
    tenant BIGINT NOT NULL,
    account BIGINT NOT NULL,
    framework BIGINT NOT NULL,
    opened_in BIGINT NOT NULL,
    closed_in BIGINT,
    score DOUBLE PRECISION,
    document TEXT NOT NULL,
    PRIMARY KEY (tenant, account, framework, opened_in)
) ${clustered};

-- How many findings of each kind an account has.
CREATE TABLE postures (
    tenant BIGINT NOT NULL,
    account BIGINT NOT NULL,
    status BIGINT NOT NULL,
    severity BIGINT NOT NULL,
    muted BIGINT NOT NULL,
    opened_in BIGINT NOT NULL,
    closed_in BIGINT,
    findings BIGINT NOT NULL,
    PRIMARY KEY (tenant, account, status, severity, muted, opened_in)
) ${clustered};
