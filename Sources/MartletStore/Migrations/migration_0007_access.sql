-- Access: who may do what. Users, signing keys and failed logins belong to the installation, everything else to a tenant.
-- Ids are UUIDs. version counts the changes of a row, for whoever wants to change only what was read.

-- uid: the tenant's id for programs, null until it is asked for. title: its name for people, where it is another one.
ALTER TABLE tenants ADD COLUMN uid TEXT;
ALTER TABLE tenants ADD COLUMN title TEXT;
ALTER TABLE tenants ADD COLUMN created_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tenants ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tenants ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
-- Whose token is it, and whose path? SELECT … WHERE uid = $1.
CREATE UNIQUE INDEX tenants_uid ON tenants (uid) WHERE uid IS NOT NULL;

-- email: in lower case. password: a hash by Argon2id with its parameters, null where an identity provider vouches for the
-- user. epoch: tokens of an earlier one are void. issuer, subject: the user at the identity provider.
CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY,
-- At login: SELECT … WHERE email = $1; of a new user: INSERT … ON CONFLICT (email) DO NOTHING.
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    company_name TEXT NOT NULL DEFAULT '',
    password TEXT,
    issuer TEXT,
    subject TEXT,
    active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    epoch BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    last_login_at BIGINT,
    CHECK ((issuer IS NULL) = (subject IS NULL))
);
-- At login by an identity provider: SELECT … WHERE issuer = $1 AND subject = $2.
CREATE UNIQUE INDEX users_identity ON users (issuer, subject) WHERE issuer IS NOT NULL;

CREATE TABLE memberships (
    tenant BIGINT NOT NULL,
    user_id TEXT NOT NULL,
    id TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'member')),
    version BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, user_id),
-- UPDATE … WHERE tenant = $1 AND id = $2.
    UNIQUE (tenant, id)
);
-- The tenants of a user, at login: SELECT … WHERE user_id = $1.
CREATE INDEX memberships_user ON memberships (user_id, tenant);

-- permissions: one bit each, of which the first six mean something.
CREATE TABLE roles (
    tenant BIGINT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    permissions BIGINT NOT NULL CHECK (permissions BETWEEN 0 AND 63),
    unlimited_visibility BIGINT NOT NULL CHECK (unlimited_visibility IN (0, 1)),
    version BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, id),
-- A name that is taken: INSERT … ON CONFLICT (tenant, name) DO NOTHING; SELECT id … WHERE tenant = $1 AND name = $2.
    UNIQUE (tenant, name)
);

CREATE TABLE role_users (tenant BIGINT NOT NULL, role TEXT NOT NULL, user_id TEXT NOT NULL,
    PRIMARY KEY (tenant, role, user_id)) ${clustered};
-- The roles of a user, with every request: SELECT … WHERE tenant = $1 AND user_id = $2.
CREATE INDEX role_users_user ON role_users (tenant, user_id);

-- Groups of accounts; a role without unlimited visibility sees those of its groups.
CREATE TABLE provider_groups (
    tenant BIGINT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, id),
-- A name that is taken: INSERT … ON CONFLICT (tenant, name) DO NOTHING; SELECT id … WHERE tenant = $1 AND name = $2.
    UNIQUE (tenant, name)
);
CREATE TABLE provider_group_accounts (tenant BIGINT NOT NULL, provider_group TEXT NOT NULL, account BIGINT NOT NULL,
    PRIMARY KEY (tenant, provider_group, account)) ${clustered};
-- The removal of an account: DELETE … WHERE tenant = $1 AND account = $2.
CREATE INDEX provider_group_accounts_account ON provider_group_accounts (tenant, account);
CREATE TABLE role_groups (tenant BIGINT NOT NULL, role TEXT NOT NULL, provider_group TEXT NOT NULL,
    PRIMARY KEY (tenant, role, provider_group)) ${clustered};
-- The roles of a group: SELECT role … WHERE tenant = $1 AND provider_group = $2.
CREATE INDEX role_groups_group ON role_groups (tenant, provider_group);

