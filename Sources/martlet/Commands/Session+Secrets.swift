import MartletCore
import MartletEngine
import MartletStore

extension Session {
    func setSecret() async throws -> ExitCode {
        let name = try SecretName(arguments.operands[0])
        guard arguments.operands.count == 1 else {
            throw MartletError(
                .usage,
                "a secret never comes from the command line, where others can see it; use --from-file, --from-env or "
                    + "standard input")
        }
        // Before the store, so that nothing is made when there is nothing to keep.
        let value = try SecretInput(arguments: arguments).read()
        let row = try await withStore(create: true) { store -> SecretRow? in
            let keys = try await secretKeys(for: store, create: true)
            let (tenant, note) = (store.tenant, noting(in: store) { .secret($0, name) })
            let hooks = ChangeHooks(before: { connection in
                let isNew = try SecretRecords.secret(named: name.text, tenant: tenant, connection) == nil
                try note(isNew ? "create" : "update", connection)
            })
            try await Secrets(store: store).set(name, to: value, keys: keys, hooks: hooks)
            return try await store.read { reader in try reader.secrets().first { $0.name == name.text } }
        }
        if let row, format != .table { return try print([row], Listing.secrets) }
        log.note("secret \(name.text) is set" + (row.map { ", sealed with key \($0.keyID)" } ?? ""))
        return .success
    }

    func listSecrets() async throws -> ExitCode {
        let rows = try await withStore(create: false) { store in try await store.read { try $0.secrets() } }
        return try print(rows, Listing.secrets, single: false)
    }

    func removeSecret() async throws -> ExitCode {
        let name = try SecretName(arguments.operands[0])
        let isRemoved = try await withStore(create: false) { store in
            try await Secrets(store: store).remove(name, hooks: hooks(.secret("delete", name), in: store))
        }
        guard isRemoved else {
            throw MartletError(.notFound, "there is no secret '\(name.text)'; martlet secret list shows them")
        }
        log.note("secret \(name.text) removed")
        return .success
    }

    func rotateSecrets() async throws -> ExitCode {
        let next = try arguments.value("to").map { try SecretKeyFile.read($0) }
        let rotation = try await withStore(create: false) { store in
            let keys = try await secretKeys(for: store)
            let ring = try next.map { try keys.sealing(with: $0) } ?? keys
            let (actor, note) = (
                actor, AuditNote("rotate", "secrets", "secrets", [.init("key_id", .string(ring.first.id))])
            )
            return try await Secrets(store: store).rotate(keys: ring) { try note.append(by: actor, tenant: $0, $1) }
        }
        for failure in rotation.failures { log.error("tenant \(failure.tenant): \(failure.error)") }
        if format == .table {
            log.note("\(Quantity.count(rotation.resealed, "secret")) sealed anew with key \(rotation.keyID)")
            if next != nil, rotation.failures.isEmpty {
                log.note("make it the first key of every process now, before another secret is set")
            }
        } else {
            _ = try print([rotation], Listing.secretRotation)
        }
        return rotation.failures.isEmpty ? .success : .failure
    }
}
