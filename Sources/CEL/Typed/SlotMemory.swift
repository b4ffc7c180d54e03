/// The strings, lists and maps that slots refer to: what a program borrows besides the slots.
public struct SlotMemory: ~Copyable, Sendable {
    public var symbols: SymbolTable
    public var arena: SlotArena

    public init() {
        symbols = SymbolTable()
        arena = SlotArena()
    }

    public init(symbols: consuming SymbolTable, arena: consuming SlotArena) {
        self.symbols = symbols
        self.arena = arena
    }

    /// Forgets strings, lists and maps of the last evaluation; symbols and slots of them are void.
    @_noAllocation @_noLocks
    public mutating func clearScratch() {
        symbols.clearScratch()
        arena.clearScratch()
    }
}
