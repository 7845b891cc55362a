import Testing

@testable import MartletCEL

@Suite("CEL regular expressions")
struct RegexTests {
    private static func matches(_ pattern: String, _ text: String, withTable: Bool) throws -> Bool {
        var budget = CELBudget(CELLimits())
        let regex = try Regex(pattern, limits: CELLimits())
        return try (withTable ? regex.withTable() : regex).matches(text, &budget)
    }

    /// Pattern, texts that match, texts that do not.
    static let cases: [(String, [String], [String])] = [
        ("", ["", "a"], []), ("abc", ["abc", "xabcx"], ["", "ab", "acb"]),
        ("^abc$", ["abc"], ["xabc", "abcx", "abc\n"]), ("a|b", ["a", "xb"], ["c"]),
        ("^(ab|cd)*$", ["", "abcd", "cdcd"], ["abc"]),
        ("^a+$", ["a", "aaa"], ["", "ab"]), ("^a?b$", ["b", "ab"], ["aab"]),
        ("^a{2,3}$", ["aa", "aaa"], ["a", "aaaa"]), ("^a{2}$", ["aa"], ["a", "aaa"]),
        ("^a{2,}$", ["aa", "aaaaa"], ["a"]), ("a{,2}", ["a{,2}"], ["aa"]), ("x{", ["x{"], ["x"]),
        ("^[a-c]$", ["a", "c"], ["d", "-"]), ("^[^a-c]$", ["d", "é", "\n"], ["a"]), ("^[]a]$", ["]", "a"], ["b"]),
        ("^[a-]$", ["a", "-"], ["b"]), ("^[\\d\\-x]$", ["5", "-", "x"], ["a"]), ("^[[:alpha:]_]+$", ["ab_"], ["a1"]),
        ("^[[:^digit:]]$", ["a"], ["1"]), ("^[\\]]$", ["]"], ["\\"]),
        ("^.$", ["a", "é", "😀"], ["", "\n", "ab"]), ("(?s)^.$", ["\n"], [""]),
        ("^\\d\\D\\s\\S\\w\\W$", ["1a x_-"], ["aa x_-", "1a\u{A0}x_-"]),
        ("\\bfoo\\b", ["foo", "a foo!"], ["food", "xfoo"]), ("\\Boo\\b", ["foo"], ["oo"]),
        ("(?m)^b$", ["a\nb\nc", "b"], ["ab"]), ("\\Ab\\z", ["b"], ["a\nb"]), ("(?i)abc", ["ABC", "aBc"], ["abd"]),
        ("(?i)k", ["K", "\u{212A}"], ["l"]), ("(?i)straße", ["STRAßE"], ["STRASSE"]), ("(?i)[a-c]", ["B"], ["D"]),
        ("(?i:a)b", ["Ab"], ["AB"]), ("a(?i)b", ["aB"], ["AB"]), ("((?i)a)b", ["Ab"], ["AB"]),
        ("(?i-i:a)", ["a"], ["A"]),
        ("^\\x41\\x{1F600}\\101\\0$", ["A😀A\0"], ["A"]), ("\\Qa.b*\\E+", ["a.b*+", "a.b**"], ["axb"]),
        ("^\\Qab\\E$", ["ab"], ["a"]), ("^(?P<n>a)(?<m>b)(?:c)$", ["abc"], ["ab"]),
        ("^\\pL\\p{Lu}\\P{L}\\p{^L}$", ["aB1-"], ["ab1-"]), ("^(a*)*$", ["", "aaa"], ["b"]),
        ("^(|a)+$", ["", "aa"], ["b"]), ("^(^a|b$)+$", ["a", "b", "ab"], ["ba"]),
        ("a.*?c", ["abbc"], ["ab"]), ("^(🐱|ñ){2}$", ["🐱ñ"], ["🐱"]), ("^[α-ω]+$", ["καλ"], ["a"]),
        ("^[^😀]$", ["😁"], ["😀"]),
        ("\\.blob\\.core\\.windows\\.net$", ["x.blob.core.windows.net"], ["x.blobXcore.windows.net"]),
        ("tf[-_]?state", ["my-tfstate", "tf-state"], ["tf--state"]),
        ("\\a\\f\\n\\r\\t\\v", ["\u{07}\u{0C}\n\r\t\u{0B}"], ["a"]),
    ]

