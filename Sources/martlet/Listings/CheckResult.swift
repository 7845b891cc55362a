import MartletPolicy

/// A check and what its examples did.
struct CheckResult {
    let definition: CheckDefinition
    let proof: CheckProof
}
