import Glibc
import MartletCore
import MartletPolicy
import Testing

/// The definition of a glob, by recursion over both; nil for a pattern that is not one.
private func naive(_ pattern: ArraySlice<Unicode.Scalar>, _ text: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    switch first {
    case "*": return naive(rest, text) || !text.isEmpty && naive(pattern, text.dropFirst())
    case "?": return !text.isEmpty && naive(rest, text.dropFirst())
    case "\\":
        guard let literal = rest.first, text.first == literal else { return false }
        return naive(rest.dropFirst(), text.dropFirst())
    default: return text.first == first && naive(rest, text.dropFirst())
    }
}

private func isPattern(_ pattern: [Unicode.Scalar]) -> Bool {
    var escaped = false
    for scalar in pattern { escaped = scalar == "\\" && !escaped }
    return !escaped
}

private func all(_ alphabet: [Unicode.Scalar], upTo length: Int) -> [[Unicode.Scalar]] {
    var result: [[Unicode.Scalar]] = [[]]
    var last = result
    for _ in 0..<length {
        last = last.flatMap { prefix in alphabet.map { prefix + [$0] } }
        result += last
    }
    return result
}

private func string(_ scalars: [Unicode.Scalar]) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
}

@Suite struct GlobPatternTests {
    @Test(
        "All patterns and texts up to length 5",
        arguments: [
            (["a", "b", "*", "?"], ["a", "b"]), (["a", "\u{E9}", "*", "?"], ["a", "\u{E9}"]),
            (["a", "*", "\\", "?"], ["a", "*"]), (["\u{1F600}", "*", "?"], ["\u{1F600}", "\u{301}"]),
        ] as [([Unicode.Scalar], [Unicode.Scalar])])
    func exhaustive(patterns: [Unicode.Scalar], texts: [Unicode.Scalar]) throws {
        let texts = all(texts, upTo: 5)
        let strings = texts.map(string)
        for pattern in all(patterns, upTo: 5) {
            guard isPattern(pattern) else {
                #expect(throws: MartletError.self) { try GlobPattern(string(pattern)) }
                continue
            }
            let glob = try GlobPattern(string(pattern))
            for (text, string) in zip(texts, strings) where glob.matches(string) != naive(pattern[...], text[...]) {
                Issue.record("\(glob.text) against \(string)")
            }
            if let literal = glob.literal { #expect(glob.matches(literal)) }
            #expect(glob.matchesEverything == (!pattern.isEmpty && pattern.allSatisfy { $0 == "*" }))
        }
    }

    @Test("Longer middle parts against the definition", arguments: 1...50)
    func random(seed: UInt64) throws {
        var random = Deterministic(state: seed)
        for _ in 0..<100 {
            let pattern = (0..<Int.random(in: 0...14, using: &random)).map { _ in
                ["a", "b", "a", "?", "*"][Int.random(in: 0..<5, using: &random)] as Unicode.Scalar
            }
            let text = (0..<Int.random(in: 0...20, using: &random)).map { _ in
                ["a", "b"][Int.random(in: 0..<2, using: &random)] as Unicode.Scalar
            }
            let glob = try GlobPattern(string(pattern))
            if glob.matches(string(text)) != naive(pattern[...], text[...]) {
                Issue.record("\(glob.text) against \(string(text))")
            }
        }
    }

    @Test func escapeMakesALiteral() throws {
        for text in all(["a", "*", "?", "\\"], upTo: 4).map(string) {
            let glob = try GlobPattern(GlobPattern.escape(text))
            #expect(glob.literal == text)
            #expect(glob.matches(text))
        }
    }

    @Test func isAnchoredAndCaseSensitive() throws {
        #expect(!(try GlobPattern("logs")).matches("my-logs"))
        #expect(!(try GlobPattern("logs")).matches("Logs"))
        #expect(try GlobPattern("arn:aws:s3:::*").matches("arn:aws:s3:::a/b.c"))
    }

    @Test func limits() throws {
        #expect(throws: MartletError.self) { try GlobPattern(String(repeating: "a", count: 2049)) }
        #expect(throws: MartletError.self) { try GlobPattern("*?\(String(repeating: "a", count: 64))*") }
        _ = try GlobPattern("*?\(String(repeating: "a", count: 63))*")
        _ = try GlobPattern("?\(String(repeating: "a", count: 1000))*\(String(repeating: "a", count: 1000))?")
    }

    @Test("Patterns that make backtracking matchers take for ever")
    func linearTime() throws {
        let text = String(repeating: "a", count: 1 << 20)
        let part = String(repeating: "a", count: 60)
        let patterns = [
            String(repeating: "*a", count: 900) + "*b", "*\(part)b*", "*\(part)?b*",
            "*" + String(repeating: "a", count: 1500) + "b*",
        ]
        for pattern in patterns {
            let glob = try GlobPattern(pattern)
            // Of this thread, whatever else the machine does.
            let start = Self.processorTime()
            #expect(!glob.matches(text))
            // A quadratic one needs 10⁹ steps: minutes, unoptimised.
            #expect(Self.processorTime() - start < 5_000_000_000)
        }
    }

    /// Nanoseconds that this thread has worked.
    private static func processorTime() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
