-- What PostgreSQL needs beside the shared step: keys of the numbered tables, and a sequence of tokens, which gives a
-- number without waiting for other claims and never gives it again after a rollback.
--
-- Versions are named by their numbers, which SQLite has as rowids: publish closes them, merges read their contents, pages
-- read the rows that they show. SELECT … WHERE tenant = $1 AND id = $2; UPDATE … WHERE tenant = $1 AND id = s.id.

ALTER TABLE findings ADD PRIMARY KEY (tenant, id);
ALTER TABLE resources ADD PRIMARY KEY (tenant, id);

DROP TABLE tokens;
CREATE SEQUENCE tokens AS BIGINT;

-- The newest transaction of each session, so that a session whose connection broke during COMMIT can learn what became
-- of it: after a crash of the server the number of a lost transaction is given again, so that asking by it is not enough.
CREATE TABLE receipts (session BIGINT NOT NULL PRIMARY KEY, number BIGINT NOT NULL, at BIGINT NOT NULL)
    WITH (fillfactor = 50);
