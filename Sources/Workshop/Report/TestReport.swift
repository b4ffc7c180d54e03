public import RuleBook

/// What came of all cases of all files.
public struct TestReport: Codable, Sendable {
    public var cases: [CaseResult] = []
    /// What kept test files from being run at all.
    public var findings: [Finding] = []
    /// What the cases saw of each rule.
    public var coverage: [RuleCoverage] = []

    public init() {}

    public var failed: Int { cases.count { !$0.mismatches.isEmpty } }
    public var passed: Int { cases.count - failed }
    public var isClean: Bool { failed == 0 && !findings.contains { $0.level == .error } }
}

/// One case, and everything about it that was not as expected.
public struct CaseResult: Codable, Sendable {
    public var file: String
    public var name: String
    public var line: Int
    public var mismatches: [Mismatch] = []
}

/// One expectation that was not met.
public struct Mismatch: Codable, Sendable {
    public var line: Int
    public var what: String
    public var expected: String
    public var actual: String
    /// What the actual follows from.
    public var why: [String] = []
    /// What would make the expectation true.
    public var fix: Fix?
}

/// A stretch of a test file, and what to write there instead.
public struct Fix: Codable, Sendable, Hashable {
    public var file: String
    /// Both from 1, in Unicode scalars.
    public var line: Int
    public var column: Int
    public var width: Int
    public var text: String
}

extension Fix {
    init(_ spot: Spot, _ text: String) {
        self.init(
            file: spot.file.path, line: spot.line, column: spot.column, width: spot.width,
            text: text)
    }
}
