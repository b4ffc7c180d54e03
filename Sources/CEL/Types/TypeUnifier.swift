/// Decides which types fit each other while it learns what the free ones stand for.
struct TypeUnifier {
    private(set) var bindings: [CELType?] = []
    /// Bindings to undo if a tried overload does not fit.
    private var journal: [(index: Int, old: CELType?)] = []

    mutating func fresh() -> CELType {
        bindings.append(nil)
        return .free(bindings.count - 1)
    }

    /// The type with what is known of its free parts; `settled` turns the unknown ones into dyn.
    func resolve(_ type: CELType, settled: Bool = false) -> CELType {
        guard !bindings.isEmpty else { return type }
        return type.replacing { part in
            guard case .free(let index) = part else { return nil }
            guard let bound = bindings[index] else { return settled ? .dyn : part }
            return resolve(bound, settled: settled)
        }
    }

    /// The type of an overload with its parameters made free, the same way for one use of it.
    mutating func instantiate(_ type: CELType, _ names: inout [String: CELType]) -> CELType {
        guard type.hasParameters else { return type }
        collect(type, &names)
        let known = names
        return type.replacing { part in
            if case .parameter(let name) = part { known[name] } else { nil }
        }
    }

    private mutating func collect(_ type: CELType, _ names: inout [String: CELType]) {
        if case .parameter(let name) = type, names[name] == nil { names[name] = fresh() }
        for part in type.parameters { collect(part, &names) }
    }

    // MARK: Fitting

    /// Whether values of the first types may stand where the second are wanted; learns if so.
    mutating func fits(_ types: [CELType], _ wanted: [CELType]) -> Bool {
        guard types.count == wanted.count else { return false }
        let mark = journal.count
        for (type, want) in zip(types, wanted) where !unify(type, want) {
            undo(to: mark)
            return false
        }
        return true
    }

    private mutating func undo(to mark: Int) {
        while journal.count > mark {
            let entry = journal.removeLast()
            bindings[entry.index] = entry.old
        }
    }

    private mutating func bind(_ index: Int, to type: CELType) {
        journal.append((index, bindings[index]))
        bindings[index] = type
    }

    private mutating func unify(_ type: CELType, _ wanted: CELType) -> Bool {
        if case .free(let index) = wanted {
            let (isValid, wasKnown) = substitute(type, for: index)
            if isValid { return true }
            if wasKnown { return false }
        }
        if case .free(let index) = type { return substitute(wanted, for: index).isValid }
        if type.isDyn || wanted.isDyn { return true }
        if type == .null { return wanted.acceptsNull }
        if wanted == .null { return type.acceptsNull }
        return unifyShapes(type, wanted)
    }

    private mutating func unifyShapes(_ type: CELType, _ wanted: CELType) -> Bool {
        switch (type, wanted) {
        case (.type, .type): return true
        case (.list(let element), .list(let other)): return unify(element, other)
        case (.map(let key, let value), .map(let otherKey, let otherValue)):
            return unify(key, otherKey) && unify(value, otherValue)
        case (.opaque(let name, let parts), .opaque(let other, let otherParts)):
            guard name == other, parts.count == otherParts.count else { return false }
            for (part, otherPart) in zip(parts, otherParts) where !unify(part, otherPart) {
                return false
            }
            return true
        case (.enumeration, .enumeration("")): return true
        case (.wrapper(let inner), .wrapper(let other)): return inner == other
        case (.wrapper(let inner), _): return inner == wanted
        case (_, .wrapper(let inner)): return inner == type
        default: return type == wanted
        }
    }

    private mutating func substitute(
        _ type: CELType, for index: Int
    ) -> (isValid: Bool, wasKnown: Bool) {
        if type == .free(index) { return (true, true) }
        guard let known = bindings[index] else {
            guard !mentions(index, in: type) else { return (false, false) }
            bind(index, to: type)
            return (true, false)
        }
        if known == type { return (true, true) }
        guard unify(type, known) else { return (false, true) }
        let general = moreGeneral(type, known)
        if !mentions(index, in: general) { bind(index, to: general) }
        return (true, true)
    }

    private func mentions(_ index: Int, in type: CELType) -> Bool {
        if case .free(let other) = type {
            if other == index { return true }
            guard let bound = bindings[other] else { return false }
            return mentions(index, in: bound)
        }
        return type.parameters.contains { mentions(index, in: $0) }
    }

    // MARK: Joining

    /// The type of an aggregate's parts so far and one more.
    mutating func join(_ previous: CELType?, _ current: CELType) -> CELType {
        guard let previous else { return current }
        return fits([previous], [current]) ? moreGeneral(previous, current) : .dyn
    }

    func moreGeneral(_ left: CELType, _ right: CELType) -> CELType {
        isAtLeastAsGeneral(left, right) ? left : right
    }

    private func isAtLeastAsGeneral(_ left: CELType, _ right: CELType) -> Bool {
        switch (left, right) {
        case (.dyn, _), (.error, _), (.free, _): true
        case (_, .dyn), (_, .error), (_, .free): false
        case (_, .null): true
        case (.null, _): false
        case (.wrapper, _): true
        case (.list(let element), .list(let other)): isAtLeastAsGeneral(element, other)
        case (.map(let key, let value), .map(let otherKey, let otherValue)):
            isAtLeastAsGeneral(key, otherKey) && isAtLeastAsGeneral(value, otherValue)
        case (.opaque(let name, let parts), .opaque(let other, let otherParts)):
            name == other
                && zip(parts, otherParts).allSatisfy { isAtLeastAsGeneral($0, $1) }
        case (.type, .type): true
        default: left == right
        }
    }
}

extension CELType {
    /// Whether null may stand where the type is wanted.
    fileprivate var acceptsNull: Bool {
        switch self {
        case .null, .wrapper, .message, .opaque, .timestamp, .duration: true
        default: isDyn
        }
    }
}
