import Lanes
import Testing

@Suite struct RecordRingTests {
    @Test(arguments: [(0, 4096), (4096, 4096), (4097, 8192), (1 << 20, 1 << 20)])
    func `the capacity is the next power of two, a page at least`(asked: Int, got: Int) {
        #expect(RecordRing(byteCapacity: asked).byteCapacity == got)
    }

    @Test func `a record comes out as it went in, from annotated code`() {
        let ring = RecordRing(byteCapacity: 4096)
        var writer = ring.writer()
        var reader = ring.reader()
        let text = Array("xhello".utf8)
        let stamp = Stamp(sequence: 9, kind: 3)
        #expect(writeAnnotated(&writer, stamp, text.span) == true)
        #expect(appendAnnotated(&writer, Stamp(sequence: 10, kind: 4)) == true)
        var records: [[UInt8]] = []
        let count = reader.drain(atMost: 10) { records.append(Array(copying: $0)) }
        #expect(count == 2)
        #expect(records[0].count == MemoryLayout<Stamp>.size + 1 + 5)
        #expect(records[0].suffix(6) == [7] + Array("hello".utf8))
        #expect(records[1].count == MemoryLayout<Stamp>.size)
        #expect(records[1].first == 10)
        #expect(ring.backlogBytes == 0)
    }

    @Test func `a value and bytes make one record, and less may be written than reserved`() {
        let ring = RecordRing(byteCapacity: 4096)
        var writer = ring.writer()
        var reader = ring.reader()
        #expect(writer.append(UInt32(1), [5, 6, 7, 8].span, from: 1, to: 3) == true)
        #expect(writer.reserve(100) == true)
        writer.write(UInt8(9))
        writer.commit()
        var records: [[UInt8]] = []
        _ = reader.drain(atMost: 10) { records.append(Array(copying: $0)) }
        #expect(records == [[1, 0, 0, 0, 6, 7], [9]])
    }

    /// Sizes that leave every remainder at the end of the ring, an empty record among them.
    @Test(arguments: [0, 1, 7, 8, 9, 100, 1000, 2040])
    func `records of one size wrap without loss or change`(size: Int) {
        let ring = RecordRing(byteCapacity: 4096)
        var writer = ring.writer()
        var reader = ring.reader()
        var next: UInt8 = 0
        var expected: UInt8 = 0
        var bytesRead = 0
        for _ in 0..<2000 {
            let bytes = [UInt8](repeating: next, count: size)
            if writer.append(UInt8(next), bytes.span, from: 0, to: max(0, size - 1)) {
                next &+= 1
                continue
            }
            _ = reader.drain(atMost: 2) { record in
                #expect(Array(copying: record) == .init(repeating: expected, count: max(1, size)))
                expected &+= 1
                bytesRead += 8 + record.count
            }
        }
        #expect(bytesRead > 2 * ring.byteCapacity)
    }

    @Test func `a full ring refuses, counts, and takes records again once read`() {
        let ring = RecordRing(byteCapacity: 4096)
        var writer = ring.writer()
        var reader = ring.reader()
        var taken = 0
        while writer.append(UInt64(taken)) { taken += 1 }
        #expect(taken == 4096 / 16)
        #expect(ring.refusals == 1)
        #expect(ring.backlogBytes == 4096)
        #expect(reader.drain(atMost: 1) { _ in } == 1)
        #expect(writer.append(UInt64(taken)) == true)
        #expect(writer.append(UInt64(taken)) == false)
        #expect(ring.refusals == 2)
    }

    @Test func `the longest record fits an empty ring wherever it starts`() {
        let ring = RecordRing(byteCapacity: 4096)
        var writer = ring.writer()
        var reader = ring.reader()
        for shift in 0..<300 {
            #expect(writer.append(UInt64(shift)) == true)
            #expect(reader.drain(atMost: 1) { _ in } == 1)
            #expect(writer.reserve(ring.recordBytesMax) == true)
            for _ in 0..<ring.recordBytesMax { writer.write(UInt8(1)) }
            writer.commit()
            var sum = 0
            _ = reader.drain(atMost: 1) { for i in $0.indices { sum += Int($0[i]) } }
            #expect(sum == ring.recordBytesMax)
        }
    }

    @Test func `a record that the reader throws on comes again`() {
        struct Refusal: Error {}
        let ring = RecordRing(byteCapacity: 4096)
        var writer = ring.writer()
        var reader = ring.reader()
        for value in UInt8(1)...3 { #expect(writer.append(value) == true) }
        var seen: [UInt8] = []
        #expect(throws: Refusal.self) {
            _ = try reader.drain(atMost: 3) { (record) throws(Refusal) in
                if record[0] == 2, seen == [1] { throw Refusal() }
                seen.append(record[0])
            }
        }
        #expect(seen == [1])
        _ = reader.drain(atMost: 3) { seen.append($0[0]) }
        #expect(seen == [1, 2, 3])
    }

    @Test func `misuse of the ends traps`() async {
        await #expect(processExitsWith: .failure) {
            let ring = RecordRing(byteCapacity: 0)
            _ = ring.writer()
            _ = ring.writer()
        }
        await #expect(processExitsWith: .failure) {
            var writer = RecordRing(byteCapacity: 0).writer()
            _ = writer.reserve(4)
            writer.write(UInt64(1))
        }
        await #expect(processExitsWith: .failure) {
            var writer = RecordRing(byteCapacity: 0).writer()
            _ = writer.reserve(4)
            _ = writer.reserve(4)
        }
        await #expect(processExitsWith: .failure) {
            var writer = RecordRing(byteCapacity: 4096).writer()
            _ = writer.reserve(2048)
        }
    }

    /// One lane writes records of changing length, another reads; the ring is small, so that it is
    /// often full and often empty. Under the thread sanitizer this checks the orders too.
    @Test func `two lanes pass a million bytes of records in order`() throws {
        let ring = RecordRing(byteCapacity: 4096)
        let records = 60_000
        let producer = try LaneThread(named: "ring-writer") {
            var writer = ring.writer()
            let filler = [UInt8](repeating: 0xA5, count: 256)
            for sequence in 0..<records {
                let length = sequence &* 31 % 200
                while !writer.append(UInt64(sequence), filler.span, from: 0, to: length) {
                    yieldCPU()
                }
            }
        }
        let consumer = try LaneThread(named: "ring-reader") {
            var reader = ring.reader()
            var next = 0
            var faults = 0
            while next < records {
                let count = reader.drain(atMost: 16) { record in
                    let word = unsafe record.withUnsafeBytes { unsafe $0.load(as: UInt64.self) }
                    let length = next &* 31 % 200
                    if word != UInt64(next) || record.count != 8 + length { faults += 1 }
                    for i in 8..<record.count where record[i] != 0xA5 { faults += 1 }
                    next += 1
                }
                if count == 0 { yieldCPU() }
            }
            return faults
        }
        producer.join()
        #expect(consumer.join() == 0)
    }
}

extension [UInt8] {
    init(copying span: Span<UInt8>) {
        self = span.indices.map { span[$0] }
    }
}
