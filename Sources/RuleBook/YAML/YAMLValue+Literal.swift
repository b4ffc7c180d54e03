/// What a scalar says by itself, without being asked to be of a type.
package enum YAMLLiteral: Equatable, Sendable {
    case number(Double)
    case truth(Bool)
    case text(String)
    case nothing
}

extension YAMLValue {
    /// Nil for lists and mappings.
    package var literal: YAMLLiteral? {
        switch core {
        case .int(let number)?: .number(Double(number))
        case .double(let number)?: .number(number)
        case .bool(let truth)?: .truth(truth)
        case .text(let text)?: .text(text)
        case .null?: .nothing
        case nil: nil
        }
    }
}
