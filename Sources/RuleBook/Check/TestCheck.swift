/// Finds active rules that no test names.
struct TestCheck {
    private let drafts: RuleDrafts
    private let files: RuleFiles
    private let findings: FindingList

    init(_ drafts: RuleDrafts, _ files: RuleFiles, _ findings: FindingList) {
        self.drafts = drafts
        self.files = files
        self.findings = findings
    }

    /// A file whose rules have no test at all is a warning; a rule that stands untested beside
    /// tested ones is a note.
    func check() {
        let named = namedInTests()
        for file in drafts.files {
            let tested = file.rules.filter { $0.tests != nil || named.contains($0.id.value) }
            let ids = Set(tested.map(\.id.value))
            for rule in file.rules where rule.status == .active && !ids.contains(rule.id.value) {
                report(rule, isAlone: tested.isEmpty)
            }
        }
    }

    private func report(_ rule: RuleDraft, isAlone: Bool) {
        let message = "no test names the rule `\(rule.id.value)`"
        let hint = "a case that raises it, and one that almost does, in a *.tests.yaml beside it"
        if isAlone {
            findings.warning(.testNone, message, at: rule.id.spot, hint: hint)
        } else {
            findings.note(.testNone, message, at: rule.id.spot, hint: hint)
        }
    }

    private func namedInTests() -> Set<String> {
        var names: Set<String> = []
        for file in files.tests {
            guard let root = YAMLDocument.read(file, into: FindingList()) else { continue }
            collect(root, &names)
        }
        return names
    }

    private func collect(_ value: YAMLValue, _ names: inout Set<String>) {
        if value.isList {
            for item in value.items() ?? [] { collect(item, &names) }
        } else if value.isMapping {
            for (key, entry) in value.pairs() ?? [] {
                if key.value == "rule", let name = entry.written { names.insert(name) }
                collect(entry, &names)
            }
        }
    }
}
