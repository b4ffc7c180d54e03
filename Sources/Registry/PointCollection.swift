import Foundation

/// The points of a GeoJSON file (RFC 7946) as a table: a row for each feature, a column for each
/// property, `latitude` and `longitude` from the point.
public enum PointCollection {
    /// Why a file is no collection of points.
    public struct Unreadable: Error, Sendable {
        public let reason: String
    }

    /// The table as CSV; row n stands in line n + 1.
    public static func csv(_ bytes: [UInt8]) throws(Unreadable) -> [UInt8] {
        let features = try features(bytes)
        var names: Set<String> = []
        var rows: [[String: String]] = []
        for feature in features {
            var row = properties(feature)
            if let (latitude, longitude) = point(feature) {
                (row["latitude"], row["longitude"]) = (latitude, longitude)
            }
            names.formUnion(row.keys)
            rows.append(row)
        }
        let columns = names.sorted()
        var lines = [columns.map(CSVText.field).joined(separator: ",")]
        for row in rows {
            lines.append(columns.map { CSVText.field(row[$0] ?? "") }.joined(separator: ","))
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private static func features(_ bytes: [UInt8]) throws(Unreadable) -> [[String: Any]] {
        guard bytes.count <= RegistryDraft.bytesMax else {
            throw Unreadable(reason: "is larger than \(RegistryDraft.bytesMax) bytes")
        }
        let root: Any
        do {
            root = try JSONSerialization.jsonObject(with: Data(bytes))
        } catch {
            throw Unreadable(reason: "is not JSON")
        }
        guard let root = root as? [String: Any],
            let features = root["features"] as? [[String: Any]]
        else { throw Unreadable(reason: "is not a GeoJSON FeatureCollection") }
        return features
    }

    private static func properties(_ feature: [String: Any]) -> [String: String] {
        var texts: [String: String] = [:]
        if let id = text(feature["id"]) { texts["id"] = id }
        for (name, value) in feature["properties"] as? [String: Any] ?? [:] {
            if let text = text(value) { texts[name] = text }
        }
        return texts
    }

    private static func text(_ value: Any?) -> String? {
        switch value {
        case let text as String: text.filter { !$0.isNewline }
        case let number as NSNumber: number.stringValue
        default: nil
        }
    }

    /// GeoJSON puts the longitude first.
    private static func point(
        _ feature: [String: Any]
    ) -> (latitude: String, longitude: String)? {
        guard let geometry = feature["geometry"] as? [String: Any],
            geometry["type"] as? String == "Point",
            let numbers = geometry["coordinates"] as? [NSNumber], numbers.count >= 2
        else { return nil }
        return (numbers[1].stringValue, numbers[0].stringValue)
    }
}

/// Text as fields of a CSV.
package enum CSVText {
    /// In quotation marks where it must be.
    package static func field(_ text: String) -> String {
        let marks: Set<Character> = [",", "\"", "\n", "\r", "\r\n"]
        guard text.contains(where: marks.contains) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
