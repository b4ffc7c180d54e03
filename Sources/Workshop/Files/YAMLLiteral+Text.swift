import RuleBook

extension YAMLLiteral {
    /// As a test would write it.
    var text: String {
        switch self {
        case .number(let number): number.plainText
        case .truth(let truth): "\(truth)"
        case .text(let text): text
        case .nothing: "no value"
        }
    }
}

extension Double {
    /// Without the `.0` of a whole number.
    var plainText: String {
        self == rounded() && magnitude < 1e15 ? "\(Int64(self))" : "\(self)"
    }
}
