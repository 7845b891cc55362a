import Glibc

@testable import MartletCEL

private let resource = """
    {"name": "web", "n": 3, "f": 1.5, "on": true, "none": null, "tags": {"env": "prod"}, "list": [1, "a", [2]],
     "rules": [{"port": "20-25", "source": "*"}, {"port": "443", "source": "10.0.0.0/8"}],
     "policy": {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*"}}}
    """

private func limits() -> CELLimits {
    var limits = CELLimits()
    limits.steps = 100_000
    limits.cells = 20_000
    limits.patternStates = 500
    return limits
}

private let environments = [true, false].map { checks in
    CELEnvironment(
        variables: [CELVariable("r"), CELVariable("now", .timestamp), CELVariable("s", .string)], limits: limits(),
        checks: checks)
}

private let values: [String: CELValue] = [
    "r": (try? CELValue.parse(json: Array(resource.utf8))) ?? .null,
    "now": CELTimestamp(seconds: 1_800_000_000).map { .timestamp($0) } ?? .null, "s": .string("añ😀 b"),
]

private func stop(_ lines: String...) -> Never {
    for line in lines { print(line) }
    fflush(nil)
    abort()
}

/// What comes of an expression, as text; nil when it is refused.
private func outcome(_ source: String, _ environment: CELEnvironment) -> String? {
    guard let program = try? CELProgram(source, environment: environment) else { return nil }
    let bindings = environment.bindings(values)
    let result = program.evaluate(bindings)
    // A condition must be the same by both roads.
    switch (result, program.test(bindings)) {
    case (.success(.bool(let value)), .success(let tested)) where value == tested: break
    case (.success(.bool), _): stop("test differs:", source)
    case (.success, .success), (.failure, .success): stop("a condition came from nothing:", source)
    default: break
    }
    switch result {
    case .success(let value): return value.description
    case .failure(let failure): return "\(failure.kind)"
    }
}

/// Compiles and evaluates, with and without checks: what the checker lets pass must come to the same.
private func evaluate(_ source: String) {
    guard let checked = outcome(source, environments[0]) else {
        _ = outcome(source, environments[1])
        return
    }
    let unchecked = outcome(source, environments[1])
    if checked != unchecked { stop("checked: \(checked)", "unchecked: \(unchecked ?? "refused")") }
}

/// The first line is a pattern, the rest the text: both automata must agree.
private func match(_ bytes: UnsafeBufferPointer<UInt8>) {
    let end = bytes.firstIndex(of: 0x0A) ?? bytes.count
    let text = String(decoding: bytes[end...], as: UTF8.self)
    guard let regex = try? Regex(String(decoding: bytes[..<end], as: UTF8.self), limits: limits()) else { return }
    var budget = CELBudget(CELLimits())
    let slow = try? regex.matches(text, &budget)
    let fast = try? regex.withTable().matches(text, &budget)
    if slow != fast { stop("walker: \(String(describing: slow)), table: \(String(describing: fast))") }
}

private let isPattern = getenv("MARTLET_FUZZ_PATTERN") != nil

/// What libFuzzer calls with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    if isPattern { match(bytes) } else { evaluate(String(decoding: bytes, as: UTF8.self)) }
    return 0
}
