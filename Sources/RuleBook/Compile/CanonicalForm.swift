import Domain
import Scoring
import Tasking

/// What a rule says, without how it is written: its hash changes when the rule's meaning does, and
/// not when the file is laid out anew, commented or re-ordered.
///
/// Title, why, status, revision, labels and tests are left out: they change nothing that is
/// decided.
struct CanonicalForm {
    private(set) var text = ""
    /// The part of it that the rule's state is made of: not its parameters, which a mode may change
    /// as well, nor its conditions.
    private(set) var stateText = ""
    /// The parameters and named conditions it depends on, such as `param.heat`.
    private(set) var names: Set<String> = []
    private let params: [String: String]
    private let defines: [String: String]

    init(_ rule: RuleDraft, in file: RuleFileDraft) {
        params = Dictionary(file.params.map { ($0.name.value, $0.value.text) }) { first, _ in first
        }
        defines = Dictionary(file.defines.map { ($0.name.value, $0.source.value) }) { first, _ in
            first
        }
        add("id", rule.id.value)
        add("kinds", Set(rule.kinds.map(\.value)).sorted().joined(separator: ","))
        for match in rule.words { add("match.\(match.field)", match) }
        add("where", rule.filter)
        addState(rule)
        for near in rule.neighbours.sorted(by: { $0.name.value < $1.name.value }) { add(near) }
        if !rule.foldedFrom.isEmpty {
            add("folded_from", rule.foldedFrom.map(\.value).sorted().joined(separator: ","))
        }
        add("raise", rule.raise)
        add("clear", rule.clear)
        add("expire", rule.expire)
        if rule.onError != .hold { add("on_error", "\(rule.onError)") }
        if rule.onNoData != .hold { add("on_no_data", "\(rule.onNoData)") }
        for score in rule.scores { add(score) }
        if let task = rule.task { add(task) }
        for mode in rule.modes.sorted(by: { $0.mode.value < $1.mode.value }) { add(mode) }
        addNamed()
    }

    var hash: UInt64 { StableName.wide(text) }
    var stateHash: UInt64 { StableName.wide(stateText) }

    /// `by`, windows, corroborate, sequence, absence.
    private mutating func addState(_ rule: RuleDraft) {
        let before = text
        text = ""
        add("by", rule.key.map(\.value).joined(separator: ","))
        for window in rule.windows.sorted(by: { $0.name.value < $1.name.value }) { add(window) }
        if let corroboration = rule.corroboration { add(corroboration) }
        if let sequence = rule.sequence { add(sequence) }
        if let absence = rule.absence { add(absence) }
        stateText = text
        text = before + text
    }

    /// Lengths stand before values, so that no text can pass for another key.
    private mutating func add(_ key: String, _ value: String) {
        text += "\(key)=\(value.utf8.count):\(value)\n"
    }

    private mutating func add(_ key: String, _ source: Marked<String>?) {
        if let source { add(key, CanonicalForm.condition(source.value)) }
    }

    private mutating func add(_ key: String, _ interval: Interval?) {
        if let interval { add(key, "\(interval.nanoseconds)ns") }
    }

    private mutating func add(_ key: String, _ held: HeldDraft?) {
        add("\(key).when", held?.when)
        add("\(key).hold", held?.hold)
    }

    private mutating func add(_ window: WindowDraft) {
        add("window", window.name.value)
        add("fn", "\(window.function)")
        add("of", window.sample)
        add("where", window.filter)
        add("over", window.over)
        add("pane", window.pane)
        add("per", window.per)
        if window.function == .quantile { add("quantile", "\(window.quantile)") }
        if let empty = window.empty { add("empty", "\(empty)") }
    }

    private mutating func add(_ key: String, _ match: WordMatch) {
        add(key, match.words.map(\.value).sorted().joined(separator: ","))
    }

    private mutating func add(_ near: NeighbourDraft) {
        add("neighbours", near.name.value)
        add("fn", "\(near.function)")
        add("rings", "\(near.rings)")
        add("of", near.of.value)
        if let least = near.least { add("least", "\(least)") }
        if let empty = near.empty { add("empty", "\(empty)") }
    }

    private mutating func add(_ corroboration: CorroborationDraft) {
        add("corroborate", corroboration.within)
        add("need", "\(corroboration.need)")
        add("distinct", corroboration.distinct)
        for (name, when) in corroboration.witnesses {
            add("witness", name.value)
            add("when", when)
        }
        add("combine", "\(corroboration.confidence)")
    }

    private mutating func add(_ sequence: SequenceDraft) {
        add("sequence", sequence.within)
        add("restart", sequence.restartsOnLatest ? "latest" : "first")
        if sequence.overlaps { add("overlap", "yes") }
        for step in sequence.steps {
            add(step.isNot ? "not" : "as", step.name.value)
            add("kinds", step.kinds.map(\.value).sorted().joined(separator: ","))
            for match in step.words { add("match.\(match.field)", match) }
            add("where", step.filter)
        }
    }

