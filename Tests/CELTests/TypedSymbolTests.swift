import CEL
import Testing

@Suite("Symbols, lists and maps of slots")
struct TypedSymbolTests {
    @Test("Equal strings have equal symbols, whichever way they come in")
    func interning() throws {
        var table = SymbolTable()
        let smoke = table.intern("smoke")
        let bytes = Array("a smoke b".utf8)
        let (found, part) = (table.find(bytes.span, 2, 7), table.find(bytes.span, 2, 6))
        let scratched = table.scratch(bytes.span, 2, 7)
        let kept = table.keep(bytes.span, 2, 7)
        #expect(found == smoke && part == nil && scratched == smoke && kept == smoke)
        let pointed = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe buffer.baseAddress.flatMap { unsafe table.keep($0 + 2, 5) }
        }
        #expect(pointed == smoke)
        let (text, count) = (table.text(of: smoke), table.byteCount(of: smoke))
        let second = table.byte(of: smoke, at: 1)
        #expect(text == "smoke" && count == 5 && second == UInt8(ascii: "m"))
    }

    @Test("Thousands of strings keep their symbols while the table grows")
    func growth() {
        var table = SymbolTable()
        let symbols = (0..<5000).map { table.intern("string number \($0)") }
        let count = table.count
        #expect(count == 5000)
        for (number, symbol) in symbols.enumerated() {
            let (text, again) = (table.text(of: symbol), table.intern("string number \(number)"))
            #expect(text == "string number \(number)" && again == symbol)
        }
    }

    @Test("Scratch strings equal themselves, nothing interned, and end when cleared")
    func scratch() throws {
        var table = SymbolTable(scratchBytes: 10, scratchStrings: 2)
        let bytes = Array("abcdefghijkl".utf8)
        let (first, second) = (table.scratch(bytes.span, 0, 4), table.scratch(bytes.span, 4, 8))
        let again = table.scratch(bytes.span, 0, 4)
        let beyond = table.scratch(bytes.span, 8, 12)
        #expect(first != second && first?.isScratch == true && again == first && beyond == nil)
        table.clearScratch()
        let last = table.scratch(bytes.span, 8, 12)
        let text = table.text(of: try #require(last))
        #expect(text == "ijkl")
    }

    @Test("Reserved room can be used up, and no more, without growing")
    func reservation() {
        var table = SymbolTable()
        table.reserve(strings: 3, bytes: 12)
        let bytes = Array("abcdefghijklmnopqrstuvwxyz".utf8)
        var kept = 0
        for round in 0..<2000 {
            let start = round % 20
            let end = min(bytes.count, start + 2 + round / 20)
            if end > start, table.keep(bytes.span, start, end) != nil { kept += 1 }
        }
        let count = table.count
        #expect(kept > count && count >= 3 && count <= 256)
    }

    @Test("A program sees strings of one evaluation without interning them")
    func scratchInPrograms() throws {
        var bench = TypedBench()
        let known = try bench.compile("alert.kind == 'smoke' && alert.kind.startsWith('smo')")
        let unknown = try bench.compile("alert.kind != 'smoke' && alert.kind.contains('g 4')")
        let bytes = Array("smoke fog 4".utf8)
        bench.memory.clearScratch()
        let word = bench.memory.symbols.scratch(bytes.span, 0, 5)
        bench.slots[4] = .string(try #require(word))
        #expect(bench.decide(known.program, bench.slots) == .isTrue)
        #expect(bench.decide(unknown.program, bench.slots) == .isFalse)
        let line = bench.memory.symbols.scratch(bytes.span, 0, 11)
        bench.slots[4] = .string(try #require(line))
        #expect(bench.decide(known.program, bench.slots) == .isFalse)
        #expect(bench.decide(unknown.program, bench.slots) == .isTrue)
    }

    @Test("Lists and maps of one evaluation read like frozen ones")
    func scratchAggregates() throws {
        var bench = TypedBench()
        let fire = Slot.string(bench.memory.symbols.intern("fire"))
        let level = Slot.string(bench.memory.symbols.intern("level"))
        let elements = [fire, level, Slot.int(3), .int(1)]
        let asked = try bench.compile("tags.exists(t, t == 'fire') && size(tags) == 2")
        let field = try bench.compile("payload.level == 3 && size(payload) == 1")
        let list = bench.memory.arena.scratch(list: elements.span, 0, 2)
        let map = bench.memory.arena.scratch(map: elements.span, 1, 3)
        bench.slots[11] = try #require(list)
        bench.slots[13] = try #require(map)
        #expect(bench.decide(asked.program, bench.slots) == .isTrue)
        #expect(bench.decide(field.program, bench.slots) == .isTrue)
        var small = SlotArena(scratchSlots: 2)
        let (tooLong, tooWide) = (
            small.scratch(list: elements.span, 0, 4)?.tag,
            small.scratch(map: elements.span, 0, 4)?.tag
        )
        #expect(tooLong == nil && tooWide == nil)
    }

    @Test("Keys of maps are equal across number types, and no key is found where there is none")
    func keys() throws {
        var bench = TypedBench()
        bench.slots[13] = bench.memory.arena.freeze(map: [
            (.int(1), .int(10)), (.uint(2), .int(20)), (.bool(true), .int(30)),
            (.int(-1), .int(40)),
        ])
        bench.declare("payload", .map(.dyn, .int), 13, bench.slots[13])
        for text in [
            "payload[1u] == 10", "payload[2] == 20", "payload[2.0] == 20", "payload[true] == 30",
            "!(1.5 in payload)", "!('x' in payload)", "payload[-1] == 40",
            "!(18446744073709551615u in payload)", "!(false in payload)",
        ] {
            #expect(try bench.verdict(text) == .isTrue, "\(text)")
        }
    }
}
