import Domain
import Glibc
public import ZeroMQ

// Stage 1: socket → letter, and the time of receipt.
//
// Takes a few messages of one door, then looks at the other, so that a busy one does not starve it;
// to look at an empty door costs a system call, too much for each message. Says no with
// `nothing`; a message with other than two or three frames is handed on as malformed, to be
// counted.

/// The three doors: `ingest.broadcast` (SUB), `ingest.push` (PULL) and `ingest.acknowledged`
/// (ROUTER).
public struct Doors: ~Copyable, Sendable {
    var broadcast: Socket
    var push: Socket
    var acknowledged: AcknowledgedDoor
    private var part = Message()
    private var current = IngestPath.broadcast
    private var inARow = 0
    private static let inARowMax = 16

    public init(
        broadcast: consuming Socket, push: consuming Socket,
        acknowledged: consuming AcknowledgedDoor
    ) {
        self.broadcast = broadcast
        self.push = push
        self.acknowledged = acknowledged
    }

    /// Receives the next message of any door into `letter`; false when none has one.
    public mutating func receive(into letter: inout Letter) throws(ZeroMQError) -> Bool {
        if inARow == Doors.inARowMax { turnToNextDoor() }
        inARow += 1
        if try receive(current, into: &letter) { return true }
        for _ in 1..<IngestPath.count {
            turnToNextDoor()
            inARow = 1
            if try receive(current, into: &letter) { return true }
        }
        return false
    }

    private mutating func turnToNextDoor() {
        switch current {
        case .broadcast: current = .push
        case .push: current = .acknowledged
        case .acknowledged: current = .broadcast
        }
        inARow = 0
    }

    private mutating func receive(
        _ path: IngestPath, into letter: inout Letter
    ) throws(ZeroMQError) -> Bool {
        if path == .acknowledged { return try acknowledged.receive(into: &letter) }
        guard try receivePart(path) else { return false }
        letter.begin(path, at: Doors.clock())
        letter.take(part, frame: 0)
        var frame = 1
        while part.more {
            _ = try receivePart(path)
            letter.take(part, frame: frame)
            frame += 1
        }
        letter.isMalformed = letter.isMalformed || frame < 2 || frame > 3
        return true
    }

    private mutating func receivePart(_ path: IngestPath) throws(ZeroMQError) -> Bool {
        path == .broadcast
            ? try broadcast.receive(into: &part, waiting: .refused)
            : try push.receive(into: &part, waiting: .refused)
    }

    /// The wall clock, read once a message: the only clock on the walk.
    static func clock() -> Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}

extension Letter {
    mutating func begin(_ path: IngestPath, at received: Timestamp) {
        bytes.clear()
        head = LetterHead(path: path, received: received, topicBytes: 0)
        isMalformed = false
    }

    /// Frame 0 is the topic, 1 the body, 2 the sequence as 8 bytes, least significant first.
    mutating func take(_ part: borrowing Message, frame: Int) {
        part.withBytes { span in
            switch frame {
            case 0:
                bytes.append(span, 0, span.count)
                head.topicBytes = bytes.count
            case 1:
                bytes.append(span, 0, span.count)
            case 2 where span.count == 8:
                head.frameSequence = span.littleEndian(0, byteCount: 8)
            default:
                isMalformed = true
            }
        }
        if bytes.overflowed { isMalformed = true }
    }
}
