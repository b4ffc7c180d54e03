import Domain
import Scoring
import Tasking

/// Reads the task a rule opens.
struct TaskReader {
    private static let schema = Schema(
        ["open_on", "kind", "title", "cap", "priority", "sla", "dedupe", "close_on"],
        later: ["note", "inhibit", "modes"])
    private static let deadlines: ClosedRange<Interval> = .seconds(1)...(.hours(24 * 30))

    let findings: FindingList

    func read(_ value: YAMLValue) -> TaskDraft? {
        guard let section = value.section(TaskReader.schema) else { return nil }
        _ = section["open_on"]?.word(["raise": true])
        guard let kind = section.require("kind")?.text(),
            let title = section.require("title")?.text()
        else { return nil }
        var task = TaskDraft(spot: value.spot, kind: kind, title: title)
        readCAP(section, &task)
        task.priority = section["priority"]?.wordOrAuto(Vocabulary.priorities)?.value
        readDeadlines(section, &task)
        readDedupe(section, &task)
        task.closesOnClear = section["close_on"]?.word(["clear": true]) ?? false
        return task
    }

    private func readCAP(_ section: Section, _ task: inout TaskDraft) {
        let schema = Schema(["category", "urgency", "severity", "certainty"], later: ["response"])
        guard let cap = section["cap"]?.section(schema) else { return }
        if let word = cap["category"]?.source() {
            task.cap = CAPCategory(rawValue: word.value)
            if task.cap == nil {
                cap["category"]?.error(
                    .yamlWord, "`\(word.value)` is not a CAP category",
                    hint: Likeness.hint(
                        for: word.value, among: CAPCategory.allCases.map(\.rawValue)))
            }
        }
        task.urgency = cap["urgency"]?.word(Vocabulary.urgencies) ?? .expected
        task.severity = cap["severity"]?.wordOrAuto(Vocabulary.severities)?.value
        task.certainty = cap["certainty"]?.wordOrAuto(Vocabulary.certainties)?.value
    }

    private func readDeadlines(_ section: Section, _ task: inout TaskDraft) {
        guard let sla = section["sla"]?.section(Schema(["accept", "arrive", "resolve"])) else {
            return
        }
        task.accept = sla["accept"]?.duration(TaskReader.deadlines)
        task.arrive = sla["arrive"]?.duration(TaskReader.deadlines)
        task.resolve = sla["resolve"]?.duration(TaskReader.deadlines)
    }

    private func readDedupe(_ section: Section, _ task: inout TaskDraft) {
        let schema = Schema(["key", "repeat", "reopen"], later: ["remind", "escalate"])
        guard let dedupe = section["dedupe"]?.section(schema) else { return }
        if let key = dedupe.require("key") {
            task.key = KeyReader(findings: findings).read(key)
        }
        task.repeats = dedupe["repeat"]?.word(Vocabulary.repeats) ?? .update
        task.reopen = dedupe["reopen"]?.duration(.zero...(.hours(24 * 30))) ?? .zero
    }
}
