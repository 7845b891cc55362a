import MartletCore

/// Several sources as one, one after the other. All must be by the same scanner, which is part of a finding's identity.
actor JoinedSource: FindingSource {
    /// One of them.
    struct Part {
        var source: any FindingSource
        /// Its size as stored, where it is known.
        var bytes: Int?
        /// What messages call it.
        var name: String
    }

    private var rest: ArraySlice<Part>
    private var known: KnownStatements?
    /// Bytes of those that have been read.
    private var bytesBefore = 0
    /// Set by the first part that has a finding.
    private var stated: String?

    init(_ parts: [Part]) { rest = parts[...] }

    func next() async throws -> ObservationBatch? {
        while let part = rest.first {
            guard var batch = try await part.source.next() else {
                bytesBefore += part.bytes ?? 0
                rest.removeFirst()
                if let known { await rest.first?.source.recognise(known) }
                continue
            }
            if !batch.findings.isEmpty { try check(await part.source.scanner, part) }
            batch.bytesRead += bytesBefore
            return batch
        }
        return nil
    }

    func recognise(_ statements: KnownStatements) async {
        known = statements
        await rest.first?.source.recognise(statements)
    }

    var scanner: String {
        get async {
            if let stated { return stated }
            return await rest.first?.source.scanner ?? ""
        }
    }

    private func check(_ scanner: String, _ part: Part) throws {
        if let stated, stated != scanner {
            throw MartletError(
                .invalidInput,
                "It is by the scanner \(scanner), a file before it by \(stated); make a source for each scanner.",
                place: part.name)
        }
        stated = scanner
    }
}
