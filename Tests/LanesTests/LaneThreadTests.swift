import Glibc
import Lanes
import Testing

func yieldCPU() { sched_yield() }

/// What the kernel says of the calling thread.
func ownStatus() -> String {
    guard let file = unsafe fopen("/proc/thread-self/status", "r") else { return "" }
    defer { unsafe fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let count = unsafe fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
}

@Suite struct LaneThreadTests {
    struct Refusal: Error, Equatable { var code: Int }

    @Test func `a thread hands back what its function returned`() throws {
        let thread = try LaneThread(named: "answer") { 42 }
        #expect(thread.join() == 42)
    }

    @Test func `a thread hands back what its function threw`() throws {
        let refusal = #expect(throws: Refusal.self) {
            let thread = try LaneThread(named: "refusal") { () throws(Refusal) -> Int in
                throw Refusal(code: 7)
            }
            _ = try thread.join()
        }
        #expect(refusal?.code == 7)
    }

    @Test func `a thread bears its name and leaves signals to others`() throws {
        let thread = try LaneThread(named: "fifteen-letters") {
            let status = ownStatus()
            var mask = sigset_t()
            unsafe pthread_sigmask(SIG_SETMASK, nil, &mask)
            let blocked = [SIGTERM, SIGINT, SIGHUP, SIGSEGV].map {
                unsafe sigismember(&mask, $0)
            }
            return (status, blocked)
        }
        let (status, blocked) = thread.join()
        #expect(status.contains("Name:\tfifteen-letters\n"))
        #expect(blocked == [1, 1, 1, 0])
    }

    @Test func `a pinned thread runs on its core`() throws {
        let thread = try LaneThread(named: "pinned", on: 0) { ownStatus() }
        #expect(thread.join().contains("Cpus_allowed_list:\t0\n"))
    }

    @Test(arguments: [1000, 100_000])
    func `a core that does not exist is refused by name`(cpu: Int) {
        do {
            let thread = try LaneThread(named: "nowhere", on: cpu) { 1 }
            Issue.record("started on cpu \(cpu): \(thread.join())")
        } catch {
            #expect(error.code == EINVAL)
            #expect("\(error)" == "cannot start lane nowhere on cpu \(cpu): Invalid argument")
        }
    }
}
