import ArgumentParser
import Foundation

extension DispatchCommand {
    /// `tocsin dispatch list`
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the open tasks, most urgent first.",
            discussion: """
                Everything:            tocsin dispatch list
                One district's worst:  tocsin dispatch list --area NYC/3 --priority P2
                And what comes later:  tocsin dispatch list --watch

                Without --desk it looks on under a name of its own that is forgotten afterwards; with \
                --desk NAME it is that desk, takes the name over from who has it, and acknowledges \
                what it prints.
                """)

        @OptionGroup var options: DeskOptions
        @Option(help: "Acknowledge as this desk.")
        var desk: String?
        @Flag(help: "Go on printing tasks as they change.")
        var watch = false

        func run() throws {
            var client = try DispatchClient(options.at, patience: options.patience)
            let name = desk ?? DispatchClient.passingName
            let printer = TaskPrinter(printsJSON: options.json)
            do {
                let open = try client.openTasks(options.subscription(snapshot: true), as: name)
                if open.isEmpty, !options.json { print("No open task.") }
                for task in open { printer.printLine(task) }
                if watch {
                    var desk = DeskRun(name, options.subscription(snapshot: false), printer)
                    try desk.run(&client)
                }
                try client.leave(forgets: desk == nil)
            } catch {
                try client.leave(forgets: desk == nil)
                throw error
            }
        }
    }

    /// `tocsin dispatch run`
    struct Run: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stay, and print tasks as they come.",
            discussion: """
                tocsin dispatch run --desk east --area NYC/3 --priority P3

                It acknowledges what it prints under its desk's name, so that it gets what it missed \
                when it is started again, and goes on when the server was started anew. It ends when \
                another connection subscribes under the same name, or with Ctrl-C.
                """)

        @OptionGroup var options: DeskOptions
        @Option(help: "The desk's name: a-z, 0-9, . _ -")
        var desk = "terminal"
        @Option(help: "Stop after so many tasks.")
        var count: Int?

        func run() throws {
            var client = try DispatchClient(options.at, patience: options.patience)
            var desk = DeskRun(
                desk, options.subscription(snapshot: false),
                TaskPrinter(printsJSON: options.json), countMax: count)
            try desk.subscribe(&client)
            try desk.run(&client)
            try client.leave(forgets: false)
        }
    }
}

/// Tasks as lines for people, or as they are.
struct TaskPrinter {
    let printsJSON: Bool
    private let printer = FeedPrinter(palette: Palette(isTerminal: isatty(STDOUT_FILENO) == 1))

    init(printsJSON: Bool) { self.printsJSON = printsJSON }

    /// `3fa9c1d2  14:03:10 P1 red    Gas leak …`
    func printLine(_ task: DispatchedTask) {
        show([String(task.incident.prefix(8)) + "  " + printer.headline(task.feed)], task)
    }

    /// The headline with all the reasons below it.
    func printTree(_ task: DispatchedTask) { show(printer.lines(task.feed), task) }

    private func show(_ lines: [String], _ task: DispatchedTask) {
        if printsJSON {
            print(String(decoding: task.json, as: UTF8.self))
        } else {
            for line in lines { print(line) }
        }
        // Who pipes it into something wants each task at once.
        fflush(nil)
    }
}
