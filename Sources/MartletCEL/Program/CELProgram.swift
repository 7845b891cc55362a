/// An expression, ready to be evaluated any number of times and by several threads at once.
///
/// `@unchecked Sendable`: the compiler cannot check `Node`, which has subclasses; all stored properties of all nodes are
/// `let` and of sendable types.
public final class CELProgram: @unchecked Sendable {
    /// The source.
    public let source: String
    /// What is known of the result.
    public let resultType: CELType

    private let root: Node
    private let localCount: Int
    private let limits: CELLimits

    /// Parses, checks and compiles an expression.
    /// - Throws: ``CELError`` with the place in the source.
    public init(_ source: String, environment: CELEnvironment) throws(CELError) {
        let bytes = Array(source.utf8)
        var parser = try Parser(bytes, limits: environment.limits)
        let expression = try parser.parse()
        var compiler = Compiler(environment: environment, source: bytes)
        let compiled = try compiler.compile(expression)
        self.source = source
        root = compiled.node
        resultType = compiled.type
        localCount = compiler.localCount
        limits = environment.limits
    }

    /// The value of the expression.
    /// - Parameter bindings: The values of the variables, made by the program's own environment.
    public func evaluate(_ bindings: CELBindings) -> Result<CELValue, CELFailure> {
        var frame = Frame(bindings: bindings, localCount: localCount, limits: limits)
        do throws(CELFault) {
            return .success(try root.evaluate(&frame))
        } catch {
            return .failure(failure(error))
        }
    }

    /// The value of a condition; a result that is not a boolean is a failure.
    public func test(_ bindings: CELBindings) -> Result<Bool, CELFailure> {
        var frame = Frame(bindings: bindings, localCount: localCount, limits: limits)
        do throws(CELFault) {
            return .success(try root.test(&frame))
        } catch {
            return .failure(failure(error))
        }
    }

    private func failure(_ fault: CELFault) -> CELFailure {
        CELFailure(fault.kind, fault.message, place: CELPlace(offset: fault.offset, in: Array(source.utf8)))
    }
}
