-- Checks that a tenant adds to those of the program, and parameters of any check that it changes. The files are kept
-- as they were written; what they say is nothing the database knows.

CREATE TABLE tenant_checks (
    tenant BIGINT NOT NULL,
    check_id TEXT NOT NULL,
-- The check's files, as a JSON array of objects with path and text.
    files TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, check_id)
) ${clustered};

CREATE TABLE check_parameters (
    tenant BIGINT NOT NULL,
    check_id TEXT NOT NULL,
-- A JSON object from names to values.
    changes TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, check_id)
) ${clustered};
