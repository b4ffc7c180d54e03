extension FunctionLibrary {
    /// The lists extension: `slice`, `flatten`, `sort`, `distinct`, `reverse`, `lists.range`.
    public static let lists = FunctionLibrary(
        "lists", functions: [slice, flatten, sort, distinct, reverse, range])

    /// Elements `lists.range` makes at most; beyond, a list is a mistake and no range.
    private static let rangeMax: Int64 = 1_000_000

    private static let slice = Function(
        "slice",
        Overload("list_slice", [.list(.a), .int, .int], .list(.a), isMember: true) {
            (arguments) throws(EvaluationError) in
            let list = arguments[0].elements
            guard case .int(let start) = arguments[1], case .int(let end) = arguments[2],
                start >= 0, start <= end, end <= Int64(list.count)
            else {
                throw EvaluationError(
                    .indexOutOfRange, "cannot slice(\(arguments[1]), \(arguments[2]))")
            }
            return .list(Array(list[Int(start)..<Int(end)]))
        })

    private static let flatten = Function(
        "flatten",
        Overload("list_flatten", [.list(.list(.a))], .list(.a), isMember: true) {
            .list(flattened($0[0].elements, depth: 1))
        },
        Overload("list_flatten_int", [.anyList, .int], .anyList, isMember: true) {
            (arguments) throws(EvaluationError) in
            guard case .int(let depth) = arguments[1], depth >= 0 else {
                throw EvaluationError(.invalidArgument, "flatten takes a depth from 0")
            }
            return .list(flattened(arguments[0].elements, depth: depth))
        })

    private static func flattened(_ list: [Value], depth: Int64) -> [Value] {
        list.flatMap { element -> [Value] in
            guard depth > 0, case .list(let inner) = element else { return [element] }
            return flattened(inner, depth: depth - 1)
        }
    }

    private static let sort = Function(
        "sort",
        Overload("list_sort", [.list(.a)], .list(.a), isMember: true) {
            (arguments) throws(EvaluationError) in
            let list = arguments[0].elements
            for (left, right) in zip(list, list.dropFirst()) {
                guard left.type == right.type, Value.order(left, right) != nil else {
                    throw EvaluationError(.noSuchOverload, "list elements must be comparable")
                }
            }
            return .list(list.sorted { Value.order($0, $1) == .less })
        })

    private static let distinct = Function(
        "distinct",
        Overload("list_distinct", [.list(.a)], .list(.a), isMember: true) {
            var kept: [Value] = []
            for element in $0[0].elements where !kept.contains(element) { kept.append(element) }
            return .list(kept)
        })

    private static let reverse = Function(
        "reverse",
        Overload("list_reverse", [.list(.a)], .list(.a), isMember: true) {
            .list($0[0].elements.reversed())
        })

    private static let range = Function(
        "lists.range",
        Overload("lists_range", [.int], .list(.int)) { (arguments) throws(EvaluationError) in
            guard case .int(let count) = arguments[0], count <= rangeMax else {
                throw EvaluationError(.range, "lists.range() makes up to \(rangeMax) elements")
            }
            return .list((0..<max(0, count)).map(Value.int))
        })
}
