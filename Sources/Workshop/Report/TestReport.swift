public import RuleBook

/// What came of all cases of all files.
public struct TestReport: Codable, Sendable {
    public var cases: [CaseResult] = []
    /// What kept test files from being run at all.
    public var findings: [Finding] = []
    /// How often each rule passed an alert, was raised and cleared, over all cases.
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
}

/// Whether the tests saw a rule do both: raise, and stay quiet.
public struct RuleCoverage: Codable, Sendable {
    public var rule: String
    /// Alerts that passed `match` and `where`.
    public var matched: UInt64
    public var raised: UInt64
    public var cleared: UInt64
    /// Cases in which the rule got alerts of its kinds and was not raised: near misses.
    public var quietCases: Int
}
