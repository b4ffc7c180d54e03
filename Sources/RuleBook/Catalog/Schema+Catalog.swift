// What a catalog may hold.
extension Schema {
    static let fileHead: [Key] = [
        .need("version", .integer(1...1), "The version of the rule language.")
    ]

    static let catalog = Schema(
        [.need("kind", .words(["catalog"]))] + fileHead + [
            .may(
                "alert", .mapping(Schema([.may("attrs", .mapping(attributes))])),
                "Fields that alerts carry beside those of the wire."),
            .need("kinds", .named(.mapping(kind)), "What alerts can tell of."),
            .may("tables", .named(.mapping(table)), "Look-ups that rules read as `table.column`."),
            .may("time", .mapping(time), "How time is judged."),
            .may("positions", .mapping(positions), "What inexact positions are taken for."),
            .need("categories", .list(.words(Vocabulary.categories.map(\.key)))),
            .may("combine", .words(["noisy_or"])),
            .need(
                "warnings",
                .mapping(
                    Schema(
                        ["blue", "yellow", "orange", "red"].map {
                            .need($0, .mapping(warning))
                        }))),
            .need(
                "certainty",
                .mapping(
                    Schema(
                        ["observed", "likely", "possible"].map {
                            .need($0, .number(0...1))
                        }))),
            .may("rollup", .mapping(rollUp), "How the scores of cells make their parent's."),
            .may("modes", .named(.mapping(mode)), "`normal`, and others for emergencies."),
            .need("responsibilities", .named(.mapping(responsibility)), "Who answers for what."),
            .need("priority", .list(.mapping(priorityRow)), "The first row that fits."),
            .may("escalation", .mapping(escalation), "By severity the least level that answers."),
            .may("exposure", .mapping(exposure), "Cells where the same event is worse."),
            .may("verify_within", .duration, "A resolved task that nobody verifies is closed."),
            .may("limits", .mapping(limits)),
        ])

    static let attributes = Schema([
        .may("type", .words(["map(string, dyn)"])), .may("max", .integer(1...32)),
        .may("default", .any),
    ])
    static let kind = Schema([
        .need("cap", .words(CAPCategory.allCases.map(\.rawValue))),
        .need("categories", .list(.words(Vocabulary.categories.map(\.key)))),
        .may("unit", .text, "UCUM code of the first measure."), .may("about", .text),
    ])
    static let table = Schema([
        .may("file", .text, "A CSV with a header, beside the catalog."),
        .need("key", .text, "The column that names the row."),
        .may("join", .text, "The name that is looked up; `alert.source` when left out."),
        .may("columns", .named(.words(ColumnType.allCases.map(\.rawValue)))),
    ])
    static let time = Schema([
        .may("lateness", .duration, "How long ordered rules wait for stragglers."),
        .may("future", .duration, "A clock further ahead than this is not believed."),
        .may("idle_source", .duration, "A quiet source stops holding time back."),
        .may("zone", .text),
    ])
    static let positions = Schema([
        .may("uncertain", .words(["cell", "share", "parent"])),
        .may("exact_m", .number(0...50_000), "As exact as this is exact. Metres."),
    ])
    static let warning = Schema([
        .need("raise", .number(0...100)), .need("clear", .number(0...100)),
        .need("cap_severity", .words(Vocabulary.severities.map(\.key))),
    ])
    static let rollUpMethod = Schema([
        .need("method", .words(Vocabulary.rollUps.map(\.key))), .may("n", .integer(1...64)),
        .may("weight", .words(["cell.population"])),
    ])
    static let rollUp = Schema(
        [.may("levels", .list(.text)), .may("default", .mapping(rollUpMethod))]
            + Vocabulary.categories.map { .may($0.key, .mapping(rollUpMethod)) })
    static let mode = Schema([
        .may("enter", .mapping(held)), .may("leave", .mapping(held)),
        .may("sla_factor", .number(0.01...100)), .may("lateness", .duration),
    ])
    static let responsibility = Schema([
        .need("department", .text), .need("level", .text), .may("fallback", .text),
    ])
    static let escalation = Schema(Vocabulary.severities.map { .may($0.key, .text) })
    static let exposure = Schema([
        .may("population", .integer(1...100_000_000), "From so many inhabitants on."),
        .may("vulnerability", .number(0...1), "From this vulnerability on."),
        .may("raise", .integer(1...4), "By so many steps a task's priority is more urgent."),
    ])
    static let priorityRow = Schema([
        .may("severity", .oneOrMore(.words(Vocabulary.severities.map(\.key)))),
        .may("urgency", .oneOrMore(.words(Vocabulary.urgencies.map(\.key)))),
        .may("certainty", .oneOrMore(.words(Vocabulary.certainties.map(\.key)))),
        .need("is", .words(Vocabulary.priorities.map(\.key))),
    ])
    static let limits = Schema(
        [
            "cost", "keys", "state_panes", "contributions", "partial_matches", "events_kept",
            "waiting", "panes", "distinct_values",
        ].map { .may($0, .integer(1...100_000_000)) } + [.may("window", .duration)])
}
