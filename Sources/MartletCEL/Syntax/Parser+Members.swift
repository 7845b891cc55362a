extension Parser {
    /// Something with its fields, indices and calls.
    mutating func member() throws(CELError) -> Expression { try members(of: try primary()) }

    mutating func members(of start: Expression) throws(CELError) -> Expression {
        var base = start
        while true {
            let offset = current.offset
            if take(.dot) {
                base = try afterDot(base, offset)
            } else if take(.leftBracket) {
                let isOptional = take(.question)
                let index = try expression()
                try expect(.rightBracket, "after an index")
                base = try make(.index(base, index, isOptional: isOptional), at: offset, base, index)
            } else {
                if take(.leftBrace) {
                    throw error("messages of named types do not exist here; write a map: {\"key\": value}", at: offset)
                }
                return base
            }
        }
    }

    private mutating func afterDot(_ base: Expression, _ offset: Int32) throws(CELError) -> Expression {
        let isOptional = take(.question)
        let nameOffset = current.offset
        switch current.kind {
        case .identifier(let name):
            advance()
            guard !isOptional, take(.leftParenthesis) else {
                return try make(.select(base, field: name, isOptional: isOptional), at: nameOffset, base)
            }
            let arguments = try list(until: .rightParenthesis)
            let deepest = arguments.map(\.depth).max() ?? 0
            return try make(
                .call(on: base, name: name, arguments: arguments), at: nameOffset, deepest: max(deepest, base.depth))
        case .quotedIdentifier(let name):
            advance()
            return try make(.select(base, field: name, isOptional: isOptional), at: nameOffset, base)
        default: throw error("expected the name of a field or function after the dot")
        }
    }

    private mutating func primary() throws(CELError) -> Expression {
        let token = current
        switch token.kind {
        case .literal(let value):
            advance()
            return try make(.literal(value), at: token.offset, deepest: 0)
        case .integer(let value):
            guard let value = Int64(exactly: value) else { throw error("the number is out of range") }
            advance()
            return try make(.literal(.int(value)), at: token.offset, deepest: 0)
        case .identifier: return try name(absolute: false)
        case .symbol(.dot):
            advance()
            guard case .identifier = current.kind else { throw error("expected a name after the dot") }
            return try name(absolute: true)
        case .symbol(.leftParenthesis):
            advance()
            let inner = try expression()
            try expect(.rightParenthesis, "after an expression in parentheses")
            return inner
        case .symbol(.leftBracket): return try listLiteral()
        case .symbol(.leftBrace): return try mapLiteral()
        case .end: throw error("expected a value, but the expression ends")
        default: throw error("expected a value")
        }
    }

    private static let reserved: Set<String> = [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "in", "let", "loop", "namespace",
        "package", "return", "var", "void", "while",
    ]

    private mutating func name(absolute: Bool) throws(CELError) -> Expression {
        let token = current
        guard case .identifier(let word) = token.kind else { throw error("expected a name") }
        guard !Parser.reserved.contains(word) else { throw error("'\(word)' is reserved and cannot be a name") }
        advance()
        let name = absolute ? "." + word : word
        guard take(.leftParenthesis) else { return try make(.name(name), at: token.offset, deepest: 0) }
        let arguments = try list(until: .rightParenthesis)
        return try make(
            .call(on: nil, name: word, arguments: arguments), at: token.offset,
            deepest: arguments.map(\.depth).max() ?? 0)
    }

    /// Arguments of a call; no comma may follow the last.
    private mutating func list(until end: Token.Symbol) throws(CELError) -> [Expression] {
        var values: [Expression] = []
        if take(end) { return values }
        repeat { values.append(try expression()) } while take(.comma)
        try expect(end, "after the arguments")
        return values
    }

    private mutating func listLiteral() throws(CELError) -> Expression {
        let offset = current.offset
        advance()
        var elements: [Expression.Element] = []
        while !take(.rightBracket) {
            let isOptional = take(.question)
            elements.append(Expression.Element(value: try expression(), isOptional: isOptional))
            guard take(.comma) else {
                try expect(.rightBracket, "or , after an element")
                break
            }
        }
        return try make(.list(elements), at: offset, deepest: elements.map(\.value.depth).max() ?? 0)
    }

    private mutating func mapLiteral() throws(CELError) -> Expression {
        let offset = current.offset
        advance()
        var entries: [Expression.Entry] = []
        while !take(.rightBrace) {
            let isOptional = take(.question)
            let key = try expression()
            try expect(.colon, "after a key")
            entries.append(Expression.Entry(key: key, value: try expression(), isOptional: isOptional))
            guard take(.comma) else {
                try expect(.rightBrace, "or , after an entry")
                break
            }
        }
        return try make(
            .map(entries), at: offset, deepest: entries.map { max($0.key.depth, $0.value.depth) }.max() ?? 0)
    }
}
