import MartletCore
import Testing

@testable import MartletStore

@Suite("CheckTexts")
struct CheckTextsTests {
    private func text(_ check: String, _ title: String) -> CheckMetadata {
        CheckMetadata(check: check, service: "s3", title: title, document: "{}")
    }

    @Test("a text is stored once per content, and held from generation to generation", arguments: Driver.all)
    func holdings(driver: Driver) async throws {
        try await driver.withAccount { store, account in
            try await store.database.write { connection in
                let other = try Sample.account("222", store.tenant, connection)
                func update(_ texts: [(Int64, String)], _ account: AccountID, _ generation: Int64) throws {
                    try CheckTexts.update(
                        texts.map { (check: $0.0, metadata: text("c\($0.0)", $0.1)) }, source: 1, account,
                        generation: generation, connection)
                }
                func titles(_ account: AccountID, _ generation: Int64) throws -> [Int64: String] {
                    var titles: [Int64: String] = [:]
                    try connection.query(
                        """
                        SELECT h.check_id, t.title FROM check_holdings h JOIN check_texts t ON t.id = h.check_text
                        WHERE h.account = $1 AND h.opened_in <= $2 AND (h.closed_in IS NULL OR h.closed_in > $2)
                        """, [.int(account.account), .int(generation)]
                    ) { titles[$0.int(0)] = $0.text(1) }
                    return titles
                }
                try update([(1, "a"), (2, "b")], account, 1)
                try update([(1, "a")], other, 1)
                #expect(try connection.count("check_texts") == 2)
                // A check that a scan does not mention keeps its text.
                try update([(2, "changed"), (3, "c")], account, 2)
                try update([(2, "b")], account, 3)
                #expect(try connection.count("check_texts") == 4)
                #expect(try titles(account, 1) == [1: "a", 2: "b"])
                #expect(try titles(account, 2) == [1: "a", 2: "changed", 3: "c"])
                #expect(try titles(account, 3) == [1: "a", 2: "b", 3: "c"])
                #expect(try titles(other, 3) == [1: "a"])
                try update([], account, 4)
                #expect(try connection.count("check_holdings") == 6)
            }
        }
    }

    @Test("every part of a text is part of its content, and they do not run together")
    func content() {
        let texts = [
            CheckMetadata(check: "a", service: "b", title: "c", document: "d"),
            CheckMetadata(check: "ab", service: "", title: "c", document: "d"),
            CheckMetadata(check: "a", service: "bc", title: "", document: "d"),
            CheckMetadata(check: "a", service: "b", title: "", document: "cd"),
            CheckMetadata(check: "", service: "ab", title: "c", document: "d"),
        ]
        #expect(Set(texts.map(CheckTexts.content(of:))).count == texts.count)
        #expect(
            CheckTexts.content(of: texts[0])
                == CheckTexts.content(of: CheckMetadata(check: "a", service: "b", title: "c", document: "d")))
    }
}
