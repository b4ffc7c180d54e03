// Regular expressions as tables in one buffer. The words of an automaton, from its start:
//
//     classes n | runs m | class of each ASCII scalar, 128 | m run starts | m run classes | rows
//
// A row is n offsets of rows, one a class, and 1 or 0: whether the text may end there. Row 0 is
// the match; the search starts in row 1.
extension ProgramLibrary {
    /// Whether the automaton at `start` finds a match anywhere in a string.
    ///
    /// **Cost** one look-up a scalar; scalars beyond ASCII also a search among the runs.
    @_noAllocation @_noLocks
    func matches(_ text: Symbol, _ start: Int, _ memory: borrowing SlotMemory) -> Bool {
        let entry = memory.symbols.entry(of: text)
        let bytes = unsafe memory.symbols.base(of: text) + Int(entry.offset)
        let words = unsafe automata + start
        let classCount = Int(unsafe words[0])
        let runCount = Int(unsafe words[1])
        let rows = unsafe words + (130 + 2 * runCount)
        var row = classCount + 1
        var offset = 0
        while offset < Int(entry.length) {
            let byte = unsafe bytes[offset]
            if byte < 0x80 {
                row = Int(unsafe rows[row + Int(words[2 + Int(byte)])])
                offset += 1
            } else {
                let width = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
                let scalar = unsafe Self.scalar(bytes + offset, width)
                row = Int(unsafe rows[row + Int(Self.runClass(of: scalar, words, runCount))])
                offset += width
            }
            if row == 0 { return true }
        }
        return unsafe rows[row + classCount] == 1
    }

    /// The scalar of `width` bytes, which are well-formed: strings are checked where they enter.
    @_noAllocation @_noLocks
    private static func scalar(_ bytes: UnsafeMutablePointer<UInt8>, _ width: Int) -> UInt32 {
        var scalar = UInt32(unsafe bytes[0]) & (0x7F &>> UInt32(truncatingIfNeeded: width))
        var offset = 1
        while offset < width {
            scalar = scalar &<< 6 | UInt32(unsafe bytes[offset] & 0x3F)
            offset += 1
        }
        return scalar
    }

    @_noAllocation @_noLocks
    private static func runClass(
        of scalar: UInt32, _ words: UnsafeMutablePointer<UInt32>, _ runCount: Int
    ) -> UInt32 {
        var low = 0
        var high = runCount
        while high - low > 1 {
            let middle = (low + high) / 2
            if unsafe words[130 + middle] <= scalar { low = middle } else { high = middle }
        }
        return unsafe words[130 + runCount + low]
    }
}
