import MartletCore
import MartletEngine
import MartletStore

extension Session {
    func addUser() async throws -> ExitCode {
        let email = try self.email()
        let isOwner = arguments.has("owner")
        let roles = arguments.list("role")
        guard !isOwner || roles.isEmpty else {
            throw MartletError(.usage, "--owner has a role that may do everything; leave --role away")
        }
        let name = arguments.value("name") ?? email
        guard (3...150).contains(name.count) else {
            throw MartletError(.usage, "a name has 3 to 150 characters", place: "--name")
        }
        let password = try password(for: email)
        let user = try await withStore(create: true) { store in
            try await FirstAdministrator.add(
                UserDraft(email: email, name: name, password: nil), password: password, isOwner: isOwner, roles: roles,
                by: actor, to: store)
        }
        if format != .table { return try print([user], Listing.users) }
        log.note("user \(email) is made")
        return .success
    }

    func listUsers() async throws -> ExitCode {
        let rows = try await withStore(create: false) { store in
            let tenant = store.tenant
            return try await store.database.read { try UserRecords.members(tenant: tenant, $0) }
        }
        return try print(rows, Listing.users, single: false)
    }

    func setPassword() async throws -> ExitCode {
        let email = try self.email()
        let password = try password(for: email)
        try await withStore(create: false) { store in
            try await FirstAdministrator.setPassword(of: email, to: password, by: actor, in: store)
        }
        log.note("user \(email) has another password")
        return .success
    }

    func listAudit() async throws -> ExitCode {
        let limit = Int64(try limit() ?? 100)
        let rows = try await withStore(create: false) { store in
            let tenant = store.tenant
            return try await store.database.read {
                try AuditRecords.entries(AuditFilter(), limit: limit, tenant: tenant, $0)
            }
        }
        return try print(rows, Listing.audit, single: false)
    }

    func pruneAudit() async throws -> ExitCode {
        guard let days = try arguments.integer("days", in: 1...36_500) else {
            throw MartletError(.usage, "name the days that are kept", place: "--days")
        }
        let removed = try await withStore(create: false) { store in
            try await AuditRetention.prune(store, keepingDays: days, by: actor)
        }
        log.note("\(Quantity.count(removed, "entry", "entries")) removed")
        return .success
    }

    private func email() throws -> String {
        guard let email = EmailAddress.normalised(arguments.operands[0]) else {
            throw MartletError(.usage, "'\(arguments.operands[0])' is no email")
        }
        return email
    }

    private func password(for email: String) throws -> SecretBytes {
        guard case .text(let bytes) = try SecretInput(arguments: arguments).read(isText: true).content else {
            throw MartletError(.usage, "a password is one text")
        }
        let text = bytes.withUnsafeBytes { String(validating: $0, as: UTF8.self) }
        guard let text else { throw MartletError(.invalidInput, "the password is no text") }
        let problems = PasswordRules.problems(with: text, email: email)
        guard problems.isEmpty else { throw MartletError(.invalidInput, problems.joined(separator: " ")) }
        return bytes
    }
}
