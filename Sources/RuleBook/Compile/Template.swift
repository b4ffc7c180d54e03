/// A text of a task with `${expression}` in it; `$${` stands for `${` itself.
struct Template {
    enum Piece: Equatable {
        case text(String)
        case expression(Inner)
    }

    /// What stands between the braces, without the functions that say how it is written.
    struct Inner: Equatable {
        var source: String
        /// Where it starts in the template, in Unicode scalars.
        var offset: Int
        /// The decimals of a number; nil writes as many as needed.
        var decimals: Int?
        /// What stands between the elements of a list; nil when it is none.
        var separator: String?
    }

    private(set) var pieces: [Piece] = []

    /// **Fails**: reports what it can't read, and leaves that out.
    init(_ template: Marked<String>, _ findings: FindingList) {
        let scalars = Array(template.value.unicodeScalars)
        var (at, text) = (0, String.UnicodeScalarView())
        while at < scalars.count {
            if scalars[at...].starts(with: Array("$${".unicodeScalars)) {
                text.append(contentsOf: "${".unicodeScalars)
                at += 3
            } else if scalars[at...].starts(with: Array("${".unicodeScalars)) {
                guard let end = Template.end(of: at + 2, in: scalars) else {
                    findings.error(
                        .templateSyntax, "`${` has no `}`", at: template.spot(at: at, width: 2),
                        hint: "a literal `${` is written `$${`")
                    break
                }
                addText(&text)
                addExpression(scalars, at + 2, end, template, findings)
                at = end + 1
            } else {
                text.append(scalars[at])
                at += 1
            }
        }
        addText(&text)
    }

    private mutating func addText(_ text: inout String.UnicodeScalarView) {
        if !text.isEmpty { pieces.append(.text(String(text))) }
        text = .init()
    }

    /// Where the `}` stands that ends the expression; braces in it nest, quoted ones don't count.
    private static func end(of start: Int, in scalars: [Unicode.Scalar]) -> Int? {
        var (at, depth, quote) = (start, 0, Unicode.Scalar?.none)
        while at < scalars.count {
            let scalar = scalars[at]
            if let open = quote {
                if scalar == "\\" { at += 1 } else if scalar == open { quote = nil }
            } else {
                switch scalar {
                case "\"", "'": quote = scalar
                case "{": depth += 1
                case "}" where depth == 0: return at
                case "}": depth -= 1
                default: break
                }
            }
            at += 1
        }
        return nil
    }

    private mutating func addExpression(
        _ scalars: [Unicode.Scalar], _ start: Int, _ end: Int, _ template: Marked<String>,
        _ findings: FindingList
    ) {
        var (first, last) = (start, end)
        var (decimals, separator) = (Int?.none, String?.none)
        if let format = Format(scalars, first, last) {
            (first, last, decimals) = (format.start, format.end, format.decimals)
        } else if let join = Join(scalars, first, last) {
            (last, separator) = (join.end, join.separator)
        } else if let inner = Template.argument(of: "string", in: scalars, first, last) {
            (first, last) = inner
        }
        while first < last, scalars[first] == " " { first += 1 }
        while last > first, scalars[last - 1] == " " { last -= 1 }
        guard first < last else {
            findings.error(
                .templateSyntax, "`${}` has no expression in it",
                at: template.spot(at: start - 2, width: 3))
            return
        }
        pieces.append(
            .expression(
                Inner(
                    source: String(String.UnicodeScalarView(scalars[first..<last])), offset: first,
                    decimals: decimals, separator: separator)))
    }

    /// The bounds of `x` in `name(x)`, when that is the whole of `scalars[start..<end]`.
    private static func argument(
        of name: String, in scalars: [Unicode.Scalar], _ start: Int, _ end: Int
    ) -> (Int, Int)? {
        let head = Array("\(name)(".unicodeScalars)
        guard scalars[start..<end].starts(with: head), scalars[end - 1] == ")" else { return nil }
        let (first, last) = (start + head.count, end - 1)
        var depth = 0
        for scalar in scalars[first..<last] {
            if scalar == "(" { depth += 1 }
            if scalar == ")" { depth -= 1 }
            if depth < 0 { return nil }
        }
        return (first, last)
    }

    /// `x.join(", ")`: how templates write lists.
    private struct Join {
        let end: Int
        let separator: String

        init?(_ scalars: [Unicode.Scalar], _ first: Int, _ last: Int) {
            let text = String(String.UnicodeScalarView(scalars[first..<last]))
            guard let call = text.ranges(of: ".join(").last, text.hasSuffix(")") else { return nil }
            let quoted = text[call.upperBound...].dropLast()
            end = first + text[..<call.lowerBound].unicodeScalars.count
            if quoted.isEmpty {
                separator = ""
                return
            }
            guard quoted.count >= 2, let quote = quoted.first, quote == "\"" || quote == "'",
                quoted.last == quote
            else { return nil }
            separator = String(quoted.dropFirst().dropLast())
        }
    }

    /// `"%.1f".format([x])`: how templates ask for decimals.
    private struct Format {
        let start: Int
        let end: Int
        /// nil: as many as needed.
        let decimals: Int?

        init?(_ scalars: [Unicode.Scalar], _ first: Int, _ last: Int) {
            let text = String(String.UnicodeScalarView(scalars[first..<last]))
            for quote in ["\"", "'"] {
                for (form, digits) in Format.forms {
                    let head = "\(quote)\(form)\(quote).format(["
                    guard text.hasPrefix(head), text.hasSuffix("])") else { continue }
                    start = first + head.unicodeScalars.count
                    end = last - 2
                    decimals = digits
                    return
                }
            }
            return nil
        }

        private static let forms: [(String, Int?)] =
            [("%.0f", 0), ("%.1f", 1), ("%.2f", 2), ("%.3f", 3), ("%s", nil), ("%d", nil)]
    }
}
