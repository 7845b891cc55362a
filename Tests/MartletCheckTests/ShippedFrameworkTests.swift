import MartletCore
import MartletData
import MartletFormats
import MartletPolicy
import Testing

/// The build fails for a shipped framework that names a check nobody has.
@Suite("Shipped frameworks")
struct ShippedFrameworkTests {
    private func framework(_ id: String) throws -> Framework {
        let file = try #require(ShippedFrameworks.files().first { $0.fileName == "frameworks/\(id).json" })
        return try Framework.load(bytes: file.bytes, fileName: file.fileName)
    }

    @Test("Nothing is wrong or odd in any of them")
    func lintIsClean() throws {
        let known = try ShippedFrameworks.knownChecks()
        let files = ShippedFrameworks.files()
        #expect(files.count >= 10)
        for file in files {
            let issues = FrameworkLinter.lint(bytes: file.bytes, fileName: file.fileName, knownChecks: known)
            #expect(issues.isEmpty, "\(issues.prefix(5).map { "\($0.file)#\($0.pointer): \($0.message)" })")
            let framework = try Framework.load(bytes: file.bytes, fileName: file.fileName)
            #expect(framework.isThreatScore == framework.id.contains("threatscore"))
        }
    }

    @Test("The contents that were given out end with today's")
    func contents() throws {
        let defaults = ShippedFrameworks.defaults()
        let files = ShippedFrameworks.files()
        #expect(defaults.ids.map { "frameworks/\($0).json" } == files.map(\.fileName))
        for (file, entry) in zip(files, defaults.entries) {
            let framework = try Framework.load(bytes: file.bytes, fileName: file.fileName)
            let hash = framework.source.contentHash
            #expect(
                entry.contents.last == hash,
                "add \"\(hash.hex)\" at the end of \(entry.id) in ShippedFrameworks+Contents.swift; keep the others")
            #expect(Set(entry.contents).count == entry.contents.count)
            #expect(entry.document() == file.bytes)
            #expect(ShippedFrameworks.isShipped(entry.id, contentHash: hash.hex))
        }
        #expect(!ShippedFrameworks.isShipped("martlet_essentials", contentHash: String(repeating: "0", count: 32)))
    }

    @Test("Martlet's own checks are known to the linter, others are not")
    func knownChecksAreExact() throws {
        let checks = try ShippedFrameworks.knownChecks()
        let azure = try #require(Provider(name: "azure"))
        let aws = try #require(Provider(name: "aws"))
        let known = try #require(checks(azure))
        #expect(known.contains("keyvault_key_quantum_safe"))
        #expect(known.contains("vm_backup_enabled"))
        #expect(!known.contains("keyvault_key_quantum_unsafe"))
        #expect(checks(aws)?.contains("keyvault_key_quantum_safe") == false)
    }

    @Test("Every check of CIS, the ThreatScore and the post-quantum frameworks is one that Martlet has")
    func areEvaluated() throws {
        let own = Set(try CheckFiles.shipped().map(\.id))
        for id in ["cis_5.0", "threatscore", "ncsc_pqc", "enisa_pqc"] {
            let checks = Set(try framework("martlet_\(id)_azure").requirements.flatMap { $0.checks["azure"] ?? [] })
            #expect(!checks.isEmpty)
            #expect(checks.isSubset(of: own), "\(id): \(checks.subtracting(own).sorted())")
        }
    }

    @Test("A level of risk has the weight that is documented")
    func weights() throws {
        let weights: [Int64: Int64] = [1: 1, 2: 5, 3: 20, 4: 100, 5: 500]
        let requirements = try framework("martlet_threatscore_azure").requirements
        #expect(requirements.count == 66)
        for requirement in requirements {
            let attributes = try #require(requirement.attributes.first)
            let level = try #require(attributes["LevelOfRisk"]?.intValue)
            #expect(attributes["Weight"]?.intValue == weights[level], "\(requirement.id)")
        }
    }

    @Test(
        "They have the requirements that their sources have",
        arguments: [("cis_5.0", 155), ("iso27001_2022", 93), ("nist_csf_2.0", 106), ("soc2", 43)])
    func sizes(_ id: String, _ count: Int) throws {
        #expect(try framework("martlet_\(id)_azure").requirements.count == count)
    }
}
