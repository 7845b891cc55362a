-- Three more kinds of jobs, of which the removal of an account is about the account itself.
ALTER TABLE jobs DROP CONSTRAINT jobs_kind_check;
ALTER TABLE jobs ADD CONSTRAINT jobs_kind_check CHECK (kind IN ('scan', 'retention', 'reevaluation', 'mute_expiry',
    'schedule', 'ingestion', 'connection', 'account_removal', 'tenant_removal'));
ALTER TABLE jobs DROP CONSTRAINT jobs_check;
ALTER TABLE jobs ADD CONSTRAINT jobs_check CHECK ((account > 0) = (kind IN ('scan', 'account_removal'))
    AND account <> 0);
