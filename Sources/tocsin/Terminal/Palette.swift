import Domain
import Glibc

/// Colours for a terminal, or none: where output is no terminal, or where `NO_COLOR` is set
/// (no-color.org).
struct Palette: Sendable {
    let isOn: Bool

    init(isTerminal: Bool) {
        let forbidden = unsafe getenv("NO_COLOR").map { unsafe $0.pointee != 0 } ?? false
        isOn = isTerminal && !forbidden
    }

    init(isOn: Bool) { self.isOn = isOn }

    /// The number is an SGR code (ECMA-48) as in `31` or `1;38;5;208`.
    func paint(_ text: String, _ code: String) -> String {
        isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    func warning(_ level: String, _ text: String) -> String {
        switch level {
        case "red": paint(text, "1;31")
        case "orange": paint(text, "38;5;208")
        case "yellow": paint(text, "33")
        case "blue": paint(text, "38;5;39")
        default: paint(text, "2")
        }
    }

    func strong(_ text: String) -> String { paint(text, "1") }
    func faint(_ text: String) -> String { paint(text, "2") }
}

/// A score of 0 to 100 as a bar of at most `width` columns, eighths of a column fine.
func bar(_ score: Double, width: Int) -> String {
    let eighths = Int((min(max(score, 0), 100) / 100 * Double(width * 8)).rounded())
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let drawn = String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    return drawn + String(repeating: " ", count: width - drawn.count)
}
