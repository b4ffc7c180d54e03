import Domain
import Foundation

extension Timestamp {
    /// `2026-05-25T13:42:11Z`
    var text: String {
        Date(timeIntervalSince1970: Double(nanoseconds / 1_000_000_000)).formatted(.iso8601)
    }
}

extension Double {
    /// With so many digits after the point.
    func fixed(_ digits: Int) -> String {
        let scale = (0..<digits).reduce(1) { scale, _ in scale * 10 }
        let units = Int((self * Double(scale)).rounded())
        guard digits > 0 else { return "\(units)" }
        let rest = String(units.magnitude % UInt(scale))
        let sign = units < 0 ? "-" : ""
        return "\(sign)\(units.magnitude / UInt(scale))."
            + String(repeating: "0", count: digits - rest.count) + rest
    }

    /// `67 %`
    var percent: String { (self * 100).fixed(0) + " %" }

    /// A number of seconds as people say it: `45 s`, `12 min`, `3.2 h`, `2.5 d`.
    var span: String {
        switch self {
        case ..<120: fixed(0) + " s"
        case ..<7200: (self / 60).fixed(0) + " min"
        case ..<172_800: (self / 3600).fixed(1) + " h"
        default: (self / 86_400).fixed(1) + " d"
        }
    }
}
