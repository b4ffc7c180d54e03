import Domain
import Testing

@Suite struct NameTableTests {
    @Test func aNameKeepsItsNumber() {
        var names = NameTable(capacity: 100, byteCapacity: 1000)
        #expect(names.intern("acme/cam-1") == 0)
        #expect(names.intern("acme/cam-2") == 1)
        #expect(names.intern("acme/cam-1") == 0)
        #expect(names.find("acme/cam-2") == 1)
        #expect(names.find("acme/cam-") == -1)
        #expect(names.name(1) == "acme/cam-2")
    }

    @Test func aFullTableRefusesNewNamesAndKeepsTheOld() {
        var names = NameTable(capacity: 2, byteCapacity: 1000)
        names.intern("a")
        names.intern("b")
        #expect(names.intern("c") == -1)
        #expect(names.intern("a") == 0)
        var narrow = NameTable(capacity: 10, byteCapacity: 3)
        #expect(narrow.intern("abc") == 0)
        #expect(narrow.intern("d") == -1)
    }

    @Test func tenThousandNamesAreFoundAgain() {
        var names = NameTable(capacity: 10_000, byteCapacity: 200_000)
        for number in 0..<10_000 { #expect(names.intern("tenant/site/\(number)") == number) }
        for number in 0..<10_000 { #expect(names.find("tenant/site/\(number)") == number) }
        #expect(names.find("tenant/site/10000") == -1)
    }
}

@Suite struct ByteBufferTests {
    @Test(arguments: [
        (Int64(0), "0"), (87_400, "87.4"), (100_000, "100"), (50, "0.05"), (1, "0.001"),
        (-1_500, "-1.5"), (12_345, "12.345"),
    ])
    func thousandthsLoseTheirTrailingZeros(value: Int64, text: String) {
        var buffer = ByteBuffer(capacity: 64)
        buffer.append(thousandths: value)
        #expect(buffer.text == text)
    }

    @Test func whatDoesNotFitIsLeftOutWholeAndSaid() {
        var buffer = ByteBuffer(capacity: 8)
        buffer.append("12345")
        buffer.append("6789")
        #expect(buffer.text == "12345")
        #expect(buffer.overflowed == true)
        buffer.clear()
        #expect(buffer.overflowed == false)
    }

    @Test func numbersAreWrittenInFull() {
        var buffer = ByteBuffer(capacity: 128)
        buffer.append(decimal: Int64.min)
        buffer.append(0x20)
        buffer.append(decimal: UInt64.max)
        buffer.append(0x20)
        buffer.append(hexadecimal: 0x0123_4567_89AB_CDEF)
        #expect(buffer.text == "-9223372036854775808 18446744073709551615 0123456789abcdef")
    }
}

@Suite struct TimestampTests {
    @Test func sumsAreHeldAtTheEndsOfTheRange() {
        #expect(Timestamp.forever + .seconds(1) == .forever)
        #expect(Timestamp.never - .seconds(1) == .never)
        #expect((Timestamp.forever - .never).nanoseconds == .max)
        #expect((Timestamp.never - .forever).nanoseconds == .min)
    }
}

@Suite struct IntakeCounterTests {
    @Test func everyCounterHasAName() {
        #expect(IntakeCounters.names.count == IntakeCounters.count)
        #expect(Set(IntakeCounters.names).count == IntakeCounters.count)
    }

    @Test func valuesFollowTheNames() {
        var counters = IntakeCounters()
        counters.received[1] = 1
        counters.rejected[Int(Reject.privacy.rawValue)] = 2
        counters.journalOverflows = 3
        let byName = Dictionary(
            uniqueKeysWithValues: zip(
                IntakeCounters.names, (0..<IntakeCounters.count).map { counters.value($0) }))
        #expect(byName["received_push"] == 1)
        #expect(byName["rejected_privacy"] == 2)
        #expect(byName["journal_overflows"] == 3)
        #expect(byName.values.reduce(0, +) == 6)
    }
}
