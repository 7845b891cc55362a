/// A word of the source.
struct Token {
    let kind: Kind
    let offset: Int32

    enum Kind: Equatable {
        case identifier(String)
        /// A name in back quotes, which only stands for a field.
        case quotedIdentifier(String)
        case literal(CELValue)
        /// A whole number without a sign that may be one too large for `int`, as `-9223372036854775808` needs it.
        case integer(UInt64)
        case symbol(Symbol)
        case end
    }

    enum Symbol: String {
        case leftParenthesis = "("
        case rightParenthesis = ")"
        case leftBracket = "["
        case rightBracket = "]"
        case leftBrace = "{"
        case rightBrace = "}"
        case dot = "."
        case comma = ","
        case colon = ":"
        case question = "?"
        case not = "!"
        case minus = "-"
        case plus = "+"
        case times = "*"
        case divide = "/"
        case remainder = "%"
        case equal = "=="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case and = "&&"
        case or = "||"
    }
}
