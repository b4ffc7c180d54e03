import Domain
import Glibc
public import ZeroMQ

// Stage 1: socket → letter, and the time of receipt.
//
// Takes a few messages of one door, then looks at the other, so that a busy one does not starve it;
// to look at an empty door costs a system call, too much for each message. Says no with
// `nothing`; a message with other than two or three frames is handed on as malformed, to be
// counted.

/// The two unanswered doors: `ingest.broadcast` (SUB) and `ingest.push` (PULL).
public struct Doors: ~Copyable, Sendable {
    var broadcast: Socket
    var push: Socket
    private var part = Message()
    private var current = IngestPath.broadcast
    private var inARow = 0
    private static let inARowMax = 16

    public init(broadcast: consuming Socket, push: consuming Socket) {
        self.broadcast = broadcast
        self.push = push
    }

    /// Receives the next message of either door into `letter`; false when neither has one.
    public mutating func receive(into letter: inout Letter) throws(ZeroMQError) -> Bool {
        if inARow == Doors.inARowMax { turnToOtherDoor() }
        inARow += 1
        if try receive(current, into: &letter) { return true }
        turnToOtherDoor()
        inARow = 1
        return try receive(current, into: &letter)
    }

    private mutating func turnToOtherDoor() {
        current = current == .broadcast ? .push : .broadcast
        inARow = 0
    }

    private mutating func receive(
        _ path: IngestPath, into letter: inout Letter
    ) throws(ZeroMQError) -> Bool {
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
        switch path {
        case .broadcast: try broadcast.receive(into: &part, waiting: .refused)
        case .push: try push.receive(into: &part, waiting: .refused)
        }
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
