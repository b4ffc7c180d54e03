import Domain
import Scoring
import Tasking

extension CatalogReader {
    func readWarnings(_ section: Section, _ scale: inout WarningScale) {
        let levels = ["blue", "yellow", "orange", "red"]
        guard let warnings = section.require("warnings")?.section(Schema(levels)) else { return }
        for (index, level) in levels.enumerated() {
            guard let entry = warnings.require(level)?.section(.warning) else { continue }
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
        if rows.count == items.count { checkMatrix(rows, value, items) }
        return rows
    }

    /// Every combination of words has a row, and every row a combination that comes to it.
    private func checkMatrix(_ rows: [PriorityRow], _ value: YAMLValue, _ items: [YAMLValue]) {
        var (reached, hole): (Set<Int>, String?) = ([], nil)
        for severity in Vocabulary.severities {
            for urgency in Vocabulary.urgencies {
                for certainty in Vocabulary.certainties {
                    let row = rows.firstIndex {
                        $0.severities >> severity.value.rawValue & 1 == 1
                            && $0.urgencies >> urgency.value.rawValue & 1 == 1
                            && $0.certainties >> certainty.value.rawValue & 1 == 1
                    }
                    if let row { reached.insert(row) }
                    if row == nil, hole == nil {
                        hole = "\(severity.key), \(urgency.key), \(certainty.key)"
                    }
                }
            }
        }
        if let hole {
            value.error(
                .catalogPriority, "the priority matrix has a hole: \(hole)",
                hint: "end it with a row that fits everything: {is: P5}")
        }
        for (index, item) in items.enumerated() where !reached.contains(index) {
            item.error(.catalogPriority, "the rows above take all: this is never reached")
        }
    }

    private func readPriorityRow(_ value: YAMLValue) -> PriorityRow? {
        guard let entry = value.section(.priorityRow),
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
