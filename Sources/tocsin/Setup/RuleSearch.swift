import RuleBook

/// The rule files that a command is about.
enum RuleSearch {
    /// The files under `paths`; the shipped rules where there are none.
    static func find(_ paths: [String]) throws(CommandFailure) -> RuleFiles {
        var paths = paths
        let shipped = ShippedRules.directory()
        if paths.isEmpty {
            guard let shipped else {
                throw .unavailable("the shipped rules were not found; name a directory of rules")
            }
            paths = [shipped]
        }
        do throws(RuleErrors) {
            return try RuleFiles.find(paths)
        } catch {
            throw .unavailable(error.text)
        }
    }
}
