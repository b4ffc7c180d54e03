import Domain
import Scoring
import Tasking

extension CatalogReader {
    func readWarnings(_ section: Section, _ scale: inout WarningScale) {
        let levels = ["blue", "yellow", "orange", "red"]
        guard let warnings = section.require("warnings")?.section(Schema(levels)) else { return }
        for (index, level) in levels.enumerated() {
            let schema = Schema(["raise", "clear", "cap_severity"])
            guard let entry = warnings.require(level)?.section(schema) else { continue }
            let raise = entry.require("raise")?.number(0...100)
            let clear = entry.require("clear")?.number(0...100)
            scale.raise[index + 1] = milliPoints(raise)
            scale.clear[index + 1] = milliPoints(clear)
            let severity = entry.require("cap_severity")?.word(Vocabulary.severities)
            scale.severity[index + 1] = severity ?? .unknown
            checkLevel(index + 1, scale, entry.value)
        }
    }

    private func milliPoints(_ points: Double?) -> Int32 {
        points.flatMap { MilliPoints(points: $0) }?.value ?? 0
    }

    /// A level must clear below where it raises, and both must rise from level to level.
    private func checkLevel(_ level: Int, _ scale: WarningScale, _ value: YAMLValue) {
        if scale.clear[level] >= scale.raise[level] {
            value.error(
                .catalogWarnings, "\(value.name) must clear below where it raises",
                hint: "two thresholds keep the map from flickering")
        }
        guard level > 1 else { return }
        let isAbove =
            scale.raise[level] > scale.raise[level - 1]
            && scale.clear[level] > scale.clear[level - 1]
        if !isAbove {
            value.error(.catalogWarnings, "\(value.name) must lie above the level before it")
        }
    }

    func readCertainty(_ section: Section, _ scale: inout CertaintyScale) {
        let schema = Schema(["observed", "likely", "possible"])
        guard let value = section.require("certainty"), let entry = value.section(schema) else {
            return
        }
        scale.observed = entry.require("observed")?.number(0...1) ?? scale.observed
        scale.likely = entry.require("likely")?.number(0...1) ?? scale.likely
        scale.possible = entry.require("possible")?.number(0...1) ?? scale.possible
        if scale.observed <= scale.likely || scale.likely <= scale.possible {
            value.error(.catalogCertainty, "`certainty` must fall from observed to possible")
        }
    }

    func readPriority(_ section: Section) -> [PriorityRow] {
        guard let value = section.require("priority"), let items = value.items() else { return [] }
        let rows = items.compactMap { readPriorityRow($0) }
        if let last = rows.last, !last.fitsAll {
            value.error(
                .catalogPriority, "the priority matrix has a hole",
                hint: "end it with a row that fits everything: {is: P5}")
        }
        for (index, row) in rows.dropLast().enumerated() where row.fitsAll {
            items[index + 1].error(
                .catalogPriority, "the row above fits all: this is never reached")
        }
        return rows
    }

    private func readPriorityRow(_ value: YAMLValue) -> PriorityRow? {
        let schema = Schema(["severity", "urgency", "certainty", "is"])
        guard let entry = value.section(schema),
            let priority = entry.require("is")?.word(Vocabulary.priorities)
        else { return nil }
        var row = PriorityRow(priority)
        row.severities = bits(entry["severity"], Vocabulary.severities)
        row.urgencies = bits(entry["urgency"], Vocabulary.urgencies)
        row.certainties = bits(entry["certainty"], Vocabulary.certainties)
        return row
    }

    /// One bit a word; all bits where the column is left out.
    private func bits<Word: RawRepresentable>(
        _ value: YAMLValue?, _ words: KeyValuePairs<String, Word>
    ) -> UInt8 where Word.RawValue == UInt8 {
        guard let value else { return 0xFF }
        return value.itemsOrSelf().compactMap { $0.word(words) }
            .reduce(0) { $0 | (1 << $1.rawValue) }
    }
}

extension PriorityRow {
    fileprivate var fitsAll: Bool { severities & urgencies & certainties == 0xFF }
}