    @Test("both automata agree with what is expected")
    func matching() throws {
        for (pattern, yes, no) in Self.cases {
            for withTable in [false, true] {
                for text in yes {
                    #expect(try Self.matches(pattern, text, withTable: withTable), "\(pattern) \(text) \(withTable)")
                }
                for text in no {
                    #expect(try !Self.matches(pattern, text, withTable: withTable), "\(pattern) \(text) \(withTable)")
                }
            }
        }
    }

    @Test(
        "malformed patterns are refused",
        arguments: [
            "(", ")", "a)", "[", "[a", "[b-a]", "*", "+a", "a**", "a{2}{3}", "(?=a)", "(?!a)", "(?<=a)", "\\1", "\\q",
            "\\", "[[:nope:]]", "\\p{Greek}", "\\p{", "\\xZ", "\\x{110000}", "a{1001}", "a{3,2}", "(?P<>a)", "(?P<a",
            "(?z)", "(?i", "\\C", "\\pX",
        ])
    func malformed(pattern: String) {
        #expect(throws: CELFault.self) { try Regex(pattern, limits: CELLimits()) }
    }

    /// Whether a text matches by trying everything: the plainest way to say what the operators mean.
    private static func reference(_ syntax: RegexSyntax, _ text: [UInt32], _ starts: Set<Int>) -> Set<Int> {
        switch syntax {
        case .empty: return starts
        case .one(let set): return Set(starts.filter { $0 < text.count && set.contains(text[$0]) }.map { $0 + 1 })
        case .sequence(let parts): return parts.reduce(starts) { reference($1, text, $0) }
        case .choice(let options): return options.reduce(into: []) { $0.formUnion(reference($1, text, starts)) }
        case .assertion(let assertion):
            return starts.filter { place in
                assertion.holds(
                    place == 0 ? .border : RegexNeighbour(text[place - 1]),
                    place == text.count ? .border : RegexNeighbour(text[place]))
            }
        case .repeated(let part, let least, let most):
            var current = starts
            for _ in 0..<least { current = reference(part, text, current) }
            var all = current
            for _ in least..<(most ?? least + text.count + 1) {
                current = reference(part, text, current)
                all.formUnion(current)
            }
            return all
        }
    }

    @Test("all short patterns of an alphabet against a plain reference, on all short texts")
    func exhaustive() throws {
        let pieces = ["a", "b", ".", "^", "$", "|", "(", ")", "*", "?", "\\b", "{2}", "[^a]"]
        let texts = ["", "a", "b", "-", "ab", "ba", "b-a"]
        var patterns = [""]
        var count = 0
        for length in 0..<4 {
            for pattern in patterns where length == 3 || !pattern.isEmpty || length == 0 {
                guard let regex = try? Regex(pattern, limits: CELLimits()) else { continue }
                var parser = RegexParser(pattern)
                let syntax = try parser.parse()
                let fast = regex.withTable()
                for text in texts {
                    let scalars = text.unicodeScalars.map(\.value)
                    let expected = !Self.reference(syntax, scalars, Set(0...scalars.count)).isEmpty
                    var budget = CELBudget(CELLimits())
                    let (slow, quick) = (try regex.matches(text, &budget), try fast.matches(text, &budget))
                    if slow != expected || quick != expected {
                        Issue.record("\(pattern) on '\(text)': \(expected), \(slow), \(quick)")
                    }
                    count += 1
                }
            }
            patterns = patterns.flatMap { pattern in pieces.map { pattern + $0 } }
        }
        #expect(count > 3_000)
    }

    @Test("a constant pattern is an error of the expression, another of the evaluation")
    func places() {
        Example("'a'.matches('(')", "error syntax line 1, column 13: regular expression").check()
        Example("matches('abc', 'b.$')", "true").check()
        Example("'a'.matches(p)", "failure value line 1, column 5").check(["p": .string("(")])
        Example("p.matches('x') || 'abc'.matches(p)", "true").check(["p": .string("^a.c$")])
    }
}
