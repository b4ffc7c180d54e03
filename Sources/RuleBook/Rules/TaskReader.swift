import Domain
import Scoring
import Tasking

/// Reads the task a rule opens.
struct TaskReader {
    static let deadlines: ClosedRange<Interval> = .seconds(1)...(.hours(24 * 30))

    let findings: FindingList

    func read(_ value: YAMLValue) -> TaskDraft? {
        guard let section = value.section(.task) else { return nil }
        _ = section["open_on"]?.word(["raise": true])
        guard let kind = section.require("kind")?.text(),
            let title = section.require("title")?.text()
        else { return nil }
        var task = TaskDraft(spot: value.spot, kind: kind, title: title)
        task.note = section["note"]?.text()
        readCAP(section, &task)
        task.priority = section["priority"]?.wordOrAuto(Vocabulary.priorities)?.value
        readDeadlines(section, &task)
        readDedupe(section, &task)
        task.closesOnClear = section["close_on"]?.word(["clear": true]) ?? false
        return task
    }

    private func readCAP(_ section: Section, _ task: inout TaskDraft) {
        guard let cap = section["cap"]?.section(.cap) else { return }
        task.cap = cap["category"]?.word(CAPCategory.words)
        task.urgency = cap["urgency"]?.word(Vocabulary.urgencies) ?? .expected
        task.severity = cap["severity"]?.wordOrAuto(Vocabulary.severities)?.value
        task.certainty = cap["certainty"]?.wordOrAuto(Vocabulary.certainties)?.value
        let words = Vocabulary.responses.map { (key: $0, value: $0) }
        task.responses = (cap["response"]?.itemsOrSelf() ?? []).compactMap { $0.word(words) }
    }

    private func readDeadlines(_ section: Section, _ task: inout TaskDraft) {
        guard let sla = section["sla"]?.section(.sla) else { return }
        task.accept = sla["accept"]?.duration(TaskReader.deadlines)
        task.arrive = sla["arrive"]?.duration(TaskReader.deadlines)
        task.resolve = sla["resolve"]?.duration(TaskReader.deadlines)
    }

    private func readDedupe(_ section: Section, _ task: inout TaskDraft) {
        guard let dedupe = section["dedupe"]?.section(.dedupe) else { return }
        task.key = dedupe.require("key").map { KeyReader(findings: findings).read($0) }
        task.repeats = dedupe["repeat"]?.word(Vocabulary.repeats) ?? .update
        task.remind = dedupe["remind"]?.duration(TaskReader.deadlines) ?? .zero
        task.reopen = dedupe["reopen"]?.duration(.zero...(.hours(24 * 30))) ?? .zero
        task.escalate = readEscalation(dedupe["escalate"])
    }

    private func readEscalation(
        _ value: YAMLValue?
    ) -> (repeats: Int, within: Interval, to: Priority)? {
        guard let section = value?.section(.escalate),
            let repeats = section.require("repeats")?.integer(1...1_000_000),
            let within = section.require("within")?.duration(TaskReader.deadlines),
            let to = section.require("to")?.word(Vocabulary.priorities)
        else { return nil }
        return (Int(repeats), within, to)
    }
}
