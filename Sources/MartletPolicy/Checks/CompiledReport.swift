/// A check's `report`, compiled.
struct CompiledReport: Sendable {
    let id: CheckProgram?
    let name: CheckProgram?
    let type: CheckProgram?
    let region: CheckProgram?
    let discriminator: CheckProgram?
}
