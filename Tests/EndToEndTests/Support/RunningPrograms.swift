import Foundation
import Synchronization

/// The programs that run now: killed when the tests end early, so that none is left behind.
enum RunningPrograms {
    private static let identifiers = Mutex<Set<Int32>>([])
    private static let atEnd: Void = { _ = atexit { RunningPrograms.killAll() } }()

    static func add(_ identifier: Int32) {
        _ = atEnd
        identifiers.withLock { _ = $0.insert(identifier) }
    }

    static func remove(_ identifier: Int32) {
        identifiers.withLock { _ = $0.remove(identifier) }
    }

    private static func killAll() {
        identifiers.withLock { for identifier in $0 { kill(identifier, SIGKILL) } }
    }
}
