import CLinux
import Glibc

/// A named thread that runs one function to its end and hands back what it returned or threw.
///
/// It blocks every asynchronous signal, so those stay with the main thread. Dropping the value
/// without `join` lets the thread run on by itself.
///
/// Give it a function or closure from a nonisolated place: a closure written in top-level code or
/// in `@main` is isolated to the main actor, compiles, and traps on its first instruction here.
@safe
public struct LaneThread<Outcome: Sendable, Failure: Error>: ~Copyable {
    private let handle: pthread_t
    private let launch: Unmanaged<Launch>

    /// The longest name that the kernel keeps.
    public static var nameBytesMax: Int { 15 }

    /// Starts the thread.
    ///
    /// - Parameters:
    ///   - name: what `top -H` shows; at most `nameBytesMax` bytes.
    ///   - cpu: the one core it may use; nil leaves that to the kernel.
    ///
    /// **Fails**: `LaneThreadError` when the kernel refuses the thread or the core.
    public init(
        named name: String, on cpu: Int? = nil,
        body: @escaping @Sendable () throws(Failure) -> Outcome
    ) throws(LaneThreadError) {
        precondition(name.utf8.count <= Self.nameBytesMax, "thread name \(name) is too long")
        let launch = Launch(name: name, body: body)
        let entry = unsafe Unmanaged.passRetained(ThreadEntry { launch.run() })
        var handle = pthread_t()
        let code = unsafe linux_thread_start(
            &handle, Int32(cpu ?? -1), runEntry, entry.toOpaque())
        guard code == 0 else {
            unsafe entry.release()
            throw LaneThreadError(code: code, name: name, cpu: cpu)
        }
        self.handle = handle
        unsafe self.launch = .passRetained(launch)
    }

    deinit {
        pthread_detach(handle)
        unsafe launch.release()
    }

    /// Waits for the end of the thread.
    public consuming func join() throws(Failure) -> Outcome {
        let code = pthread_join(handle, nil)
        precondition(code == 0, "cannot join a lane: errno \(code)")
        let ended = unsafe launch.takeRetainedValue()
        discard self
        return try ended.outcome()
    }
}

extension LaneThread {
    /// What the starting thread and the started one share. Unchecked: the started thread alone
    /// touches it until it ends, and the join orders that before `outcome`.
    fileprivate final class Launch: @unchecked Sendable {
        private let name: String
        private let body: @Sendable () throws(Failure) -> Outcome
        private var result: Result<Outcome, Failure>?

        init(name: String, body: @escaping @Sendable () throws(Failure) -> Outcome) {
            self.name = name
            self.body = body
        }

        func run() {
            let code = unsafe name.withCString { unsafe linux_thread_name($0) }
            precondition(code == 0, "cannot name a lane \(name): errno \(code)")
            do throws(Failure) {
                result = .success(try body())
            } catch {
                result = .failure(error)
            }
        }

        func outcome() throws(Failure) -> Outcome {
            guard let result else { preconditionFailure("lane \(name) ended without a result") }
            return try result.get()
        }
    }
}

/// Why a thread did not start.
public struct LaneThreadError: Error, Sendable, CustomStringConvertible {
    /// The errno value: EINVAL for a core this process may not use, EAGAIN for too many threads.
    public let code: Int32
    public let name: String
    public let cpu: Int?

    public var description: String {
        let place = cpu.map { " on cpu \($0)" } ?? ""
        return "cannot start lane \(name)\(place): \(unsafe String(cString: strerror(code)))"
    }
}

/// What a thread runs, without the generics that C cannot carry.
private final class ThreadEntry {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func runEntry(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument = unsafe argument else { preconditionFailure("a lane without a body") }
    unsafe Unmanaged<ThreadEntry>.fromOpaque(argument).takeRetainedValue().run()
    return nil
}
