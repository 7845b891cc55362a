-- Every tenant table's key begins with the tenant. A version row holds for the generations g with
-- opened_in <= g and (closed_in is null or g < closed_in). Times are milliseconds since 1970 in UTC.

CREATE TABLE tokens (id INTEGER PRIMARY KEY CHECK (id = 1), last BIGINT NOT NULL);
INSERT INTO tokens (id, last) VALUES (1, 0);

-- statement_key: under which statements are hashed; a secret of the tenant.
CREATE TABLE tenants (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE, statement_key ${bytes});

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
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, provider, uid)
);

-- Only a claim changes a fence; the token is in a key so that a proof can lock it without blocking renewals.
CREATE TABLE fences (
    tenant BIGINT NOT NULL,
    account BIGINT NOT NULL,
    token BIGINT NOT NULL,
    PRIMARY KEY (tenant, account),
    UNIQUE (tenant, account, token)
);

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
-- The scan of a generation, and an account's scans newest first.
CREATE INDEX scans_generation ON scans (tenant, account, generation);

-- What repeats many times is a small integer.
CREATE TABLE sources (tenant BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (tenant, id), UNIQUE (tenant, name));
CREATE TABLE checks (tenant BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (tenant, id), UNIQUE (tenant, name));
CREATE TABLE regions (tenant BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (tenant, id), UNIQUE (tenant, name));
-- name: the regions of the set, each ended by a line feed; a region's name has none.
CREATE TABLE region_sets (tenant BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (tenant, id), UNIQUE (tenant, name));

-- What sources say of a check, once per content.
CREATE TABLE check_texts (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    check_id BIGINT NOT NULL,
    content ${bytes} NOT NULL,
    service TEXT NOT NULL,
    title TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, content)
);
-- Which text holds for a check of an account.
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

CREATE TABLE findings (
    id ${rowid},
    tenant BIGINT NOT NULL,
    account BIGINT NOT NULL,
    fingerprint ${bytes} NOT NULL,
    opened_in BIGINT NOT NULL,
    closed_in BIGINT,
    closed_as BIGINT,
    source BIGINT NOT NULL,
    check_id BIGINT NOT NULL,
    regions BIGINT NOT NULL,
    resource BIGINT NOT NULL,
    status BIGINT NOT NULL,
    severity BIGINT NOT NULL,
    muted BIGINT NOT NULL,
    delta BIGINT NOT NULL,
    transition BIGINT NOT NULL,
    ever_failed BIGINT NOT NULL,
    first_seen_at BIGINT NOT NULL,
    failing_since BIGINT,
    observed_at BIGINT NOT NULL,
    statement BIGINT NOT NULL,
    content ${bytes} NOT NULL,
    discriminator TEXT NOT NULL,
    detail TEXT NOT NULL
);
-- Ingest looks up the versions of a finding.
CREATE UNIQUE INDEX findings_key ON findings (tenant, account, fingerprint, opened_in);
-- The current posture: tallies and what was not seen come from this index alone; what an unpublished generation left
-- is a range of it.
CREATE INDEX findings_current ON findings
    (tenant, account, opened_in, source, check_id, regions, status, severity, muted, resource) WHERE closed_in IS NULL;

CREATE TABLE resources (
    id ${rowid},
    tenant BIGINT NOT NULL,
    account BIGINT NOT NULL,
    resource BIGINT NOT NULL,
    uid_key ${bytes} NOT NULL,
    opened_in BIGINT NOT NULL,
    closed_in BIGINT,
    content ${bytes} NOT NULL,
    first_seen_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    tag_count BIGINT NOT NULL,
    uid TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    service TEXT NOT NULL,
    region TEXT NOT NULL,
    partition_name TEXT NOT NULL,
    data TEXT NOT NULL,
    tags TEXT NOT NULL
);
-- Ingest looks up the versions of a resource.
CREATE UNIQUE INDEX resources_key ON resources (tenant, account, uid_key, opened_in);
-- Findings name their resource; listings join the version of a generation.
CREATE INDEX resources_number ON resources (tenant, account, resource, opened_in);

-- Finds resources by tag; tag is a hash of key and value, the text stands in the resource.
CREATE TABLE resource_tags (
    tenant BIGINT NOT NULL,
    account BIGINT NOT NULL,
    tag BIGINT NOT NULL,
    resource BIGINT NOT NULL,
    opened_in BIGINT NOT NULL,
    PRIMARY KEY (tenant, account, tag, resource, opened_in)
) ${clustered};

CREATE TABLE coverage (
    tenant BIGINT NOT NULL,
    account BIGINT NOT NULL,
    source BIGINT NOT NULL,
    check_id BIGINT NOT NULL,
    region BIGINT NOT NULL,
    opened_in BIGINT NOT NULL,
    closed_in BIGINT,
    state BIGINT NOT NULL,
    PRIMARY KEY (tenant, account, source, check_id, region, opened_in)
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
    tenant BIGINT NOT NULL,
    account BIGINT NOT NULL,
    fingerprint ${bytes} NOT NULL,
    opened_in BIGINT NOT NULL,
    closed_in BIGINT,
    mute TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (tenant, account, fingerprint, opened_in)
) ${clustered};

-- document: the whole; evaluation: the part that publish reads.
CREATE TABLE frameworks (
    tenant BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    active BIGINT NOT NULL,
    content ${bytes} NOT NULL,
    added_at BIGINT NOT NULL,
    document TEXT NOT NULL,
    evaluation TEXT NOT NULL,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, name, content)
);
CREATE UNIQUE INDEX frameworks_active ON frameworks (tenant, name) WHERE active = 1;

-- requirement: its place in the framework's file, from 0.
CREATE TABLE compliance_rows (
    tenant BIGINT NOT NULL,
    account BIGINT NOT NULL,
    framework BIGINT NOT NULL,
    requirement BIGINT NOT NULL,
    region BIGINT NOT NULL,
    opened_in BIGINT NOT NULL,
    closed_in BIGINT,
    status BIGINT NOT NULL,
    passed_checks BIGINT NOT NULL,
    failed_checks BIGINT NOT NULL,
    evaluated_checks BIGINT NOT NULL,
    total_checks BIGINT NOT NULL,
    passed_findings BIGINT NOT NULL,
    total_findings BIGINT NOT NULL,
    PRIMARY KEY (tenant, account, framework, requirement, region, opened_in)
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
