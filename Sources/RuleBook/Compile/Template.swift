/// The title of a task: text with `${expression}` in it; `$${` stands for `${` itself.
struct Template {
    enum Piece: Equatable {
        case text(String)
        /// The source, where it starts in the template (in Unicode scalars), and the decimals of a
        /// number; nil writes as many as needed.
        case expression(source: String, offset: Int, decimals: Int?)
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
        var decimals: Int?
        if let format = Format(scalars, first, last) {
            (first, last, decimals) = (format.start, format.end, format.decimals)
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
        let source = String(String.UnicodeScalarView(scalars[first..<last]))
        pieces.append(.expression(source: source, offset: first, decimals: decimals))
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

    /// `"%.1f".format([x])`: how templates ask for decimals.
    private struct Format {
        let start: Int
        let end: Int
        let decimals: Int

        init?(_ scalars: [Unicode.Scalar], _ first: Int, _ last: Int) {
            let text = String(String.UnicodeScalarView(scalars[first..<last]))
            for quote in ["\"", "'"] {
                for digit in 0...3 {
                    let head = "\(quote)%.\(digit)f\(quote).format(["
                    guard text.hasPrefix(head), text.hasSuffix("])") else { continue }
                    start = first + head.unicodeScalars.count
                    end = last - 2
                    decimals = digit
                    return
                }
            }
            return nil
        }
    }
}
