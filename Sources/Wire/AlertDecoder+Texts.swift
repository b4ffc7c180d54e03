internal import Domain

// Every field that is a string, by the rule of its kind.

extension AlertDecoder {
    /// Checks a string field, whose escapes are undone, and puts it into the alert.
    @_noAllocation @_noLocks
    @inline(never)
    func take(
        _ field: AlertField, _ bytes: Span<UInt8>, _ text: JSONText,
        _ kinds: borrowing KindTable, _ alert: inout Alert
    ) throws(Refusal) {
        let (start, end) = (text.start, text.end)
        switch field {
        case .specversion:
            guard Word.of(bytes, start, end) == Word("1.0") else {
                throw refusal(.badVersion, field)
            }
        case .type: try takeType(bytes, start, end)
        case .datacontenttype:
            guard TextSyntax.isJSONType(bytes, start, end) else {
                throw refusal(.badEncoding, field)
            }
        case .id, .source, .cell, .ref: try takeName(field, bytes, text, &alert)
        case .time, .start, .end, .expires: try takeTime(field, bytes, text, &alert)
        case .sequence:
            guard let sequence = decimal(bytes, start, end) else {
                throw refusal(.badValue, field)
            }
            alert.sequence = sequence
            alert.mark(.sequence)
        case .kind: alert.kind = try kind(bytes, start, end, kinds)
        case .severity, .state, .status, .urgency, .timeQuality:
            try takeWord(field, Word.of(bytes, start, end), &alert)
        case .areaCells:
            guard TextSyntax.isCellPath(bytes, start, end) else { throw refusal(.badValue, field) }
            if PrivacyFilter.finds(bytes, start, end) { throw refusal(.privacy, field) }
            alert.areaCells[alert.areaCellCount] = keep(bytes, text, in: &alert)
            alert.areaCellCount &+= 1
        case .measureName, .measureUnit: try takeMeasureText(field, bytes, text, &alert)
        case .media:
            guard TextSyntax.isLink(bytes, start, end) else { throw refusal(.badValue, field) }
            alert.mark(.media)
        case .attribute: try takeAttribute(bytes, text, &alert)
        default: try takeText(bytes, text, &alert)
        }
    }

    /// The type says what it is and in which version; one that is about a person is refused for
    /// that.
    @inline(__always)
    private func takeType(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) throws(Refusal) {
        let stem = start &+ (type == .alert ? 12 : 16)
        if end > stem {
            let known = type == .alert ? Word("tocsin.alert") : Word("tocsin.heartbeat")
            if Word.of(bytes, start, stem) == known {
                let version = Word.of(bytes, stem, end)
                if version == Word(".v1") { return }
                if version.low & 0xFFFF == Word(".v").low { throw refusal(.badVersion, .type) }
            }
        }
        let isPersonal = PersonWords.name(type: bytes, start, end)
        throw refusal(isPersonal ? .privacy : .badSchema, .type)
    }

    @inline(__always)
    private func kind(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ kinds: borrowing KindTable
    ) throws(Refusal) -> KindID {
        if PersonWords.name(kind: bytes, start, end) { throw refusal(.privacy, .kind) }
        let kind = kinds.find(bytes, start, end)
        if kind.index != 0xFFFF { return kind }
        let isKind = TextSyntax.isKind(bytes, start, end)
        throw refusal(isKind ? .unknownKind : .badValue, .kind)
    }

    /// A name that is kept: of the right form, and about nobody.
    @inline(__always)
    private func takeName(
        _ field: AlertField, _ bytes: Span<UInt8>, _ text: JSONText, _ alert: inout Alert
    ) throws(Refusal) {
        let (start, end) = (text.start, text.end)
        let isRight =
            switch field {
            case .source: TextSyntax.isSource(bytes, start, end)
            case .cell: TextSyntax.isCellPath(bytes, start, end)
            default: TextSyntax.isID(bytes, start, end)
            }
        guard isRight else { throw refusal(.badValue, field) }
        if PrivacyFilter.finds(bytes, start, end) { throw refusal(.privacy, field) }
        let range = keep(bytes, text, in: &alert)
        switch field {
        case .id: alert.id = range
        case .source: alert.source = range
        case .cell:
            alert.cell = range
            alert.mark(.cell)
        default:
            alert.ref = range
            alert.mark(.ref)
        }
    }

    @inline(__always)
    private func takeTime(
        _ field: AlertField, _ bytes: Span<UInt8>, _ text: JSONText, _ alert: inout Alert
    ) throws(Refusal) {
        guard let time = TimeText.parse(bytes, text.start, text.end) else {
            throw refusal(.badTime, field)
        }
        switch field {
        case .time: alert.time = time
        case .start:
            alert.start = time
            alert.mark(.start)
        case .end:
            alert.end = time
            alert.mark(.end)
        default:
            alert.expires = time
            alert.mark(.expires)
        }
    }

    /// A text that says who somebody is, or its own bounds forbid, is dropped or refused; never
    /// kept.
    @inline(__always)
    private func takeText(
        _ bytes: Span<UInt8>, _ text: JSONText, _ alert: inout Alert
    ) throws(Refusal) {
        guard TextSyntax.isText(bytes, text.start, text.end, most: Limits.textBytesMax) else {
            throw refusal(.badValue, .text)
        }
        if PrivacyFilter.finds(bytes, text.start, text.end) {
            alert.droppedFields &+= 1
            return
        }
        alert.text = keep(bytes, text, in: &alert)
        alert.mark(.text)
    }

    @inline(__always)
    private func takeMeasureText(
        _ field: AlertField, _ bytes: Span<UInt8>, _ text: JSONText, _ alert: inout Alert
    ) throws(Refusal) {
        let measure = alert.measureCount
        if field == .measureUnit {
            guard Units.knows(bytes, text.start, text.end) else {
                throw refusal(.badUnit, field)
            }
            alert.measures[measure].unit = keep(bytes, text, in: &alert)
        } else {
            guard TextSyntax.isMeasureName(bytes, text.start, text.end) else {
                throw refusal(.badValue, field)
            }
            alert.measures[measure].name = keep(bytes, text, in: &alert)
        }
    }
}
