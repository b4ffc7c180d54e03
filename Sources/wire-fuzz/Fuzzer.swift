import Domain
import Wire

/// Mutates messages, decodes each of them twice, and judges what came of it.
struct Fuzzer: ~Copyable {
    private var random: SplitMix64
    private var bytes: [UInt8] = []
    private var alert = Alert()
    private var again = Alert()
    private var cursor = BatchCursor()
    private let kinds: KindTable
    private var accepted = 0
    private var refused = [Int](repeating: 0, count: Reject.count)
    private var elements = 0
    private var topics = 0

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        var kinds = KindTable(capacity: 16)
        for name in ["crowd.density", "gas.concentration"] {
            _ = kinds.add(name, categories: [.publicSafety])
        }
        self.kinds = kinds
    }

    /// The last message, for the report of a fault.
    var message: String { "\(bytes)\n\(String(decoding: bytes, as: UTF8.self))" }

    var summary: String {
        let codes = Reject.allCases.filter { refused[Int($0.rawValue)] > 0 }
            .map { "\($0.word) \(refused[Int($0.rawValue)])" }
        return "accepted \(accepted), elements of batches \(elements), topics \(topics), refused: "
            + codes.joined(separator: ", ")
    }

    /// One message; what is wrong with what the decoder made of it, or nil.
    mutating func turn() -> String? {
        bytes = Array(Seeds.messages[random.below(Seeds.messages.count)])
        for _ in 0..<random.below(5) { mutate() }
        switch random.below(8) {
        case 0: return walkBatch()
        case 1: return readTopic()
        default: return decode(0, bytes.count, isHeartbeat: random.below(8) == 0)
        }
    }

    private mutating func mutate() {
        let at = random.below(bytes.count + 1)
        switch random.below(7) {
        case 0: bytes.insert(contentsOf: Seeds.pieces[random.below(Seeds.pieces.count)], at: at)
        case 1: bytes.removeSubrange(at..<min(bytes.count, at + 1 + random.below(12)))
        case 2: if at < bytes.count { bytes[at] = UInt8(truncatingIfNeeded: random.next()) }
        case 3: if at < bytes.count { bytes[at] ^= 1 << UInt8(random.below(8)) }
        case 4:
            let end = min(bytes.count, at + random.below(64))
            bytes.insert(contentsOf: Array(bytes[at..<end]), at: random.below(bytes.count + 1))
        case 5:
            let piece = Seeds.pieces[random.below(Seeds.pieces.count)]
            bytes.replaceSubrange(at..<min(bytes.count, at + piece.count), with: piece)
        default:
            let digit = UInt8(0x30 + random.below(10))
            bytes.insert(contentsOf: [UInt8](repeating: digit, count: random.below(40)), at: at)
        }
    }

    /// Decodes a stretch of the message twice: both readings must agree, and an alert keep its
    /// limits.
    private mutating func decode(_ start: Int, _ end: Int, isHeartbeat: Bool) -> String? {
        let first = Self.reading(bytes, start, end, isHeartbeat, kinds, &alert)
        let second = Self.reading(bytes, start, end, isHeartbeat, kinds, &again)
        guard first?.code == second?.code, first?.offset == second?.offset else {
            return "two readings differ"
        }
        guard let refusal = first else {
            accepted += 1
            return isHeartbeat ? nil : Judge.fault(alert) ?? Judge.difference(alert, again)
        }
        refused[Int(refusal.code.rawValue)] += 1
        let offset = Int(refusal.offset)
        return offset < start || offset > end ? "a refusal points outside its message" : nil
    }

    private static func reading(
        _ bytes: [UInt8], _ start: Int, _ end: Int, _ isHeartbeat: Bool,
        _ kinds: borrowing KindTable, _ alert: inout Alert
    ) -> Refusal? {
        do {
            if isHeartbeat {
                try AlertDecoder.decodeHeartbeat(
                    bytes.span, start, end, kinds: kinds, into: &alert)
            } else {
                try AlertDecoder.decode(bytes.span, start, end, kinds: kinds, into: &alert)
            }
            return nil
        } catch {
            return error
        }
    }

    /// Decodes every element of the message in brackets; they must come in order, apart, and
    /// inside.
    private mutating func walkBatch() -> String? {
        let copies = 1 + random.below(4)
        let one = bytes
        bytes = [0x5B]
        for copy in 0..<copies {
            if copy > 0 { bytes.append(0x2C) }
            bytes += one
        }
        bytes.append(0x5D)
        if random.below(3) == 0 { mutate() }
        let message = bytes
        do {
            try cursor.open(message.span, 0, message.count)
        } catch {
            refused[Int(error.code.rawValue)] += 1
            return nil
        }
        var last = 0
        while cursor.next() {
            guard cursor.elementStart > last, cursor.elementEnd > cursor.elementStart else {
                return "elements of a batch overlap"
            }
            guard cursor.elementEnd < bytes.count else { return "an element ends outside" }
            last = cursor.elementEnd
            elements += 1
            let (start, end) = (cursor.elementStart, cursor.elementEnd)
            if let fault = decode(start, end, isHeartbeat: false) { return fault }
        }
        return nil
    }

    private mutating func readTopic() -> String? {
        bytes = Array(Seeds.topics[random.below(Seeds.topics.count)])
        for _ in 0..<random.below(3) { mutate() }
        do {
            let topic = try Topic.parse(bytes.span, 0, bytes.count)
            topics += 1
            let isWithin = topic.sourceStart < topic.sourceEnd && topic.sourceEnd < bytes.count
            return isWithin ? nil : "a topic's source is outside of it"
        } catch {
            refused[Int(error.code.rawValue)] += 1
            return nil
        }
    }
}
