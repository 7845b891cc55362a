/// A parsed regular expression. Groups do not capture and greed does not matter: the only question is whether it matches.
indirect enum RegexSyntax {
    case empty
    case one(RegexClass)
    case sequence([RegexSyntax])
    case choice([RegexSyntax])
    case repeated(RegexSyntax, least: Int, most: Int?)
    case assertion(RegexAssertion)
}

/// A condition on a place between characters.
enum RegexAssertion: UInt8, Sendable {
    case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
}
