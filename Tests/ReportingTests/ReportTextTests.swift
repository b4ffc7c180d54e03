import Domain
import Foundation
import Testing

@testable import Reporting

@Suite("Reports as they are written")
struct ReportTextTests {
    private let report = PeriodReport(
        [
            .ended(.confirmed),
            .sample { ($0.rule, $0.accepted) = ("a,\"b\"<c>@1", .at(90)) },
            .sample { $0.isDrill = true },
        ], .rule)

    @Test("Text has the figures, and a table of each group")
    func text() throws {
        let lines = report.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "Tasks of 2026-05-25T00:00:00Z to 2026-05-25T01:00:00Z")
        #expect(lines.contains("opened            2"))
        #expect(lines.contains("  by category     2 public-safety"))
        #expect(lines.contains("precision         67 % (16 to 99), 1 right, 0 wrong"))
        let median = "median 90 s, nine of ten within 90 s, of 1"
        #expect(lines.contains("time to accept    \(median)"))
        #expect(report.text.contains("Drills, counted nowhere else: 1 opened"))
        let row = try #require(lines.first { $0.hasPrefix("gas@1 ") })
        #expect(
            row.split(separator: " ").map(String.init) == [
                "gas@1", "1", "0", "0", "%", "0", "0", "-", "-", "-", "1", "0", "67", "%", "(16",
                "to", "99)", "-",
            ])
    }

    @Test("Of nothing there is a report too")
    func empty() {
        let empty = PeriodReport([], .rule)
        #expect(empty.text.contains("rule: no task"))
        #expect(empty.html.contains("<p>No task.</p>"))
        #expect(empty.csv.split(separator: "\r\n").count == 3)
    }

    @Test("CSV is read as it was meant, each row as long as the head")
    func csv() throws {
        var reader = CSVReader(Array(report.csv.utf8))
        var rows: [[String]] = []
        while let row = reader.next() { rows.append(row.map(\.text)) }
        #expect(reader.takeFaults().isEmpty)
        let head = try #require(rows.first)
        #expect(rows.allSatisfy { $0.count == head.count } && Set(head).count == head.count)
        #expect(rows.map { $0[2] } == ["by", "total", "drills", "rule", "rule"])
        #expect(rows[3][3] == "a,\"b\"<c>@1" && rows[4][3] == "gas@1")
        let column = try #require(head.firstIndex(of: "accept_median_s"))
        #expect(rows[1][column] == "90.0" && rows[4][column] == "")
    }

    @Test("JSON has the names of the document")
    func json() throws {
        let data = try JSONEncoder().encode(report)
        let whole = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(Set(whole.keys) == ["from", "to", "total", "drills", "groups"])
        let total = try #require(whole["total"] as? [String: Any])
        #expect(
            Set(total.keys) == [
                "opened", "still_open", "open_now", "priorities", "categories", "stages", "repeats",
                "repeated", "reopened", "repeat_rate", "escalations", "missed", "times", "outcomes",
                "precision", "satisfaction",
            ])
        let times = try #require(total["times"] as? [String: [String: Double]])
        #expect(times["accept"] == ["count": 1, "median_s": 90, "p90_s": 90])
        #expect(times["verify"] == ["count": 0])
        let precision = try #require(total["precision"] as? [String: Double])
        #expect(Set(precision.keys) == ["right", "wrong", "mean", "low", "high"])
        #expect((total["stages"] as? [String: Int])?["closed"] == 1)
    }

    @Test("The page is sound XML but for its head, names nothing elsewhere, and hides no name")
    func html() throws {
        let page = report.html
        let body = try #require(page.firstMatch(of: /<body>[\s\S]*<\/body>/)).0
        #expect(XMLNesting.isSound(String(body)))
        #expect(page.contains("a,&quot;b&quot;&lt;c&gt;@1") && !page.contains("<c>"))
        for mark in ["http:", "https:", "<script", "<link", "src=", "url("] {
            #expect(!page.contains(mark), "\(mark)")
        }
        #expect(page.contains("prefers-color-scheme: dark") && page.contains("@media print"))
        #expect(page.contains("<rect class=\"bar\""))
    }

    @Test(
        "Lengths of time are said as people say them",
        arguments: [
            (0.4, "0 s"), (119, "119 s"), (120, "2 min"), (7140, "119 min"), (7200, "2.0 h"),
            (172_800, "2.0 d"),
        ])
    func spans(seconds: Double, text: String) {
        #expect(seconds.span == text)
    }

    @Test("Decimals keep their zeros")
    func decimals() {
        #expect(3.05.fixed(2) == "3.05" && 2.0.fixed(1) == "2.0" && 0.999.fixed(2) == "1.00")
        #expect((-0.25).fixed(2) == "-0.25" && 12.5.fixed(0) == "13")
    }
}

/// Whether every element is closed by its own name.
private enum XMLNesting {
    static func isSound(_ text: String) -> Bool {
        var open: [Substring] = []
        for tag in text.matches(of: /<(\/?)(\w+)[^<>]*?(\/?)>/) {
            if !tag.1.isEmpty {
                guard open.popLast() == tag.2 else { return false }
            } else if tag.3.isEmpty {
                open.append(tag.2)
            }
        }
        return open.isEmpty
    }
}
