-- External sources: scanners of others that a tenant's workers run. The definition is a document of the program's; it
-- names secrets and holds none.

CREATE TABLE external_sources (
    tenant BIGINT NOT NULL,
    name TEXT NOT NULL,
    definition TEXT NOT NULL,
    created_at BIGINT NOT NULL,
-- When the definition was last set.
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, name)
) ${clustered};

-- What the scan was limited to, as a JSON object; null where it was not. What is outside is never closed by it.
ALTER TABLE scans ADD COLUMN filters TEXT;
