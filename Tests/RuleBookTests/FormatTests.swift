import Foundation
import Testing

@testable import RuleBook

@Suite struct `The layout of rule files` {
    static let wild = """
        # What this file is for.
        version: 1
        kind: rules   # first of all
        # the rules of the harbour
        rules:
        # a remark on the first rule
        - title: "Hot"
          revision: 7   # raised in March
          # why it is not 50
          windows:
            n: {fn: count, over: 5m}
          id: a.rule
          status: active
          match: {kind: smoke}
          by: [alert.cell]
          why: >-
            folded text
            # that is no remark
          raise: {when: 'w.n >= 3'}
          score: {public-safety: {points: "50.0", half_life: 5m}}

        # a remark on the second
        - id: b.rule
          title: 'It''s "quoted"'
          status: draft
          revision: 1
          match: {kind: smoke}
          score: {public-safety: {points: '50.0', half_life: 5m}}
        set: {name: harbour}
        # the end
        """

    static let tidy = """
        # What this file is for.
        kind: rules   # first of all
        version: 1
        set: {name: harbour}
        # the end
        # the rules of the harbour
        rules:
        # a remark on the first rule
        - id: a.rule
          title: 'Hot'
          why: >-
            folded text
            # that is no remark
          status: active
          revision: 7   # raised in March
          match: {kind: smoke}
          by: [alert.cell]
          # why it is not 50
          windows:
            n: {fn: count, over: 5m}
          raise: {when: 'w.n >= 3'}
          score: {public-safety: {points: '50.0', half_life: 5m}}

        # a remark on the second
        - id: b.rule
          title: 'It''s "quoted"'
          status: draft
          revision: 1
          match: {kind: smoke}
          score: {public-safety: {points: '50.0', half_life: 5m}}

        """

    private func format(_ text: String) throws -> String {
        try RuleFormat.formatted(SourceFile(path: "0.rules.yaml", text: text))
    }

    @Test func `is in the order of the language, remarks beside their keys`() throws {
        #expect(try format(Self.wild) == Self.tidy)
    }

    @Test func `is the same when laid out again`() throws {
        #expect(try format(Self.tidy) == Self.tidy)
    }

    @Test func `changes no rule`() throws {
        let before = try RuleBook.load(RuleBench.files(Self.wild)).rules.map(\.digest)
        let after = try RuleBook.load(RuleBench.files(Self.tidy)).rules.map(\.digest)
        #expect(before == after && !before.isEmpty)
    }

    @Test func `loses no line of the shipped files, and is stable`() throws {
        for file in try RuleFiles.all([`The shipped rules`.directory]) {
            let once = try RuleFormat.formatted(file)
            let again = try RuleFormat.formatted(SourceFile(path: file.path, text: once))
            #expect(once == again, "\(file.path)")
            #expect(remarks(once) == remarks(file.text), "\(file.path)")
        }
    }

    private func remarks(_ text: String) -> [Substring] {
        text.split(separator: "\n").compactMap { line in
            line.firstIndex(of: "#").map { line[$0...] }
        }.sorted()
    }

    @Test func `of what is not YAML is refused`() {
        #expect(throws: RuleErrors.self) { _ = try format("rules: [\n") }
    }
}
