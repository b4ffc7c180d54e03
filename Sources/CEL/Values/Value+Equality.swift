extension Value: Equatable {
    /// Equality of the language: numbers by value across their types, NaN unequal to everything,
    /// text by code points, values of different types unequal.
    public static func == (left: Value, right: Value) -> Bool {
        if let order = numericOrder(left, right) { return order == .equal }
        switch (left, right) {
        case (.null, .null): return true
        case (.bool(let a), .bool(let b)): return a == b
        case (.string(let a), .string(let b)): return a.utf8.elementsEqual(b.utf8)
        case (.bytes(let a), .bytes(let b)): return a == b
        case (.list(let a), .list(let b)): return a == b
        case (.map(let a), .map(let b)): return a == b
        case (.timestamp(let a), .timestamp(let b)): return a == b
        case (.duration(let a), .duration(let b)): return a == b
        case (.type(let a), .type(let b)): return a.name == b.name
        case (.optional(let a), .optional(let b)): return a == b
        case (.message(let a), .message(let b)): return a == b
        case (.enumeration(let a, let i), .enumeration(let b, let j)): return a == b && i == j
        case (.opaque(let a), .opaque(let b)): return a.isEqual(to: b)
        default: return false
        }
    }

    enum Order {
        case less, equal, greater
        /// One side is NaN.
        case none
    }

    /// The order of two numbers of any types, or nil if one is none.
    ///
    /// Beside a double an integer is compared as a double, as the specification's tests want it:
    /// 9223372036854775807 equals 9223372036854775808.0.
    static func numericOrder(_ left: Value, _ right: Value) -> Order? {
        switch (left, right) {
        case (.int(let a), .int(let b)): order(a, b)
        case (.uint(let a), .uint(let b)): order(a, b)
        case (.double(let a), .double(let b)): order(a, b)
        case (.int(let a), .uint(let b)): a < 0 ? .less : order(UInt64(a), b)
        case (.uint(let a), .int(let b)): b < 0 ? .greater : order(a, UInt64(b))
        case (.int(let a), .double(let b)): order(Double(a), b)
        case (.uint(let a), .double(let b)): order(Double(a), b)
        case (.double(let a), .int(let b)): order(a, Double(b))
        case (.double(let a), .uint(let b)): order(a, Double(b))
        default: nil
        }
    }

    private static func order<Number: Comparable>(_ a: Number, _ b: Number) -> Order {
        if a < b { return .less }
        if a > b { return .greater }
        return a == b ? .equal : .none
    }

    /// The order of two values that have one, or nil.
    static func order(_ left: Value, _ right: Value) -> Order? {
        if let order = numericOrder(left, right) { return order }
        switch (left, right) {
        case (.bool(let a), .bool(let b)): return order(a ? 1 : 0, b ? 1 : 0)
        case (.string(let a), .string(let b)): return orderBytes(a.utf8, b.utf8)
        case (.bytes(let a), .bytes(let b)): return orderBytes(a, b)
        case (.timestamp(let a), .timestamp(let b)): return order(a, b)
        case (.duration(let a), .duration(let b)): return order(a.nanoseconds, b.nanoseconds)
        default: return nil
        }
    }

    /// UTF-8 keeps the order of code points, so text is ordered by its bytes.
    private static func orderBytes(
        _ a: some Sequence<UInt8>, _ b: some Sequence<UInt8>
    ) -> Order {
        if a.lexicographicallyPrecedes(b) { return .less }
        return b.lexicographicallyPrecedes(a) ? .greater : .equal
    }
}
