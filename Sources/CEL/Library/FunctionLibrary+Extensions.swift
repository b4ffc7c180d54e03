extension FunctionLibrary {
    /// `cel.bind`.
    public static let bindings = FunctionLibrary("bindings", macros: Macro.bindings)

    /// `cel.block` with its shared parts.
    public static let block = FunctionLibrary("block", macros: Macro.block)

    /// `proto.hasExt` and `proto.getExt`.
    public static let protocolBuffers = FunctionLibrary("protos", macros: Macro.protocolBuffers)

    /// Comprehensions with two variables, `transformList` and `transformMap`.
    public static let twoVariableComprehensions = FunctionLibrary(
        "two_var_comprehensions",
        functions: [
            Function(
                Macro.mapInsert,
                Overload("cel_@mapInsert_map_map", [.map(.a, .b), .map(.a, .b)], .map(.a, .b)) {
                    (arguments) throws(EvaluationError) in
                    guard case .map(var map) = arguments[0], case .map(let more) = arguments[1]
                    else { throw EvaluationError(.noSuchOverload, "no maps") }
                    for key in more.keys {
                        guard map.insert(key, more[key] ?? .null) else {
                            throw EvaluationError(.duplicateKey, "repeated key: \(key.value)")
                        }
                    }
                    return .map(map)
                })
        ], macros: Macro.twoVariable)

    /// `base64.encode` and `base64.decode`.
    public static let encoders = FunctionLibrary(
        "encoders",
        functions: [
            Function(
                "base64.encode",
                Overload("base64_encode_bytes", [.bytes], .string) {
                    (arguments) throws(EvaluationError) in
                    guard case .bytes(let bytes) = arguments[0] else {
                        throw EvaluationError(.noSuchOverload, "no bytes")
                    }
                    return .string(Base64.encode(bytes))
                }),
            Function(
                "base64.decode",
                Overload("base64_decode_string", [.string], .bytes) {
                    (arguments) throws(EvaluationError) in
                    guard let bytes = Base64.decode(arguments[0].plainText) else {
                        throw EvaluationError(.invalidArgument, "no base 64: \(arguments[0])")
                    }
                    return .bytes(bytes)
                }),
        ])

    /// `sets.contains`, `sets.equivalent`, `sets.intersects` over lists.
    public static let sets = FunctionLibrary(
        "sets",
        functions: [
            relation("sets.contains", "list_sets_contains_list") { list, part in
                part.allSatisfy(list.contains)
            },
            relation("sets.equivalent", "list_sets_equivalent_list") { list, other in
                other.allSatisfy(list.contains) && list.allSatisfy(other.contains)
            },
            relation("sets.intersects", "list_sets_intersects_list") { list, other in
                other.contains(where: list.contains)
            },
        ])

    private static func relation(
        _ name: String, _ id: String, _ holds: @escaping @Sendable ([Value], [Value]) -> Bool
    ) -> Function {
        Function(
            name,
            Overload(id, [.list(.a), .list(.a)], .bool) {
                .bool(holds($0[0].elements, $0[1].elements))
            })
    }

    /// Everything this module has.
    public static let all: [FunctionLibrary] = [
        .standard, .strings, .math, .optionals, .bindings, .block, .protocolBuffers,
        .twoVariableComprehensions, .encoders, .sets, .lists, .network,
    ]
}
