/// Writes expressions that mostly check, over the campaign's variables.
struct Generator {
    enum Kind: CaseIterable {
        case bool, int, uint, double, string, ints, strings, map, timestamp, duration
    }

    private var dice: Dice
    /// Names of the int variables of the comprehensions around the place.
    private var locals: [String] = []

    static func text(_ dice: Dice) -> String {
        var generator = Generator(dice: dice)
        let kind = generator.dice.pick([Kind.bool, .bool, .bool, .int, .double, .string, .uint])
        return generator.make(kind, depth: 1 + generator.dice.below(5))
    }

    private init(dice: Dice) {
        self.dice = dice
    }

    private mutating func make(_ kind: Kind, depth: Int) -> String {
        guard depth > 0, !dice.oneIn(6) else { return leaf(kind) }
        let depth = depth - 1
        switch kind {
        case .bool: return bool(depth)
        case .int: return int(depth)
        case .uint: return "(\(make(.uint, depth: depth)) \(sign()) \(make(.uint, depth: depth)))"
        case .double: return double(depth)
        case .string: return string(depth)
        case .ints: return ints(depth)
        case .strings: return "[\(make(.string, depth: depth)), \(make(.string, depth: depth))]"
        case .map: return "{\(make(.string, depth: depth)): \(make(.int, depth: depth)), 'k': 1}"
        case .timestamp:
            return "(\(make(.timestamp, depth: depth)) + \(make(.duration, depth: depth)))"
        case .duration:
            return "(\(make(.duration, depth: depth)) - \(make(.duration, depth: depth)))"
        }
    }

    private mutating func leaf(_ kind: Kind) -> String {
        switch kind {
        case .bool: dice.pick(["true", "false", "b", "isOpen", "1 / 0 == 1"])
        case .int:
            dice.pick(["0", "1", "-1", "7", "i", "severity", "9223372036854775807"] + locals)
        case .uint: dice.pick(["0u", "1u", "u", "18446744073709551615u"])
        case .double: dice.pick(["0.0", "1.5", "-2.25", "d", "heat", "1e308", "0.0 / 0.0"])
        case .string: dice.pick(["''", "'a'", "'smoke'", "s", "kind", "'äöü'", "'aab'"])
        case .ints: dice.pick(["[]", "[1, 2, 3]", "li", "[0]"])
        case .strings: dice.pick(["['a', 'b']", "tags", "['smoke']"])
        case .map: dice.pick(["{'a': 1}", "m", "{'k': 2, 'l': 3}"])
        case .timestamp: dice.pick(["timestamp('2024-02-29T12:30:15.5Z')", "t", "timestamp(0)"])
        case .duration: dice.pick(["duration('90m')", "span", "duration('-1.5s')"])
        }
    }

    private mutating func sign() -> String { dice.pick(["+", "-", "*", "/", "%"]) }

    private mutating func relation() -> String {
        dice.pick(["<", "<=", ">", ">=", "==", "!="])
    }

    private mutating func pair(_ kind: Kind, _ sign: String, _ depth: Int) -> String {
        "(\(make(kind, depth: depth)) \(sign) \(make(kind, depth: depth)))"
    }

    private mutating func bool(_ depth: Int) -> String {
        switch dice.below(12) {
        case 0, 1: return pair(.bool, "&&", depth)
        case 2, 3: return pair(.bool, "||", depth)
        case 4: return "!" + make(.bool, depth: depth)
        case 5, 6:
            let kinds: [Kind] = [.int, .uint, .double, .string, .bool, .timestamp, .duration]
            return pair(dice.pick(kinds), relation(), depth)
        case 7: return "(\(make(.int, depth: depth)) in \(make(.ints, depth: depth)))"
        case 8: return "(\(make(.string, depth: depth)) in \(make(.strings, depth: depth)))"
        case 9: return quantifier(depth)
        case 10: return choice(.bool, depth)
        default:
            let test = dice.pick(["contains", "startsWith", "endsWith", "matches"])
            return "\(make(.string, depth: depth)).\(test)(\(leaf(.string)))"
        }
    }

    private mutating func quantifier(_ depth: Int) -> String {
        let range = make(.ints, depth: depth)
        let name = "x\(locals.count)"
        locals.append(name)
        defer { locals.removeLast() }
        let macro = dice.pick(["all", "exists", "exists_one"])
        return "\(range).\(macro)(\(name), \(make(.bool, depth: depth)))"
    }

    private mutating func choice(_ kind: Kind, _ depth: Int) -> String {
        let condition = make(.bool, depth: depth)
        return "(\(condition) ? \(make(kind, depth: depth)) : \(make(kind, depth: depth)))"
    }

    private mutating func int(_ depth: Int) -> String {
        switch dice.below(9) {
        case 0, 1, 2: pair(.int, sign(), depth)
        case 3: "size(\(make(dice.pick([.string, .ints, .strings, .map]), depth: depth)))"
        case 4: choice(.int, depth)
        case 5: "int(\(make(dice.pick([.double, .uint, .string, .timestamp]), depth: depth)))"
        case 6: "\(make(.ints, depth: depth))[\(make(.int, depth: depth))]"
        case 7: "\(make(.map, depth: depth))[\(make(.string, depth: depth))]"
        default: "\(make(.timestamp, depth: depth)).\(dice.pick(Self.parts))()"
        }
    }

    private static let parts = [
        "getFullYear", "getMonth", "getDate", "getDayOfWeek", "getDayOfYear", "getHours",
        "getMinutes", "getSeconds", "getMilliseconds", "getDayOfMonth",
    ]

    private mutating func double(_ depth: Int) -> String {
        switch dice.below(4) {
        case 0: "double(\(make(dice.pick([.int, .uint, .string]), depth: depth)))"
        case 1: choice(.double, depth)
        case 2: "(-\(make(.double, depth: depth)))"
        default: pair(.double, dice.pick(["+", "-", "*", "/"]), depth)
        }
    }

    private mutating func string(_ depth: Int) -> String {
        switch dice.below(4) {
        case 0: "string(\(make(dice.pick([.int, .uint, .double, .bool]), depth: depth)))"
        case 1: choice(.string, depth)
        default: pair(.string, "+", depth)
        }
    }

    private mutating func ints(_ depth: Int) -> String {
        let name = "x\(locals.count)"
        let range = make(.ints, depth: depth)
        locals.append(name)
        defer { locals.removeLast() }
        switch dice.below(3) {
        case 0: return "\(range).map(\(name), \(make(.int, depth: depth)))"
        case 1: return "\(range).filter(\(name), \(make(.bool, depth: depth)))"
        default: return "[\(make(.int, depth: depth)), \(make(.int, depth: depth))]"
        }
    }
}
