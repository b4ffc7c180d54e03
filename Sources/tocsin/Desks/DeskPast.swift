import Desks
import Domain
import Journal

/// What an earlier run left of the desks: the tasks that are open or that a desk does not know the
/// end of, and what each desk has had.
struct DeskPast {
    private(set) var book = DeskBook()
    let tasks: DurableTasks
    let store: DeliveryStore

    /// **Fails**: the journal, or the desks' file beside it, cannot be used.
    init(_ journal: String, _ gauge: JournalGauge) throws(CommandFailure) {
        let path = DeliveryStore.path(besideJournal: journal)
        do throws(JournalFailure) {
            tasks = try DurableTasks(path: journal, gauge)
            store = try DeliveryStore(path: path, of: tasks.reader)
            try recover()
        } catch {
            throw .unavailable(
                "cannot use the desks' file \(path): \(error); without the file every desk is sent "
                    + "all open tasks once more")
        }
    }

    private mutating func recover() throws(JournalFailure) {
        let remembered = try store.remembered()
        for desk in remembered {
            // The book counts from the machine's start, the store in the time of the day.
            let goneAt = Timestamp.monotonic - max(.zero, Timestamp.now - desk.heard)
            book.restore(desk.desk, had: desk.had, goneAt: goneAt)
        }
        let known = remembered.reduce(into: Set<TaskID>()) { $0.formUnion($1.had.keys) }
        try tasks.recover(known, into: &book)
        book.forgetUnknownTasks()
        try store.write(book.takeChanges(), at: .now)
    }
}
