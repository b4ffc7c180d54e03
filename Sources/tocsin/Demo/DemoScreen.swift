import Domain
import Glibc
import Scenario

/// A demonstration live on a terminal: redrawn in place, nothing to restore at the end.
struct DemoScreen {
    private let palette = Palette(isTerminal: true)
    private let printer = FeedPrinter(palette: Palette(isTerminal: true))
    private var story: [String] = []
    private var news: [String] = []

    private static let cellRows = 8
    private static let storyRows = 6

    mutating func tell(_ line: String) {
        story.append(line)
        if story.count > Self.storyRows { story.removeFirst() }
    }

    mutating func show(_ task: FeedTask) {
        news.append(printer.headline(task))
        news.append("         └ \(task.data.reason)")
    }

    /// One picture, as long as the terminal is high.
    func picture(_ board: DemoBoard, header: String) -> String {
        let (columns, rows) = Self.size()
        var lines = [palette.strong(header), "", titles()]
        let warned = board.warned.prefix(Self.cellRows)
        lines += warned.map { row($0.path, $0.standings) }
        lines += Array(repeating: "", count: Self.cellRows - warned.count)
        lines += ["", palette.strong("what happens")]
        lines += story + Array(repeating: "", count: Self.storyRows - story.count)
        lines += ["", palette.strong("tasks, each with its reason")]
        lines += news.suffix(max(2, (rows - lines.count - 1) / 2 * 2))
        let shown = lines.prefix(rows - 1).map { Self.cut($0, to: columns) }
        return "\u{1B}[H" + shown.map { $0 + "\u{1B}[0m\u{1B}[K\n" }.joined() + "\u{1B}[J"
    }

    static let clear = "\u{1B}[2J"

    private static let barWidth = 8
    private static let pathWidth = 30

    private func titles() -> String {
        let names = ["political", "order", "conflict", "safety", "cyber"]
        let heads = names.map { padded($0, to: Self.barWidth + 2) }.joined()
        return palette.strong(padded("cells at a warning level", to: Self.pathWidth) + heads)
    }

    private func row(_ path: String, _ standings: [DemoBoard.Standing]) -> String {
        let bars = standings.map {
            palette.warning($0.warning, bar($0.score, width: Self.barWidth)) + "  "
        }
        return padded(String(path.suffix(Self.pathWidth - 1)), to: Self.pathWidth) + bars.joined()
    }

    /// Cuts a line to the columns of the terminal; escape sequences take none.
    static func cut(_ line: String, to columns: Int) -> String {
        var (shown, isEscape) = (0, false)
        return String(
            line.prefix { character in
                if character == "\u{1B}" { isEscape = true }
                defer { if isEscape && character == "m" { isEscape = false } }
                if !isEscape { shown += 1 }
                return shown <= columns
            })
    }

    private static func size() -> (columns: Int, rows: Int) {
        var size = winsize()
        guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return (100, 40)
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }
}
