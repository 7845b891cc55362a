import MartletCEL

/// A message, compiled.
struct CompiledTemplate: Sendable {
    enum Part: Sendable {
        case text(String)
        case program(CheckProgram)
    }

    let parts: [Part]

    /// The message. An expression that gives no value leaves `?`, and its failure is noted: a verdict does not depend on how
    /// it is worded.
    func text(_ variables: CELBindings, failure: inout CheckFailure?) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .text(let piece): text += piece
            case .program(let program):
                switch program.value(variables) {
                case .success(let value): text += value.checkText
                case .failure(let error):
                    text += "?"
                    failure = failure ?? error
                }
            }
        }
        return text
    }
}
