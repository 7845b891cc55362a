import Foundation
import MartletCore
import MartletGenerator
import MartletLoopback
import Testing

/// Frameworks of the program in stores where nobody has asked for any. All other tests of the program do without them.
@Suite(.timeLimit(.minutes(20)))
struct ShippedFrameworkProcessTests {
    private static let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Samples/fernhill-2026-09-01.ocsf.ndjson.gz").path

    private func wanting(_ queue: QueueProcesses) -> TestStore {
        var store = queue.store
        store.environment["MARTLET_NO_SHIPPED_FRAMEWORKS"] = "no"
        return store
    }

    /// The ids of the frameworks that an account has rows of.
    private func compliance(_ store: TestStore, _ account: String, _ options: String...) throws -> Set<String> {
        let text = try store.succeed(["compliance", "-a", account, "-o", "ndjson"] + options)
        let rows = try text.split(separator: "\n").map { try JSONValue.parse(String($0)) }
        return Set(rows.compactMap { $0["framework"]?.stringValue })
    }

    @Test("a scan, an import, a removal, and whoever does not want them", arguments: QueuePlace.allCases)
    func life(place: QueuePlace) async throws {
        let server = try LoopbackServer { request in
            let rest = request.target.dropFirst()
            let host = rest.prefix { $0 != "/" }
            let base = "http://\(request.headers["host"] ?? "")/\(host)"
            return .json(
                AzureEstate(size: 3).answer(
                    host: String(host), target: String(rest.dropFirst(host.count)), base: base))
        }
        defer { server.stop() }
        try await place.with { queue in
            var store = wanting(queue)
            store.environment["AZURE_ACCESS_TOKEN"] = "t"
            let map = try store.folder.write(#"{"*":"\#(server.url)/{host}"}"#, "map.json")
            let scan = [
                "scan", "azure", "--subscription", AzureEstate.subscription, "--endpoint-map", map, "--services",
                "storage,network", "-q",
            ]
            try store.succeed(scan)
            let azure = try compliance(store, AzureEstate.subscription)
            #expect(azure.contains("martlet_cis_5.0_azure") && azure.contains("martlet_threatscore_azure"))
            #expect(!azure.contains { $0.hasSuffix("_aws") })
            let shipped = try JSONValue.parse(try store.succeed(["frameworks", "list", "-o", "json"])).arrayValue ?? []
            #expect(shipped.count >= 10 && shipped.allSatisfy { $0["shipped"]?.boolValue == true })
            try store.succeed(["frameworks", "remove", "martlet_cis_5.0_azure", "-q"])
            try store.succeed(["import", Self.sample, "-q"])
            try store.succeed(["retention", "run", "-q"])
            try store.succeed(scan)
            #expect(try compliance(store, AzureEstate.subscription) == azure.subtracting(["martlet_cis_5.0_azure"]))
            let aws = try compliance(store, "210987654321")
            #expect(aws == ["martlet_baseline_aws", "martlet_essentials", "martlet_threatscore_aws"])
            // Another tenant decides for itself.
            try store.succeed(["import", Self.sample, "-q", "--tenant", "other"])
            #expect(try compliance(store, "210987654321", "--tenant", "other") == aws)
            try queue.store.succeed(["import", Self.sample, "-q", "--tenant", "third"])
            #expect(try compliance(queue.store, "210987654321", "--tenant", "third").isEmpty)
            let file = try store.folder.write("no-shipped-frameworks: true\n", "settings.yaml")
            store.environment["MARTLET_NO_SHIPPED_FRAMEWORKS"] = ""
            try store.succeed(["import", Self.sample, "-q", "--tenant", "fourth", "--config-file", file])
            try store.succeed(["import", Self.sample, "-q", "--tenant", "fifth", "--no-shipped-frameworks"])
            let options = ["--config-file", file]
            let list = try ["fourth", "fifth"].map {
                try store.succeed(["frameworks", "list", "-o", "ndjson", "--tenant", $0] + options)
            }
            #expect(list == ["", ""])
        }
    }

    @Test("two processes at once on a store that is made just now", arguments: QueuePlace.allCases)
    func together(place: QueuePlace) async throws {
        try await place.with { queue in
            let store = wanting(queue)
            let runs = try (0..<2).map { _ in try store.start(["import", Self.sample, "-q", "--wait", "60"]) }
            for run in runs {
                let result = try run.wait()
                #expect(result.code == 0, "\(result.errors)")
            }
            let rows = try JSONValue.parse(try store.succeed(["frameworks", "list", "-o", "json"])).arrayValue ?? []
            let ids = rows.compactMap { $0["framework"]?.stringValue }
            #expect(ids.count >= 10 && Set(ids).count == ids.count)
            #expect(try compliance(store, "210987654321").count == 3)
        }
    }
}
