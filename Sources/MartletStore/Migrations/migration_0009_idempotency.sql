-- Answers to requests that start work, kept for a day, so that the same request sent again does nothing twice.

CREATE TABLE idempotency_keys (
    tenant BIGINT NOT NULL,
-- A hash of who asked, of what, and of the key that the client chose.
    request ${bytes} NOT NULL,
-- A hash of the body.
    body ${bytes} NOT NULL,
    begun_at BIGINT NOT NULL,
-- 0 while the first request is being answered.
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    answer ${bytes} NOT NULL,
    PRIMARY KEY (tenant, request)
) ${clustered};

-- What is older than a day goes: SELECT request … WHERE tenant = $1 AND begun_at < $2 ORDER BY begun_at LIMIT 1000.
CREATE INDEX idempotency_keys_begun ON idempotency_keys (tenant, begun_at);
