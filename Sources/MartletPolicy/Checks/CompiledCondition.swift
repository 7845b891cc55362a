import MartletCore

/// An entry of `fail` or `manual`, compiled.
struct CompiledCondition: Sendable {
    let program: CheckProgram
    let message: CompiledTemplate?
    let severity: Severity?
}
