extension FunctionLibrary {
    /// The network extension: IP addresses and CIDR blocks.
    public static let network = FunctionLibrary(
        "network", functions: addressMakers + addressTests + blockFunctions,
        constants: ["net.IP": .type(ip), "net.CIDR": .type(cidr)])

    private static let ip = CELType.opaque("net.IP", [])
    private static let cidr = CELType.opaque("net.CIDR", [])

    // MARK: Reading arguments

    /// An address, or text that is one.
    private static func address(_ value: Value) throws(EvaluationError) -> IPAddress {
        if case .opaque(let opaque) = value, let address = opaque as? IPAddress { return address }
        guard case .string(let text) = value, let address = IPAddress(text) else {
            throw EvaluationError(.conversion, "no IP address: \(value)")
        }
        return address
    }

    private static func block(_ value: Value) throws(EvaluationError) -> AddressBlock {
        if case .opaque(let opaque) = value, let block = opaque as? AddressBlock { return block }
        guard case .string(let text) = value, let block = AddressBlock(text) else {
            throw EvaluationError(.conversion, "no CIDR block: \(value)")
        }
        return block
    }

    // MARK: Addresses

    private static let addressMakers: [Function] = [
        Function(
            "ip",
            Overload("string_to_ip", [.string], ip) { (arguments) throws(EvaluationError) in
                .opaque(try address(arguments[0]))
            },
            Overload("cidr_ip", [cidr], ip, isMember: true) { (arguments) throws(EvaluationError) in
                .opaque(try block(arguments[0]).address)
            }),
        Function(
            "isIP",
            Overload("is_ip", [.string], .bool) { .bool(IPAddress($0[0].plainText) != nil) }),
        Function(
            "isCIDR",
            Overload("is_cidr", [.string], .bool) { .bool(AddressBlock($0[0].plainText) != nil) }),
        Function(
            "ip.isCanonical",
            Overload("ip_is_canonical", [.string], .bool) { (arguments) throws(EvaluationError) in
                .bool(try address(arguments[0]).text == arguments[0].plainText)
            }),
        Function(
            "string",
            Overload("ip_to_string", [ip], .string) { .string($0[0].plainText) },
            Overload("cidr_to_string", [cidr], .string) { .string($0[0].plainText) }),
    ]

    private static func member(
        _ name: String, _ id: String, _ result: CELType,
        _ read: @escaping @Sendable (IPAddress) -> Value
    ) -> Function {
        Function(
            name,
            Overload(id, [ip], result, isMember: true) { (arguments) throws(EvaluationError) in
                read(try address(arguments[0]))
            })
    }

    private static let addressTests: [Function] = [
        member("family", "ip_family", .int) { .int($0.isV4 ? 4 : 6) },
        member("isUnspecified", "ip_is_unspecified", .bool) { .bool($0.isUnspecified) },
        member("isLoopback", "ip_is_loopback", .bool) { .bool($0.isLoopback) },
        member("isGlobalUnicast", "ip_is_global_unicast", .bool) { .bool($0.isGlobalUnicast) },
        member("isLinkLocalMulticast", "ip_is_link_local_multicast", .bool) {
            .bool($0.isLinkLocalMulticast)
        },
        member("isLinkLocalUnicast", "ip_is_link_local_unicast", .bool) {
            .bool($0.isLinkLocalUnicast)
        },
    ]

    // MARK: Blocks

    private static func overload(
        _ id: String, _ parameters: [CELType], _ result: CELType,
        _ read: @escaping @Sendable (AddressBlock, [Value]) throws(EvaluationError) -> Value
    ) -> Overload {
        Overload(id, [cidr] + parameters, result, isMember: true) {
            (arguments) throws(EvaluationError) in
            try read(try block(arguments[0]), Array(arguments.dropFirst()))
        }
    }

    private static let blockFunctions: [Function] = [
        Function(
            "cidr",
            Overload("string_to_cidr", [.string], cidr) { (arguments) throws(EvaluationError) in
                .opaque(try block(arguments[0]))
            }),
        Function(
            "containsIP",
            all: [ip, .string].map { type in
                overload("cidr_contains_ip_\(type.name)", [type], .bool) {
                    (block, rest) throws(EvaluationError) in
                    .bool(block.contains(try address(rest[0])))
                }
            }),
        Function(
            "containsCIDR",
            all: [cidr, .string].map { type in
                overload("cidr_contains_cidr_\(type.name)", [type], .bool) {
                    (outer, rest) throws(EvaluationError) in
                    .bool(outer.contains(try block(rest[0])))
                }
            }),
        Function(
            "masked",
            overload("cidr_masked", [], cidr) { block, _ in .opaque(block.masked) }),
        Function(
            "prefixLength",
            overload("cidr_prefix_length", [], .int) { block, _ in .int(Int64(block.prefixLength)) }
        ),
    ]
}
