/// An IP address of either family.
struct IPAddress: OpaqueValue, Hashable {
    /// 4 or 16 bytes, most significant first.
    let bytes: [UInt8]

    var typeName: String { "net.IP" }
    var isV4: Bool { bytes.count == 4 }

    func isEqual(to other: any OpaqueValue) -> Bool {
        (other as? IPAddress) == self
    }

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads dotted decimal or RFC 4291 text; nil for anything else, zones, and the dotted form of
    /// IPv4 in IPv6. An IPv4 address in hexadecimal IPv6 clothes is that IPv4 address.
    init?(_ text: String) {
        if let bytes = Self.readV4(text[...]) {
            self.bytes = bytes
            return
        }
        guard let bytes = Self.readV6(text) else { return nil }
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        self.bytes = isMapped ? Array(bytes[12...]) : bytes
    }

    private static func readV4(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            let isCanonical = part.utf8.count == 1 || part.utf8.first != UInt8(ascii: "0")
            guard isCanonical, (1...3).contains(part.utf8.count),
                part.utf8.allSatisfy(Ascii.isDigit), let byte = UInt8(part)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func readV6(_ text: String) -> [UInt8]? {
        guard !text.utf8.contains(UInt8(ascii: ".")) else { return nil }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts.count <= 9 else { return nil }
        var front: [UInt8] = []
        var back: [UInt8]?
        for (index, part) in parts.enumerated() {
            if part.isEmpty {
                let isEdge = index == 0 || index == parts.count - 1
                let neighbour = index == 0 ? parts[1] : parts[index - 1]
                if isEdge {
                    guard neighbour.isEmpty else { return nil }
                    continue
                }
                guard back == nil else { return nil }
                back = []
                continue
            }
            guard part.utf8.count <= 4, part.utf8.allSatisfy({ Ascii.hexValue($0) != nil }),
                let group = UInt16(part, radix: 16)
            else { return nil }
            let pair = [UInt8(group >> 8), UInt8(group & 0xFF)]
            if back == nil { front += pair } else { back?.append(contentsOf: pair) }
        }
        guard let back else { return front.count == 16 ? front : nil }
        let missing = 16 - front.count - back.count
        guard missing >= 2 else { return nil }
        return front + [UInt8](repeating: 0, count: missing) + back
    }

    /// The canonical text of RFC 5952.
    var text: String {
        guard !isV4 else { return bytes.map(String.init).joined(separator: ".") }
        let groups = (0..<8).map { UInt16(bytes[$0 * 2]) << 8 | UInt16(bytes[$0 * 2 + 1]) }
        let hole = Self.longestZeros(groups)
        let words = groups.map { String($0, radix: 16) }
        guard hole.count > 1 else { return words.joined(separator: ":") }
        return words[..<hole.lowerBound].joined(separator: ":") + "::"
            + words[hole.upperBound...].joined(separator: ":")
    }

    private static func longestZeros(_ groups: [UInt16]) -> Range<Int> {
        var best = 0..<0
        var start = 0
        for index in 0...groups.count where index == groups.count || groups[index] != 0 {
            if index - start > best.count { best = start..<index }
            start = index + 1
        }
        return best
    }

    // MARK: Classes

    var isUnspecified: Bool { bytes.allSatisfy { $0 == 0 } }
    var isLoopback: Bool {
        isV4 ? bytes[0] == 127 : bytes[..<15].allSatisfy { $0 == 0 } && bytes[15] == 1
    }
    var isMulticast: Bool { isV4 ? bytes[0] & 0xF0 == 224 : bytes[0] == 0xFF }
    var isLinkLocalMulticast: Bool {
        isV4
            ? bytes[..<3].elementsEqual([224, 0, 0]) : bytes[0] == 0xFF && bytes[1] & 0x0F == 2
    }
    var isLinkLocalUnicast: Bool {
        isV4 ? bytes[0] == 169 && bytes[1] == 254 : bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
    }
    var isGlobalUnicast: Bool {
        let isBroadcast = isV4 && bytes.allSatisfy { $0 == 255 }
        return !isBroadcast && !isUnspecified && !isLoopback && !isMulticast && !isLinkLocalUnicast
    }
}

/// An address and the length of the prefix that names its network.
struct AddressBlock: OpaqueValue, Hashable {
    let address: IPAddress
    let prefixLength: Int

    var typeName: String { "net.CIDR" }
    var text: String { "\(address.text)/\(prefixLength)" }

    func isEqual(to other: any OpaqueValue) -> Bool {
        (other as? AddressBlock) == self
    }

    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(String(parts[0])),
            address.isV4 == parts[0].utf8.contains(UInt8(ascii: ".")),
            parts[1].utf8.allSatisfy(Ascii.isDigit), let length = Int(parts[1]),
            length <= address.bytes.count * 8,
            parts[1].utf8.count == 1 || parts[1].utf8.first != UInt8(ascii: "0")
        else { return nil }
        self.init(address: address, prefixLength: length)
    }

    private init(address: IPAddress, prefixLength: Int) {
        self.address = address
        self.prefixLength = prefixLength
    }

    /// The block with all bits behind the prefix cleared.
    var masked: AddressBlock {
        AddressBlock(address: Self.mask(address, prefixLength), prefixLength: prefixLength)
    }

    private static func mask(_ address: IPAddress, _ length: Int) -> IPAddress {
        var bytes = address.bytes
        for index in bytes.indices {
            let kept = min(max(length - index * 8, 0), 8)
            bytes[index] &= UInt8(truncatingIfNeeded: 0xFF00 >> kept)
        }
        return IPAddress(bytes: bytes)
    }

    func contains(_ other: IPAddress) -> Bool {
        other.isV4 == address.isV4 && Self.mask(other, prefixLength) == masked.address
    }

    func contains(_ other: AddressBlock) -> Bool {
        other.prefixLength >= prefixLength && contains(other.address)
    }
}
