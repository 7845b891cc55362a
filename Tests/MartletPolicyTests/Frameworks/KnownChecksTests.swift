import MartletCore
import MartletPolicy
import Testing

@Suite struct KnownChecksTests {
    @Test func idsAreWellFormed() throws {
        var total = 0
        for name in Provider.known {
            let provider = try #require(Provider(name: name))
            guard let ids = KnownChecks.ids(for: provider) else {
                #expect(["iac", "image", "llm"].contains(name))
                continue
            }
            total += ids.count
            for id in ids {
                let isWellFormed = id.utf8.allSatisfy { byte in
                    byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
                        || (0x41...0x5A).contains(byte)
                }
                #expect(isWellFormed && id.contains("_"), "\(id)")
            }
        }
        #expect(total == 1592)
    }

    @Test func renamedIdsLeadToKnownOnes() throws {
        let aws = try #require(Provider(name: "aws"))
        let replacements = KnownChecks.replacements(for: "inspector2_findings_exist", provider: aws)
        #expect(replacements == ["inspector2_active_findings_exist", "inspector2_is_enabled"])
        #expect(KnownChecks.ids(for: aws)?.isSuperset(of: replacements) ?? false)
        #expect(KnownChecks.replacements(for: "iam_root_mfa_enabled", provider: aws) == [])
    }
}
