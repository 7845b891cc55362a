/// Reads tokens by the grammar of the language (CEL specification, "Syntax").
struct Parser {
    let source: [UInt8]
    let limits: CELLimits
    private let tokens: [Token]
    private var index = 0
    private var nesting = 0

    init(_ source: [UInt8], limits: CELLimits) throws(CELError) {
        guard source.count <= limits.sourceBytes else {
            throw CELError(
                .limit, "the expression has \(source.count) bytes; at most \(limits.sourceBytes) are read",
                place: CELPlace(offset: 0, in: source))
        }
        self.source = source
        self.limits = limits
        var lexer = Lexer(source)
        tokens = try lexer.tokens()
    }

    /// The whole source as one expression.
    mutating func parse() throws(CELError) -> Expression {
        let expression = try expression()
        guard current.kind == .end else { throw error("expected an operator or the end of the expression") }
        return expression
    }

    var current: Token { tokens[index] }

    mutating func advance() { index = min(index + 1, tokens.count - 1) }

    func error(_ message: String, at offset: Int32? = nil) -> CELError {
        CELError(.syntax, message, place: CELPlace(offset: Int(offset ?? current.offset), in: source))
    }

    /// Takes a symbol if it is next.
    mutating func take(_ symbol: Token.Symbol) -> Bool {
        guard current.kind == .symbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func expect(_ symbol: Token.Symbol, _ purpose: String) throws(CELError) {
        guard take(symbol) else { throw error("expected \(symbol.rawValue) \(purpose)") }
    }

    /// An expression one level deeper.
    func make(_ kind: Expression.Kind, at offset: Int32, _ parts: Expression...) throws(CELError) -> Expression {
        try make(kind, at: offset, deepest: parts.map(\.depth).max() ?? 0)
    }

    func make(_ kind: Expression.Kind, at offset: Int32, deepest: Int) throws(CELError) -> Expression {
        guard deepest < limits.depth else { throw tooDeep(offset) }
        return Expression(kind: kind, offset: offset, depth: deepest + 1)
    }

    private func tooDeep(_ offset: Int32) -> CELError {
        CELError(
            .limit, "the expression is nested more than \(limits.depth) deep",
            place: CELPlace(offset: Int(offset), in: source))
    }

    /// `condition ? this : that`, or anything that binds tighter.
    mutating func expression() throws(CELError) -> Expression {
        guard nesting < limits.depth else { throw tooDeep(current.offset) }
        nesting += 1
        defer { nesting -= 1 }
        let condition = try either()
        let offset = current.offset
        guard take(.question) else { return condition }
        let yes = try either()
        try expect(.colon, "between the two results of a condition")
        let no = try expression()
        return try make(.conditional(condition, yes, no), at: offset, condition, yes, no)
    }

    private mutating func either() throws(CELError) -> Expression {
        let first = try both()
        let offset = current.offset
        var operands = [first]
        while take(.or) { operands.append(try both()) }
        guard operands.count > 1 else { return first }
        return try make(.any(operands), at: offset, deepest: operands.map(\.depth).max() ?? 0)
    }

    private mutating func both() throws(CELError) -> Expression {
        let first = try chain(precedence: 1)
        let offset = current.offset
        var operands = [first]
        while take(.and) { operands.append(try chain(precedence: 1)) }
        guard operands.count > 1 else { return first }
        return try make(.all(operands), at: offset, deepest: operands.map(\.depth).max() ?? 0)
    }

    private var binaryOperator: BinaryOperator? {
        switch current.kind {
        case .symbol(let symbol): BinaryOperator(rawValue: symbol.rawValue)
        case .identifier("in"): .isIn
        default: nil
        }
    }

    /// Relations, sums and products, which all join from the left.
    private mutating func chain(precedence: Int) throws(CELError) -> Expression {
        var left = try unary()
        while let joining = binaryOperator, joining.precedence >= precedence {
            let offset = current.offset
            advance()
            let right = try chain(precedence: joining.precedence + 1)
            left = try make(.binary(joining, left, right), at: offset, left, right)
        }
        return left
    }

    private mutating func unary() throws(CELError) -> Expression {
        let offset = current.offset
        if take(.not) { return try signs(.not, from: offset) }
        if take(.minus) { return try signs(.minus, from: offset) }
        return try member()
    }

    /// A row of the same sign. The last minus belongs to a number that follows it.
    private mutating func signs(_ symbol: Token.Symbol, from offset: Int32) throws(CELError) -> Expression {
        var offsets = [offset]
        while true {
            let offset = current.offset
            guard take(symbol) else { break }
            offsets.append(offset)
        }
        var operand: Expression
        if symbol == .minus, let number = negativeNumber {
            let start = offsets.removeLast()
            advance()
            operand = try members(of: try make(.literal(number), at: start, deepest: 0))
        } else {
            operand = try member()
        }
        for offset in offsets.reversed() {
            operand = try make(symbol == .not ? .not(operand) : .negate(operand), at: offset, operand)
        }
        return operand
    }

    private var negativeNumber: CELValue? {
        switch current.kind {
        case .integer(let value): .int(value == 1 << 63 ? .min : -Int64(value))
        case .literal(.double(let value)): .double(-value)
        default: nil
        }
    }
}