    private mutating func add(_ absence: AbsenceDraft) {
        add("absence", absence.expect)
        add("missed", "\(absence.missed)")
        add("arm", "\(absence.arm)")
        add("settle", absence.settle)
        guard let fold = absence.fold else { return }
        add("fold", "\(fold.by.value),\(fold.share),\(fold.least),\(fold.into.value)")
    }

    private mutating func add(_ mode: ModeOverride) {
        add("mode", mode.mode.value)
        for (name, value) in mode.params.sorted(by: { $0.name.value < $1.name.value }) {
            add("param.\(name.value)", value.text)
        }
        add("raise.hold", mode.raiseHold)
        add("clear.hold", mode.clearHold)
        add("expire", mode.expire)
        for (category, value) in mode.halfLives { add("half_life.\(category.word)", value) }
        add("accept", mode.accept)
        add("arrive", mode.arrive)
        add("resolve", mode.resolve)
        if let priority = mode.priority { add("priority", "\(priority.value?.word ?? "auto")") }
    }

    private mutating func add(_ score: ScoreDraft) {
        add("score", "\(score.category.word)")
        add("points", score.points)
        add("confidence", score.confidence)
        add("half_life", score.halfLife)
        add("group", score.group)
        if score.spread.rings > 0 { add("spread", "\(score.spread.rings),\(score.spread.factor)") }
    }

    private mutating func add(_ task: TaskDraft) {
        add("task", task.kind.value)
        add("title", task.title.value)
        if let note = task.note { add("note", note.value) }
        if !task.responses.isEmpty { add("response", task.responses.joined(separator: ",")) }
        add("cap", task.cap?.rawValue ?? "")
        add("urgency", "\(task.urgency.word)")
        add("severity", "\(task.severity?.word ?? "auto")")
        add("certainty", "\(task.certainty?.word ?? "auto")")
        add("priority", "\(task.priority?.word ?? "auto")")
        add("accept", task.accept)
        add("arrive", task.arrive)
        add("resolve", task.resolve)
        add("key", task.key.map { $0.map(\.value).joined(separator: ",") } ?? "alert.cell")
        add("repeat", Vocabulary.word(task.repeats, in: Vocabulary.repeats))
        if task.remind > .zero { add("remind", task.remind) }
        if let escalate = task.escalate {
            add("escalate", "\(escalate.repeats),\(escalate.within.ruleText),\(escalate.to.word)")
        }
        add("reopen", task.reopen)
        add("close", task.closesOnClear ? "clear" : "")
    }

    /// The parameters and named conditions that the rule reads, also through one another.
    private mutating func addNamed() {
        var unread = [text]
        while let source = unread.popLast() {
            for name in CanonicalForm.names(after: "define.", in: source).sorted() {
                guard let define = defines[name], names.insert("define.\(name)").inserted else {
                    continue
                }
                unread.append(define)
            }
            for name in CanonicalForm.names(after: "param.", in: source) where params[name] != nil {
                names.insert("param.\(name)")
            }
        }
        for name in names.sorted() {
            let bare = String(name.drop { $0 != "." }.dropFirst())
            let value = name.hasPrefix("param.") ? params[bare] : defines[bare]
            add(name, CanonicalForm.condition(value ?? ""))
        }
    }

    static func names(after prefix: String, in source: String) -> Set<String> {
        var names: Set<String> = []
        var rest = Substring(source)
        while let found = rest.firstRange(of: prefix) {
            rest = rest[found.upperBound...]
            names.insert(String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }))
        }
        return names
    }
}

extension CanonicalForm {
    /// A condition without the blanks and comments that don't matter to it.
    static func condition(_ source: String) -> String {
        let scalars = Array(source.unicodeScalars)
        var (result, at, gap) = (String.UnicodeScalarView(), 0, false)
        while at < scalars.count {
            let scalar = scalars[at]
            if scalar.properties.isWhitespace {
                gap = true
                at += 1
            } else if scalar == "/", at + 1 < scalars.count, scalars[at + 1] == "/" {
                while at < scalars.count, scalars[at] != "\n" { at += 1 }
            } else {
                if gap, let last = result.last, isWord(last), isWord(scalar) { result.append(" ") }
                gap = false
                let end = tokenEnd(scalars, at)
                result.append(contentsOf: scalars[at..<end])
                at = end
            }
        }
        return String(result)
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    /// Past a whole string literal, or past one scalar.
    private static func tokenEnd(_ scalars: [Unicode.Scalar], _ start: Int) -> Int {
        let quote = scalars[start]
        guard quote == "\"" || quote == "'" else { return start + 1 }
        var at = start + 1
        while at < scalars.count, scalars[at] != quote { at += scalars[at] == "\\" ? 2 : 1 }
        return min(at + 1, scalars.count)
    }
}
