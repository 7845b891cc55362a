import Foundation
import MartletCore
import MartletReference
import MartletStore
import MartletTestSupport
import Testing

@testable import MartletEngine

/// One account whose estate changes all the time, and everything that was ever asked to be imported of it.
actor FaultWriter {
    let account: String
    let tenant: Int
    private let field: FaultField
    private var generator: SplitMix
    private let estate: [[Statement]]
    private var number = 0
    /// By the path of the file.
    private(set) var asked: [String: (statements: [Statement], time: Int64)] = [:]
    private(set) var confirmed: [String] = []
    private var denied: Set<String> = []

    init(_ field: FaultField, number: Int, seed: UInt64) {
        self.field = field
        account = "90000000000\(number)"
        tenant = number % FaultField.tenants.count
        generator = SplitMix(seed: seed &+ UInt64(number))
        estate = RandomEstate(seed: seed &+ 100 &+ UInt64(number), scans: 12).scans
    }

    /// Writes the next file.
    func next(_ statements: [Statement]? = nil) throws -> String {
        number += 1
        let said = statements ?? generator.pick(estate)
        let time: Int64 = 1_700_000_000_000 + Int64(number) * 3_600_000
        let path = try field.write(said, at: time, account: account, name: "\(account)-\(number).json")
        asked[path] = (said, time)
        return path
    }

    /// One import, in this process or by the program; whether it says that it is published.
    func scan(byProgram: Bool? = nil) async throws -> Bool {
        let path = try next()
        let byProgram = byProgram ?? generator.chance(25)
        do {
            if byProgram {
                try await runProgram(path)
            } else {
                try await field.importFile(path, tenant: tenant)
            }
            confirm(path)
            field.log.count(byProgram ? "published by program" : "published")
            return true
        } catch let error as MartletError {
            denied.insert(path)
            field.log.count("failed")
            field.log.note("\(error.code.name): \(error.message)")
            return false
        }
    }

    func confirm(_ path: String) { confirmed.append(path) }

    private func runProgram(_ path: String) async throws {
        let process = try field.startProgram(path, tenant: tenant)
        while process.isRunning { try await Task.sleep(for: .milliseconds(10)) }
        let result = try process.wait()
        guard result.code == 0 else {
            // Every failure has told why.
            #expect(result.code == 1 && result.errors.contains("martlet:"), "\(result.code) \(result.errors)")
            let words = result.errors.split(separator: " ").dropFirst(2)
            throw MartletError(.io, "program: " + words.joined(separator: " "))
        }
    }

    /// The account in the store is what its published scans make of it, and every confirmed one is there once.
    func verify(seed: UInt64) async throws {
        let context = Comment(rawValue: "seed \(seed), account \(account)")
        let name = "aws/" + account
        let scans = try await field.stores[tenant].read { reader in
            try reader.scans(AccountFilter(accounts: [name]))
        }
        let published = scans.filter { $0.state == .completed }.sorted { $0.generation < $1.generation }
        let origins = published.map(\.origin)
        #expect(Set(origins).count == origins.count, context)
        let lost = Set(confirmed).subtracting(origins)
        #expect(lost.isEmpty, "lost \(lost), seed \(seed)")
        let lied = denied.intersection(origins)
        #expect(lied.isEmpty, "failed, yet published: \(lied), seed \(seed)")
        #expect(scans.allSatisfy { [.completed, .failed].contains($0.state) }, context)
        var reference = Reference()
        for scan in published {
            let said = try #require(asked[scan.origin], context)
            reference.scan(said.statements, at: said.time)
            let expected = reference.snapshots.last?.counts
            #expect(scan.counts == expected, "\(scan.origin), seed \(seed)")
        }
        let expected = try #require(reference.snapshots.last, context)
        let stored = try await SeenPosture.lines(field.stores[tenant], account: account)
        let wanted = SeenPosture.lines(expected)
        #expect(stored.subtracting(wanted).sorted().prefix(3) == [], context)
        #expect(wanted.subtracting(stored).sorted().prefix(3) == [], context)
        field.log.count("scans verified", published.count)
    }
}
