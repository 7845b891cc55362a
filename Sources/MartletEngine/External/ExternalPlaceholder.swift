import MartletCore

/// What stands in braces in a command and is replaced when it runs.
enum ExternalPlaceholder: String, CaseIterable {
    case account, provider, regions, checks, services, severity, output

    /// Whether it stands for a list, which may be empty.
    var isFilter: Bool {
        switch self {
        case .regions, .checks, .services, .severity: true
        case .account, .provider, .output: false
        }
    }

    /// The texts it stands for. Throws where one of them could be more than a value to the scanner.
    func values(in scope: ExternalScope, output: String) throws -> [String] {
        switch self {
        case .account: [try Self.checked(scope.account.uid, "the account's id", Self.accountBytes, limit: 256)]
        case .provider: [scope.account.provider.name]
        case .output: [output]
        case .regions: try Self.checked(scope.regions, "region")
        case .checks: try Self.checked(scope.checks, "check")
        case .services: try Self.checked(scope.services, "service")
        case .severity: scope.severities.map(\.name)
        }
    }

    private static let largestList = 1000
    private static let nameBytes = Set("-._".utf8)
    private static let accountBytes = Set("-._:/@+=~".utf8)

    private static func checked(_ values: [String], _ what: String) throws -> [String] {
        guard values.count <= largestList else {
            throw MartletError(.invalidInput, "a scan can be limited to at most \(largestList) values of each kind")
        }
        return try values.map { try checked($0, "the \(what)", nameBytes, limit: 128) }
    }

    /// A letter or digit first, so that no value can be taken for an option, a path from the root or a file of arguments.
    private static func checked(_ value: String, _ what: String, _ others: Set<UInt8>, limit: Int) throws -> String {
        let isPlain = { (byte: UInt8) in
            (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
        }
        let isAllowed =
            value.utf8.count <= limit && value.utf8.first.map(isPlain) == true
            && value.utf8.allSatisfy { isPlain($0) || others.contains($0) }
            && !value.split(separator: "/", omittingEmptySubsequences: false).contains("..")
        guard isAllowed else {
            let shown = ChildLogText.visible(String(value.prefix(80)))
            let allowed = String(decoding: others.sorted(), as: UTF8.self)
            throw MartletError(
                .invalidInput,
                "\(what) \"\(shown)\" cannot be handed to an external scanner: it may have letters, digits and "
                    + "\(allowed), a letter or digit first, at most \(limit)")
        }
        return value
    }
}
