/// A character class.
struct ScalarSet: Sendable, Hashable {
    enum Item: Sendable, Hashable {
        case range(UInt32, UInt32)
        /// General categories by name, `L` standing for `Lu`, `Ll` and the rest.
        case category(String, isNegated: Bool)
        /// A class inside a class, such as `\D`.
        case nested(ScalarSet)
    }

    var items: [Item] = []
    var isNegated = false
    var foldsCase = false

    func contains(_ scalar: UInt32) -> Bool {
        if holds(scalar) { return !isNegated }
        if foldsCase {
            for other in CaseFolding.variants(of: scalar) where holds(other) { return !isNegated }
        }
        return isNegated
    }

    private func holds(_ scalar: UInt32) -> Bool {
        for item in items {
            switch item {
            case .range(let low, let high):
                if scalar >= low && scalar <= high { return true }
            case .category(let name, let isNegated):
                if Self.belongs(scalar, to: name) != isNegated { return true }
            case .nested(let set):
                if set.contains(scalar) { return true }
            }
        }
        return false
    }

    private static func belongs(_ scalar: UInt32, to name: String) -> Bool {
        guard let scalar = Unicode.Scalar(scalar) else { return false }
        return categoryName(scalar.properties.generalCategory).hasPrefix(name)
    }

    /// The categories a pattern may name, `Any` left out.
    static let categoryNames: Set<String> = [
        "C", "Cc", "Cf", "Cn", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn",
        "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm",
        "So", "Z", "Zl", "Zp", "Zs",
    ]

    private static func categoryName(_ category: Unicode.GeneralCategory) -> String {
        switch category {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }

    // MARK: Named classes

    static let digit = ScalarSet(ranges: [(0x30, 0x39)])
    static let space = ScalarSet(ranges: [(0x09, 0x0A), (0x0C, 0x0D), (0x20, 0x20)])
    static let word = ScalarSet(ranges: [(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)])

    init(ranges: [(UInt32, UInt32)] = []) {
        items = ranges.map { .range($0.0, $0.1) }
    }

    func negated(_ isNegated: Bool) -> ScalarSet {
        var set = self
        set.isNegated = isNegated
        return set
    }

    /// `[:alpha:]` and its kin.
    static let posix: [String: ScalarSet] = [
        "alnum": .init(ranges: [(0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A)]),
        "alpha": .init(ranges: [(0x41, 0x5A), (0x61, 0x7A)]), "ascii": .init(ranges: [(0, 0x7F)]),
        "blank": .init(ranges: [(0x09, 0x09), (0x20, 0x20)]),
        "cntrl": .init(ranges: [(0, 0x1F), (0x7F, 0x7F)]), "digit": digit,
        "graph": .init(ranges: [(0x21, 0x7E)]), "lower": .init(ranges: [(0x61, 0x7A)]),
        "print": .init(ranges: [(0x20, 0x7E)]),
        "punct": .init(ranges: [(0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E)]),
        "space": .init(ranges: [(0x09, 0x0D), (0x20, 0x20)]),
        "upper": .init(ranges: [(0x41, 0x5A)]), "word": word,
        "xdigit": .init(ranges: [(0x30, 0x39), (0x41, 0x46), (0x61, 0x66)]),
    ]
}

/// Upper and lower case of single scalars.
enum CaseFolding {
    /// The scalars that equal this one when case is ignored, itself left out.
    static func variants(of scalar: UInt32) -> [UInt32] {
        guard let letter = Unicode.Scalar(scalar) else { return [] }
        let properties = letter.properties
        return [properties.lowercaseMapping, properties.uppercaseMapping].compactMap { mapping in
            let scalars = mapping.unicodeScalars
            guard scalars.count == 1, let only = scalars.first, only != letter else { return nil }
            return only.value
        }
    }
}
