// What a rule file may hold.
extension Schema {
    static let ruleFile = Schema(
        [.need("kind", .words(["rules"]))] + fileHead + [
            .may("set", .mapping(ruleSet), "Whose rules these are."),
            .may("param", .named(.mapping(param)), "Numbers, read as `param.<name>`."),
            .may("define", .named(.condition), "Conditions, read as `define.<name>`."),
            .need("rules", .list(.mapping(rule))),
            .may("inhibit", .list(.mapping(inhibit)), "Which rules withhold tasks of which."),
        ])

    static let ruleSet = Schema([
        .may("name", .text), .may("owner", .text), .may("contact", .text),
    ])
    static let param = Schema([
        .need("value", .number(-1e300...1e300)),
        .may("range", .list(.number(-1e300...1e300)), "The least and the greatest value."),
        .may("unit", .text, "UCUM code."),
    ])

    /// In the order that `tocsin fmt` writes them.
    static let rule = Schema([
        .need("id", .text, "Dotted lower case, for ever."),
        .may("extends", .text, "A rule of this file whose keys hold where this one has none."),
        .may("override", .named(.any), "Single values of what it extends, by their paths."),
        .need("title", .text, "A few words for people."),
        .may("why", .text, "The reason for the thresholds."),
        .need("status", .words(Vocabulary.statuses.map(\.key))),
        .need("revision", .integer(1...1_000_000), "Raise it when what is decided changes."),
        .may("labels", .named(.text)),
        .may("match", .mapping(match), "Which alerts the rule is asked about."),
        .may("folded_from", .list(.text), "Rules whose findings fold into this one."),
        .may("where", .condition, "False, or an error: the alert is not for this rule."),
        .may("by", .list(.text), "What state is kept by."),
        .may("windows", .named(.mapping(window)), "Values over the last minutes, `w.<name>`."),
        .may("neighbours", .named(.mapping(neighbour)), "Values of the cells around."),
        .may("corroborate", .mapping(corroboration), "Different witnesses of one thing."),
        .may("sequence", .mapping(sequence), "Steps, one after the other."),
        .may("absence", .mapping(absence), "What fails to come."),
        .may("raise", .mapping(held)), .may("clear", .mapping(held)),
        .may("expire", .duration, "The longest an active state lives without a raise."),
        .may("on_error", .words(Vocabulary.policies.map(\.key))),
        .may("on_no_data", .words(Vocabulary.policies.map(\.key))),
        .may("score", .named(.oneOrMore(.mapping(score))), "What it adds, by category."),
        .may("modes", .named(.named(.any)), "What differs in a mode, by path."),
        .may("task", .mapping(task)),
        .may("tests", .list(.any)),
    ])

    static let matchWords = ["source", "cell", "state", "status", "urgency", "unit"]
    static let match = Schema(
        [.may("kind", .oneOrMore(.text))] + matchWords.map { .may($0, .oneOrMore(.text)) })
    static let held = Schema([.need("when", .condition), .may("hold", .duration)])
    static let window = Schema([
        .need(
            "fn", .text,
            "count, sum, avg, min, max, rate, distinct, first, last, stddev, quantile(q)"),
        .may("of", .condition), .may("where", .condition), .need("over", .duration),
        .may("pane", .duration), .may("per", .duration), .may("empty", .number(-1e300...1e300)),
    ])
    static let neighbour = Schema([
        .may("rings", .integer(1...3)),
        .need("fn", .words(Vocabulary.neighbourFunctions.map(\.key))),
        .need("of", .text, "score.<category>, warning.<category> or w.<name>"),
        .may("least", .number(-1e300...1e300)), .may("empty", .number(-1e300...1e300)),
    ])
    static let corroboration = Schema([
        .need("within", .duration), .need("need", .integer(1...8)),
        .need("distinct", .condition), .need("witnesses", .named(.condition)),
        .may("confidence", .words(Vocabulary.confidences.map(\.key))),
    ])
    static let sequence = Schema([
        .need("within", .duration), .may("restart", .words(["latest", "first"])),
        .may("overlap", .words(["yes", "no"])), .need("steps", .list(.mapping(step))),
    ])
    static let step = Schema([
        .may("as", .text), .may("not", .text), .may("match", .mapping(match)),
        .may("where", .condition),
    ])
    static let absence = Schema([
        .need("expect", .condition, "A length of time, or a condition that gives one."),
        .may("missed", .integer(1...1000)), .may("arm", .words(Vocabulary.armings.map(\.key))),
        .may("settle", .duration), .may("fold", .mapping(fold)),
    ])
    static let fold = Schema([
        .need("by", .text), .need("share", .number(0...1)), .need("least", .integer(1...1_000_000)),
        .need("into", .text),
    ])
    static let score = Schema([
        .need("points", .condition), .may("confidence", .condition),
        .need("half_life", .duration), .may("group", .text), .may("spread", .mapping(spread)),
    ])
    static let spread = Schema([.need("rings", .integer(1...3)), .need("factor", .number(0...1))])
    static let task = Schema([
        .may("open_on", .words(["raise"])), .need("kind", .text, "On the responsibility list."),
        .need("title", .text), .may("note", .text), .may("cap", .mapping(cap)),
        .may("priority", .words(Vocabulary.priorities.map(\.key) + ["auto"])),
        .may("sla", .mapping(sla)), .may("dedupe", .mapping(dedupe)),
        .may("close_on", .words(["clear"])),
    ])
    static let cap = Schema([
        .may("category", .words(CAPCategory.allCases.map(\.rawValue))),
        .may("urgency", .words(Vocabulary.urgencies.map(\.key))),
        .may("severity", .words(Vocabulary.severities.map(\.key) + ["auto"])),
        .may("certainty", .words(Vocabulary.certainties.map(\.key) + ["auto"])),
        .may("response", .oneOrMore(.words(Vocabulary.responses))),
    ])
    static let sla = Schema([
        .may("accept", .duration), .may("arrive", .duration), .may("resolve", .duration),
    ])
    static let dedupe = Schema([
        .need("key", .list(.text)), .may("repeat", .words(Vocabulary.repeats.map(\.key))),
        .may("remind", .duration), .may("escalate", .mapping(escalate)), .may("reopen", .duration),
    ])
    static let escalate = Schema([
        .need("repeats", .integer(1...1_000_000)), .need("within", .duration),
        .need("to", .words(Vocabulary.priorities.map(\.key))),
    ])
    static let inhibit = Schema([
        .need("id", .text), .need("when", .mapping(inhibitor)), .need("mute", .mapping(muted)),
        .need("same", .list(.text)),
    ])
    static let inhibitor = Schema([
        .need("rule", .text), .may("warning", .words(Vocabulary.warnings.map(\.key))),
    ])
    static let muted = Schema([
        .may("rule", .text), .may("category", .words(Vocabulary.categories.map(\.key))),
        .may("below", .words(Vocabulary.priorities.map(\.key))),
    ])
}
