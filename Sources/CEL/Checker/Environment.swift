/// What an expression may name: variables, functions, macros, constants and message types.
public struct Environment: Sendable {
    /// The namespace names are looked up in first, innermost first: in `a.b` a name `x` is tried as
    /// `a.b.x`, `a.x`, `x`.
    public var container: String
    public var limits = ParserLimits()
    /// How enums of message types appear.
    public var enums = EnumMode.asInt
    public let types: any TypeProvider
    public private(set) var variables: [String: CELType] = [:]
    public private(set) var functions: [String: Function] = [:]
    public private(set) var constants: [String: Value] = [:]
    var macros = MacroTable()

    /// Enums are ints by default; a few implementations make each a type of its own.
    public enum EnumMode: Sendable {
        case asInt, asType
    }

    public init(
        container: String = "", libraries: [FunctionLibrary] = [.standard],
        types: any TypeProvider = NoTypes()
    ) {
        self.container = container
        self.types = types
        for library in libraries { add(library) }
    }

    /// Declares a variable; dots in the name make it a namespace's, such as `sensor.value`.
    public mutating func declare(_ name: String, _ type: CELType) {
        variables[name] = type
    }

    public mutating func add(_ function: Function) {
        if functions[function.name] == nil {
            functions[function.name] = function
        } else {
            functions[function.name]?.merge(function)
        }
    }

    public mutating func add(_ macro: Macro) {
        macros.add(macro)
    }

    /// A name for a value known before evaluation.
    public mutating func define(_ name: String, _ value: Value) {
        constants[name] = value
    }

    public mutating func add(_ library: FunctionLibrary) {
        for function in library.functions { add(function) }
        for macro in library.macros { add(macro) }
        constants.merge(library.constants) { $1 }
    }
}

extension Environment {
    /// Parses an expression.
    ///
    /// **Fails** with the first mistake against the grammar or a limit.
    public func parse(_ source: Source) throws(Diagnostic) -> ParsedExpression {
        var parser = Parser(source, macros: macros, limits: limits)
        return try parser.parse()
    }

    /// Parses and checks an expression.
    ///
    /// **Fails** with every mistake found.
    public func compile(_ text: String, name: String = "") throws(Diagnostics) -> CheckedExpression
    {
        let parsed: ParsedExpression
        do throws(Diagnostic) {
            parsed = try parse(Source(text, name: name))
        } catch {
            throw Diagnostics([error])
        }
        return try check(parsed)
    }

    /// Gives every node its type, and names and calls what they refer to.
    ///
    /// **Fails** with every mistake found.
    public func check(_ parsed: ParsedExpression) throws(Diagnostics) -> CheckedExpression {
        var checker = Checker(self, parsed)
        return try checker.check()
    }

    /// The full names a name may stand for, innermost namespace first.
    func candidates(for name: String) -> [String] {
        if name.hasPrefix(".") { return [String(name.dropFirst())] }
        guard !container.isEmpty else { return [name] }
        var prefix = container[...]
        var names: [String] = []
        while !prefix.isEmpty {
            names.append("\(prefix).\(name)")
            prefix = prefix.lastIndex(of: ".").map { prefix[..<$0] } ?? ""
        }
        names.append(name)
        return names
    }

    /// Whether a call of the name means a function, or an enum's conversion where enums are types.
    func isCallable(_ name: String) -> Bool {
        if function(named: name) != nil { return true }
        return enums == .asType && candidates(for: name).contains { types.enumConstants($0) != nil }
    }

    /// The function a name stands for in the container.
    func function(named name: String) -> Function? {
        if container.isEmpty, !name.hasPrefix(".") { return functions[name] }
        for candidate in candidates(for: name) {
            if let function = functions[candidate] { return function }
        }
        return nil
    }
}
