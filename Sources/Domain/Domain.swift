// Domain: the values that every other module shares.
//
// It holds what an alert, a cell, a score, a warning and a task are, the limits on each, the
// reasons to refuse one, and the few containers of fixed capacity that the hot path is built on. It
// imports nothing but the C library, knows no socket, file, clock or rule, and allocates only at
// start.
//
// In: nothing. Out: plain values, most of them `BitwiseCopyable`, so that a lane can hold millions.

/// One of the five kinds of risk a city scores for every cell.
public enum Category: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case politicalSecurity, publicOrder, socialConflict, publicSafety, cyberSecurity

    /// How many categories there are; arrays indexed by `rawValue` have this length.
    public static let count = 5

    /// The word used on the wire and in rule files.
    public var word: StaticString {
        switch self {
        case .politicalSecurity: "political-security"
        case .publicOrder: "public-order"
        case .socialConflict: "social-conflict"
        case .publicSafety: "public-safety"
        case .cyberSecurity: "cyber-security"
        }
    }
}

/// How bad a cell's category stands, in the four colours of public warnings.
public enum WarningLevel: UInt8, CaseIterable, Sendable, BitwiseCopyable, Comparable {
    case none, blue, yellow, orange, red

    public var word: StaticString {
        switch self {
        case .none: "none"
        case .blue: "blue"
        case .yellow: "yellow"
        case .orange: "orange"
        case .red: "red"
        }
    }

    @_noAllocation @_noLocks
    public static func < (a: WarningLevel, b: WarningLevel) -> Bool { a.rawValue < b.rawValue }
}

/// How soon a task wants hands: P1 first.
public enum Priority: UInt8, CaseIterable, Sendable, BitwiseCopyable, Comparable {
    case p1 = 1
    case p2, p3, p4, p5

    public var word: StaticString {
        switch self {
        case .p1: "P1"
        case .p2: "P2"
        case .p3: "P3"
        case .p4: "P4"
        case .p5: "P5"
        }
    }

    /// So many steps more urgent, at most P1.
    @_noAllocation @_noLocks
    public func raised(by steps: UInt8) -> Priority {
        if rawValue <= 1 &+ steps { return .p1 }
        switch rawValue &- steps {
        case 2: return .p2
        case 3: return .p3
        case 4: return .p4
        default: return .p5
        }
    }

    /// `p1 < p2`: the smaller is the more urgent.
    @_noAllocation @_noLocks
    public static func < (a: Priority, b: Priority) -> Bool { a.rawValue < b.rawValue }
}
