import Foundation
import Testing

@testable import RuleBook

/// Whatever stands in a file, the loader answers with findings or a rule set.
@Suite struct `The loader under damaged files` {
    /// `TOCSIN_FUZZ` runs as many; without it as many as a test run has time for.
    static let rounds =
        ProcessInfo.processInfo.environment["TOCSIN_FUZZ"].flatMap { Int($0) } ?? 100

    @Test func `says what is wrong or loads, and never falls`() throws {
        let files = try RuleFiles.find([`The shipped rules`.directory])
        var damage = Damage(seed: 20_260_301)
        var (loaded, refused) = (0, 0)
        for _ in 0..<Self.rounds {
            var one = files
            let pick = damage.below(files.rules.count + 1)
            if pick == files.rules.count {
                one.catalog = damage.done(to: files.catalog)
                one.rules = [files.rules[damage.below(files.rules.count)]]
            } else {
                one.rules = [damage.done(to: files.rules[pick])]
            }
            do {
                let count = try RuleBook.load(one).rules.count
                #expect(count >= 0)
                loaded += 1
            } catch {
                #expect(!error.findings.isEmpty)
                #expect(error.findings.allSatisfy { $0.place.line > 0 && $0.place.column > 0 })
                refused += 1
            }
        }
        #expect(loaded > 0 && refused > 0)
    }
}

/// Damages texts as hands and discs do: cut, doubled, swapped and foreign bytes.
private struct Damage {
    private var state: UInt64
    private static let foreign = Array("{}[]:#'\"-|>&*!%@`,\t\n \u{0}\u{7F}é漢$(.")

    init(seed: UInt64) { state = seed }

    mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % max(1, bound)
    }

    mutating func done(to file: SourceFile) -> SourceFile {
        var text = Array(file.text)
        for _ in 0...below(3) {
            let at = below(text.count)
            switch below(6) {
            case 0: text.remove(at: at)
            case 1: text.insert(Damage.foreign[below(Damage.foreign.count)], at: at)
            case 2: text[at] = Damage.foreign[below(Damage.foreign.count)]
            case 3: text.removeSubrange(at..<min(text.count, at + 1 + below(40)))
            case 4: text.insert(contentsOf: text[at..<min(text.count, at + 1 + below(40))], at: at)
            default: text.swapAt(at, below(text.count))
            }
            if text.isEmpty { text = ["\n"] }
        }
        return SourceFile(path: file.path, text: String(text))
    }
}