-- token: a hash of the text that was given out once. email: empty where whoever has the token may choose. membership: what
-- accepting makes of the user.
CREATE TABLE invitations (
    tenant BIGINT NOT NULL,
    id TEXT NOT NULL,
    email TEXT NOT NULL,
    token ${bytes} NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'revoked')),
    membership TEXT NOT NULL CHECK (membership IN ('owner', 'member')),
    inviter TEXT,
    version BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, id),
-- Whoever accepts has the token only: SELECT … WHERE tenant = $1 AND token = $2.
    UNIQUE (tenant, token)
);
CREATE TABLE invitation_roles (tenant BIGINT NOT NULL, invitation TEXT NOT NULL, role TEXT NOT NULL,
    PRIMARY KEY (tenant, invitation, role)) ${clustered};
-- The invitations of a role: SELECT invitation … WHERE tenant = $1 AND role = $2.
CREATE INDEX invitation_roles_role ON invitation_roles (tenant, role);

-- prefix: the public half of the key, by which it is found. secret: a hash of the other half. scopes: the permissions to
-- which the key is limited, null where it may do all that its user may.
CREATE TABLE api_keys (
    tenant BIGINT NOT NULL,
    id TEXT NOT NULL,
    prefix TEXT NOT NULL,
    secret ${bytes} NOT NULL,
    name TEXT NOT NULL,
    user_id TEXT NOT NULL,
    scopes BIGINT,
    version BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    last_used_at BIGINT,
    PRIMARY KEY (tenant, id),
-- A name that is taken: INSERT … ON CONFLICT (tenant, name) DO NOTHING; SELECT id … WHERE tenant = $1 AND name = $2.
    UNIQUE (tenant, name)
);
-- Before the tenant is known, with every request that has a key: SELECT tenant, id … WHERE prefix = $1.
CREATE UNIQUE INDEX api_keys_prefix ON api_keys (prefix);
-- A membership's end revokes its keys: UPDATE … WHERE tenant = $1 AND user_id = $2.
CREATE INDEX api_keys_user ON api_keys (tenant, user_id);

-- One login and what was refreshed from it. sequence: of the newest refresh token; an older one that comes again was stolen,
-- or its thief was faster.
CREATE TABLE refresh_families (
    tenant BIGINT NOT NULL,
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    reason TEXT,
    PRIMARY KEY (tenant, id)
);
-- Every session of a user ends: UPDATE … WHERE tenant = $1 AND user_id = $2 AND revoked_at IS NULL.
CREATE INDEX refresh_families_user ON refresh_families (tenant, user_id);
-- A login removes what has expired: SELECT id … WHERE tenant = $1 AND expires_at < $2 ORDER BY expires_at LIMIT 100.
CREATE INDEX refresh_families_expiry ON refresh_families (tenant, expires_at);

-- Who changed what, when and from where. Rows are only ever added; ids sort by time.
CREATE TABLE audit_log (
    tenant BIGINT NOT NULL,
    id TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_type TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    detail TEXT NOT NULL,
    address TEXT,
    request_id TEXT,
    PRIMARY KEY (tenant, id)
);
-- What was done to something: WHERE tenant = $1 AND subject_type = $2 AND subject_id = $3 ORDER BY id DESC LIMIT n.
CREATE INDEX audit_log_subject ON audit_log (tenant, subject_type, subject_id, id);
-- What somebody did: WHERE tenant = $1 AND actor_id = $2 ORDER BY id DESC LIMIT n.
CREATE INDEX audit_log_actor ON audit_log (tenant, actor_id, id);

-- Keys that sign access tokens, sealed by the program. The newest one signs; older ones are recognised until what they
-- signed has expired.
CREATE TABLE signing_keys (
    id TEXT NOT NULL PRIMARY KEY,
    sealed ${bytes} NOT NULL,
    key_id TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Failed logins by a hash of the email or of the address they came from.
CREATE TABLE login_attempts (
    id ${bytes} NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL
);
-- Each failure removes old ones: SELECT id … WHERE last_at < $1 ORDER BY last_at LIMIT 100.
CREATE INDEX login_attempts_age ON login_attempts (last_at);
