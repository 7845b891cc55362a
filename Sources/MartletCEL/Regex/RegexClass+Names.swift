import Synchronization

extension RegexClass {
    /// The class of `[:name:]`; nil for an unknown name.
    static func posix(_ name: String) -> RegexClass? {
        switch name {
        case "alnum": RegexClass([0x30...0x39, 0x41...0x5A, 0x61...0x7A])
        case "alpha": RegexClass([0x41...0x5A, 0x61...0x7A])
        case "ascii": RegexClass([0...0x7F])
        case "blank": RegexClass([0x09...0x09, 0x20...0x20])
        case "cntrl": RegexClass([0...0x1F, 0x7F...0x7F])
        case "digit": digits
        case "graph": RegexClass([0x21...0x7E])
        case "lower": RegexClass([0x61...0x7A])
        case "print": RegexClass([0x20...0x7E])
        case "punct": RegexClass([0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E])
        case "space": RegexClass([0x09...0x0D, 0x20...0x20])
        case "upper": RegexClass([0x41...0x5A])
        case "word": words
        case "xdigit": RegexClass([0x30...0x39, 0x41...0x46, 0x61...0x66])
        default: nil
        }
    }

    private static let categories: [Unicode.GeneralCategory: String] = [
        .uppercaseLetter: "Lu", .lowercaseLetter: "Ll", .titlecaseLetter: "Lt", .modifierLetter: "Lm",
        .otherLetter: "Lo", .nonspacingMark: "Mn", .spacingMark: "Mc", .enclosingMark: "Me", .decimalNumber: "Nd",
        .letterNumber: "Nl", .otherNumber: "No", .connectorPunctuation: "Pc", .dashPunctuation: "Pd",
        .openPunctuation: "Ps", .closePunctuation: "Pe", .initialPunctuation: "Pi", .finalPunctuation: "Pf",
        .otherPunctuation: "Po", .mathSymbol: "Sm", .currencySymbol: "Sc", .modifierSymbol: "Sk", .otherSymbol: "So",
        .spaceSeparator: "Zs", .lineSeparator: "Zl", .paragraphSeparator: "Zp", .control: "Cc", .format: "Cf",
        .privateUse: "Co",
    ]

    /// Computed once for each of the 37 names, which takes some 20 ms.
    private static let known = Mutex<[String: RegexClass]>([:])

    /// The class of a general category of Unicode, `L` or `Lu` for example; nil for an unknown name. Scripts are unknown.
    static func category(_ name: String) -> RegexClass? {
        guard categories.values.contains(where: { $0 == name || $0.prefix(1) == name }) else { return nil }
        if let found = known.withLock({ $0[name] }) { return found }
        var ranges: [ClosedRange<UInt32>] = []
        for value in 0...last {
            guard let scalar = Unicode.Scalar(value), let category = categories[scalar.properties.generalCategory],
                category == name || category.prefix(1) == name
            else { continue }
            if let before = ranges.last, before.upperBound + 1 == value {
                ranges[ranges.count - 1] = before.lowerBound...value
            } else {
                ranges.append(value...value)
            }
        }
        let found = RegexClass(ranges)
        known.withLock { $0[name] = found }
        return found
    }
}
