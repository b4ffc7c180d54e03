/// What to say of levels that the catalog names and the city does not have.
enum LevelNote {
    /// nil where there are none.
    static func text(_ missing: [String]) -> String? {
        guard !missing.isEmpty else { return nil }
        return
            "the catalog has \(missing.joined(separator: ", ")) answer for tasks, and the city has no "
            + "such level: there the cell of the task answers"
    }

    static func say(_ missing: [String]) {
        if let text = text(missing) { StandardError.say("tocsin: \(text)") }
    }
}
