import Domain

/// What must hold of every alert that was accepted, whatever the message was.
enum Judge {
    /// The first limit of the protocol that an alert breaks, or nil.
    static func fault(_ alert: borrowing Alert) -> String? {
        if alert.textBytes > Limits.alertTextBytesMax { return "the text area is overfull" }
        for range in [alert.id, alert.source, alert.cell, alert.ref, alert.text]
        where range.end > alert.textBytes {
            return "a text lies outside the text area"
        }
        if alert.id.isEmpty || alert.id.count > Limits.idBytesMax { return "id" }
        if alert.source.isEmpty || alert.source.count > Limits.sourceBytesMax { return "source" }
        if alert.cell.count > Limits.cellPathBytesMax { return "cell" }
        if alert.text.count > Limits.textBytesMax { return "text" }
        if alert.kind.int > 1 { return "kind" }
        if !(0...1).contains(alert.confidence) { return "confidence" }
        if alert.present.contains(.position) {
            guard (-90...90).contains(alert.position.latitude) else { return "latitude" }
            guard (-180...180).contains(alert.position.longitude) else { return "longitude" }
        }
        if alert.present.contains(.start), alert.present.contains(.end) {
            if alert.end < alert.start { return "end before start" }
        }
        return measureFault(alert) ?? attributeFault(alert) ?? textFault(alert)
    }

    private static func measureFault(_ alert: borrowing Alert) -> String? {
        guard alert.measureCount <= Limits.measuresMax else { return "measures" }
        for place in 0..<alert.measureCount {
            let measure = alert.measures[place]
            if !measure.value.isFinite || measure.limit.isInfinite { return "a measure is endless" }
            if measure.name.isEmpty || measure.name.end > alert.textBytes { return "measure name" }
            if measure.unit.end > alert.textBytes { return "measure unit" }
        }
        return nil
    }

    private static func attributeFault(_ alert: borrowing Alert) -> String? {
        guard alert.attributeCount <= Limits.attributesMax else { return "attributes" }
        var names: Set<String> = []
        for place in 0..<alert.attributeCount {
            let entry = alert.attributes[place]
            if entry.name.end > alert.textBytes || entry.text.end > alert.textBytes {
                return "an attribute lies outside the text area"
            }
            if entry.name.count > Limits.attributeNameBytesMax { return "attribute name" }
            if entry.text.count > Limits.attributeTextBytesMax { return "attribute text" }
            if !entry.number.isFinite { return "an attribute is endless" }
            if entry.name.isEmpty {
                guard entry.type == .none else { return "an attribute without a name" }
            } else if !names.insert(alert.string(entry.name)).inserted {
                return "an attribute twice"
            }
        }
        return nil
    }

    /// The texts must be UTF-8 without zero bytes.
    private static func textFault(_ alert: borrowing Alert) -> String? {
        let bytes = (0..<alert.textBytes).map { alert.texts[$0] }
        if bytes.contains(0) { return "a zero byte in a text" }
        return String(validating: bytes, as: UTF8.self) == nil ? "a text is no UTF-8" : nil
    }

    /// Whether two readings of one message left different alerts.
    static func difference(_ a: borrowing Alert, _ b: borrowing Alert) -> String? {
        guard a.textBytes == b.textBytes, a.present == b.present else { return "texts differ" }
        for place in 0..<a.textBytes where a.texts[place] != b.texts[place] {
            return "texts differ"
        }
        guard a.time == b.time, a.sequence == b.sequence, a.kind == b.kind else {
            return "attributes differ"
        }
        guard a.measureCount == b.measureCount, a.droppedFields == b.droppedFields else {
            return "measures differ"
        }
        return nil
    }
}
