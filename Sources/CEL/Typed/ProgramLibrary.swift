/// A compiled expression's place in a `ProgramLibrary`.
public struct TypedProgram: BitwiseCopyable, Sendable {
    /// The first operation.
    let start: UInt32
    /// One more than the highest slot read.
    let slotCount: UInt32
}

/// Many small programs in one buffer, ready to run over an array of slots.
///
/// Expressions are compiled into it at load; after that it is only borrowed. Running a program
/// neither allocates nor locks and changes nothing: its registers are on the stack.
///
///     operations  | program 0 ........ | program 1 ..... |
///     handlers    one a step: where the program goes on when the step fails
///     constants   sorted sets of `in`
///
/// **Owner** one thread at a time.
@safe
public struct ProgramLibrary: ~Copyable, @unchecked Sendable {
    var operations: UnsafeMutablePointer<Operation>
    var handlers: UnsafeMutablePointer<UInt16>
    var operationCount = 0
    private var operationCapacity = 1024
    var constants: UnsafeMutablePointer<UInt64>
    private var constantCount = 0
    /// Automata of patterns, one after another; see `matches`.
    private(set) var automata: UnsafeMutablePointer<UInt32>
    private var automataWords = 0
    private var automataCapacity = 1024
    /// Where the automaton of a pattern is, so that each is stored once.
    private var automataStarts: [[UInt32]: Int] = [:]
    private var constantCapacity = 256

    public init() {
        unsafe operations = .allocate(capacity: 1024)
        unsafe handlers = .allocate(capacity: 1024)
        unsafe constants = .allocate(capacity: 256)
        unsafe automata = .allocate(capacity: 1024)
    }

    deinit {
        unsafe operations.deallocate()
        unsafe handlers.deallocate()
        unsafe constants.deallocate()
        unsafe automata.deallocate()
    }

    /// Stores an assembled program.
    mutating func append(_ assembled: AssembledProgram) -> TypedProgram {
        let start = operationCount
        reserveOperations(assembled.operations.count)
        for (operation, handler) in zip(assembled.operations, assembled.handlers) {
            unsafe operations[operationCount] = operation
            unsafe handlers[operationCount] = handler
            operationCount += 1
        }
        let slotCount = (assembled.reads.max() ?? -1) + 1
        return TypedProgram(start: UInt32(start), slotCount: UInt32(slotCount))
    }

    /// Stores a set of payloads, sorted; answers its first place and count as an immediate.
    mutating func append(set members: Set<UInt64>) -> UInt64 {
        let start = constantCount
        reserveConstants(members.count)
        for member in members.sorted() {
            unsafe constants[constantCount] = member
            constantCount += 1
        }
        return UInt64(start) << 32 | UInt64(members.count)
    }

    /// Stores an automaton, unless an equal one is there; answers where it begins.
    mutating func append(automaton words: [UInt32]) -> UInt64 {
        if let start = automataStarts[words] { return UInt64(start) }
        let start = automataWords
        reserveAutomata(words.count)
        for word in words {
            unsafe automata[automataWords] = word
            automataWords += 1
        }
        automataStarts[words] = start
        return UInt64(start)
    }

    private mutating func reserveOperations(_ more: Int) {
        guard operationCount + more > operationCapacity else { return }
        operationCapacity = max(operationCount + more, operationCapacity * 2)
        let grown = UnsafeMutablePointer<Operation>.allocate(capacity: operationCapacity)
        unsafe grown.initialize(from: operations, count: operationCount)
        unsafe operations.deallocate()
        unsafe operations = grown
        let grownHandlers = UnsafeMutablePointer<UInt16>.allocate(capacity: operationCapacity)
        unsafe grownHandlers.initialize(from: handlers, count: operationCount)
        unsafe handlers.deallocate()
        unsafe handlers = grownHandlers
    }

    private mutating func reserveAutomata(_ more: Int) {
        guard automataWords + more > automataCapacity else { return }
        automataCapacity = max(automataWords + more, automataCapacity * 2)
        let grown = UnsafeMutablePointer<UInt32>.allocate(capacity: automataCapacity)
        unsafe grown.initialize(from: automata, count: automataWords)
        unsafe automata.deallocate()
        unsafe automata = grown
    }

    private mutating func reserveConstants(_ more: Int) {
        guard constantCount + more > constantCapacity else { return }
        constantCapacity = max(constantCount + more, constantCapacity * 2)
        let grown = UnsafeMutablePointer<UInt64>.allocate(capacity: constantCapacity)
        unsafe grown.initialize(from: constants, count: constantCount)
        unsafe constants.deallocate()
        unsafe constants = grown
    }
}

/// A program before it has a place: targets count from its first operation.
struct AssembledProgram {
    var operations: [Operation] = []
    var handlers: [UInt16] = []
    /// Values that get their payload when the program is linked, by step.
    var literals: [(step: Int, TypedLiteral)] = []
    /// Members of constant sets, by step.
    var sets: [(step: Int, [TypedLiteral])] = []
    /// Automata of constant patterns, by step.
    var automata: [(step: Int, [UInt32])] = []
    /// The slots it reads, ascending.
    var reads: [Int] = []
}
