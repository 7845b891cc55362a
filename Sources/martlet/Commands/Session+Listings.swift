import MartletCore
import MartletStore

extension Session {
    func listAccounts() async throws -> ExitCode {
        let filter = accountFilter
        _ = try await list({ Listing.accounts }) { reader, printer in
            for row in try reader.accounts(filter) { try printer.add(row) }
        }
        return .success
    }

    func listScans() async throws -> ExitCode {
        let filter = accountFilter
        let limit = try limit()
        _ = try await list({ Listing.scans }) { reader, printer in
            for row in try reader.scans(filter, limit: limit) { try printer.add(row) }
        }
        return .success
    }

    func listResources() async throws -> ExitCode {
        var filter = ResourceFilter()
        filter.accounts = accountFilter
        filter.resources = arguments.list("resource")
        filter.types = arguments.list("type")
        filter.services = arguments.list("service")
        filter.regions = arguments.list("region")
        filter.tags = tagFilters
        filter.failing = arguments.has("failing")
        let chosen = filter
        let limit = try limit()
        let at = arguments.value("at")
        _ = try await list({ Listing.resources }) { reader, printer in
            try reader.resources(chosen, at: at, limit: limit) { try printer.add($0) }
        }
        return .success
    }

    func listFrameworks() async throws -> ExitCode {
        _ = try await list({ Listing.frameworks }) { reader, printer in
            for row in try reader.frameworks() { try printer.add(row) }
        }
        return .success
    }

    func listMutes() async throws -> ExitCode {
        _ = try await list({ Listing.mutes }) { reader, printer in
            for row in try reader.mutes() { try printer.add(row) }
        }
        return .success
    }
}
