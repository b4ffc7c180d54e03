internal import Domain

// What a sender adds of its own, in `attrs`: names and plain values, by form.

extension AlertDecoder {
    /// Up to `Limits.attributesMax` members.
    @inline(__always)
    mutating func attributes(
        _ bytes: Span<UInt8>, _ kinds: borrowing KindTable, _ alert: inout Alert
    ) throws(Refusal) {
        try open(bytes, .attributes)
        var more = reader.first(bytes, before: ASCII.closeBrace)
        while more {
            if alert.attributeCount == Limits.attributesMax {
                _ = reader.peek(bytes)
                throw Refusal(.badValue, .attributes, at: reader.at)
            }
            alert.attributes[alert.attributeCount] = AlertAttribute()
            try attribute(bytes, kinds, &alert)
            alert.attributeCount &+= 1
            more = try reader.next(bytes, before: ASCII.closeBrace)
        }
    }

    /// One member, whose entry stays empty when its name tells of a person.
    @inline(__always)
    private mutating func attribute(
        _ bytes: Span<UInt8>, _ kinds: borrowing KindTable, _ alert: inout Alert
    ) throws(Refusal) {
        _ = reader.peek(bytes)
        valueAt = reader.at
        let name = try reader.name(bytes)
        guard TextSyntax.isAttributeName(bytes, name.start, name.end) else {
            throw refusal(.badValue, .attribute)
        }
        if PersonWords.name(attribute: bytes, name.start, name.end) {
            alert.droppedFields &+= 1
            return try reader.pass(bytes)
        }
        if AlertDecoder.hasAttribute(alert, bytes, name) { throw refusal(.badSchema, .attribute) }
        alert.attributes[alert.attributeCount].name = keep(bytes, name, in: &alert)
        try attributeValue(bytes, kinds, &alert)
    }

    @inline(__always)
    private mutating func attributeValue(
        _ bytes: Span<UInt8>, _ kinds: borrowing KindTable, _ alert: inout Alert
    ) throws(Refusal) {
        let place = alert.attributeCount
        let first = reader.peek(bytes)
        valueAt = reader.at
        switch first {
        case 0: throw reader.malformed
        case ASCII.quote: try text(bytes, .attribute, kinds, &alert)
        case 0x6E: try reader.null(bytes)
        case 0x74, 0x66:
            try reader.literal(bytes)
            alert.attributes[place].type = .truth
            alert.attributes[place].number = first == 0x74 ? 1 : 0
        default:
            let most = Double.greatestFiniteMagnitude
            alert.attributes[place].number = try number(bytes, .attribute, from: -most, to: most)
            alert.attributes[place].type = .number
        }
    }

    /// A text in which something personal was found leaves its entry empty.
    @inline(__always)
    func takeAttribute(
        _ bytes: Span<UInt8>, _ text: JSONText, _ alert: inout Alert
    ) throws(Refusal) {
        let most = Limits.attributeTextBytesMax
        guard TextSyntax.isText(bytes, text.start, text.end, most: most) else {
            throw refusal(.badValue, .attribute)
        }
        if PrivacyFilter.finds(bytes, text.start, text.end) {
            alert.droppedFields &+= 1
            return
        }
        alert.attributes[alert.attributeCount].text = keep(bytes, text, in: &alert)
        alert.attributes[alert.attributeCount].type = .text
    }

    /// Whether the alert has an attribute of that name already.
    @_noAllocation @_noLocks
    private static func hasAttribute(
        _ alert: borrowing Alert, _ bytes: Span<UInt8>, _ name: JSONText
    ) -> Bool {
        var place = 0
        while place < alert.attributeCount {
            let range = alert.attributes[place].name
            if range.count == name.end &- name.start {
                var offset = 0
                while offset < range.count {
                    let byte = unsafe bytes[unchecked: name.start &+ offset]
                    if alert.texts[range.first &+ offset] != byte { break }
                    offset &+= 1
                }
                if offset == range.count { return true }
            }
            place &+= 1
        }
        return false
    }
}
