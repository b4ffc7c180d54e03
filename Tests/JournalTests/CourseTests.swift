import Domain
import Lanes
import Testing

@testable import Journal

@Suite("What became of tasks")
struct CourseTests {
    private static func message(_ members: String) -> String {
        #"{"data":{"kind":"gas-leak","cell":"C/1/","assign":{"department":"gas"}\#(members)}}"#
    }

    /// The courses of what `write` journals, opened from one millisecond up to another.
    private func courses(
        from: Int64 = 0, to: Int64 = 1000, _ write: (inout RingWriter) -> Void
    ) throws -> [JournaledCourse] {
        let fixture = try JournalFixture()
        _ = try fixture.run(write)
        return try fixture.reader().courses(openedFrom: .at(from), before: .at(to))
    }

    private func numbers(_ courses: [JournaledCourse]) -> [String] {
        courses.map { String($0.incident.suffix(1)) }
    }

    @Test("Those opened within the period are there, and all that are open")
    func period() throws {
        let found = try courses(from: 35, to: 60) { writer in
            let plain = Self.message("")
            writer.task(10, incident: 1, revision: 1, .open, plain)
            writer.task(20, incident: 1, revision: 2, .close, plain)
            writer.task(30, incident: 2, revision: 1, .open, plain)
            writer.task(40, incident: 3, revision: 1, .open, plain)
            writer.task(50, incident: 3, revision: 2, .close, plain)
            // Its first revision is gone: it was opened before what the journal has.
            writer.task(51, incident: 4, revision: 7, .update, plain)
            writer.task(52, incident: 4, revision: 8, .close, plain)
            writer.task(70, incident: 5, revision: 1, .open, plain)
            writer.task(71, incident: 5, revision: 2, .close, plain)
        }
        #expect(numbers(found) == ["2", "3"])
        #expect(found.map(\.isOpen) == [true, false])
        #expect(found[1].opened.nanoseconds == Timestamp.at(40).nanoseconds + 500)
    }

    @Test("The latest revision says how it stands, the earlier ones why it went up")
    func revisions() throws {
        let found = try courses { writer in
            writer.task(1, incident: 1, revision: 1, .open, Self.message(""))
            writer.task(
                2, incident: 1, revision: 2, .update,
                Self.message(#","escalation":{"count":1,"reason":"accept_by missed"}"#))
            writer.task(
                3, incident: 1, revision: 3, .reopen,
                Self.message(#","escalation":{"count":1,"reason":"accept_by missed"}"#))
            writer.task(
                4, incident: 1, revision: 4, .update,
                Self.message(
                    #"""
                    ,"stage":"resolved","repeats":4,"evidence":{"alerts":["a/1#7","b/2#8"]},
                    "times":{"resolved":"2026-05-25T13:47:00.250Z"},
                    "escalation":{"count":2,"reason":"repeats"}
                    """#))
        }
        let course = try #require(found.first)
        #expect(course.stage == .resolved && course.repeats == 4 && course.reopenings == 1)
        #expect(course.escalations == 2)
        #expect(course.escalationReasons == [.acceptMissed, .repeats])
        #expect(course.alerts == ["a/1#7", "b/2#8"] && course.rule == "gas@2")
        #expect(course.kind == "gas-leak" && course.cell == "C/1/" && course.department == "gas")
        #expect(course.priority == .p2 && course.status == .exercise)
        // 13:47:00.250 after 13:42:11.
        #expect(course.resolved == .at(289_250) && course.verified == nil)
    }

    @Test("Of the reports the latest by their own time has the outcome; all have satisfaction")
    func reports() throws {
        let found = try courses { writer in
            writer.task(1, incident: 1, revision: 1, .open, Self.message(""))
            writer.task(1, incident: 2, revision: 1, .open, Self.message(""))
            writer.feedback(9, incident: 1, id: "a", #"{"outcome":"confirmed","satisfaction":5}"#)
            writer.feedback(5, incident: 1, id: "b", #"{"outcome":"unknown","satisfaction":2}"#)
            writer.feedback(12, incident: 1, id: "c", #"{"by":"unit-7"}"#)
        }
        #expect(found.map(\.outcome) == [.confirmed, nil])
        #expect(found.map(\.satisfaction) == [[2, 5], []])
    }

    @Test("A message that is no JSON is a failure that says so")
    func malformed() throws {
        #expect(throws: JournalFailure.self) {
            _ = try courses { $0.task(1, incident: 1, revision: 1, .open, "{") }
        }
    }
}
