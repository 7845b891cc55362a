-- What the workers of an installation have done and how they are, for one place that shows it for all. Nothing of a tenant.

-- Counts that only grow, over all workers that there ever were.
CREATE TABLE work_totals (name TEXT NOT NULL PRIMARY KEY, value BIGINT NOT NULL) ${clustered};

-- How each worker is at the moment; seen_at: when it last said so.
CREATE TABLE work_gauges (
    worker TEXT NOT NULL,
    name TEXT NOT NULL,
    value BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (worker, name)
) ${clustered};
