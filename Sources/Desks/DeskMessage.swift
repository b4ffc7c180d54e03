public import Domain

/// What a desk says.
public enum DeskMessage: Sendable, Equatable {
    case subscribe(desk: String, Subscription)
    case acknowledge([Acknowledgement])
    case credit(Int)
    case heartbeat
    /// The desk goes; `forgets`: and will not come back under its name.
    case leave(forgets: Bool)
    /// A CloudEvent for `FeedbackReader`, which answers for itself.
    case feedback(JSONNode)

    /// Of one revision of one task.
    public struct Acknowledgement: Sendable, Equatable {
        public var task: TaskID
        public var revision: UInt32
    }
}

extension DeskMessage {
    /// Reads one message.
    ///
    /// **Fails**: with the first thing that is wrong.
    public static func read(_ bytes: [UInt8]) throws(DeskRefusal) -> DeskMessage {
        guard bytes.count <= DeskLimits.messageBytesMax else {
            throw DeskRefusal(
                .tooLarge, "a message has at most \(DeskLimits.messageBytesMax) bytes")
        }
        let node = try JSONNodeParser.parse(bytes, depthMax: DeskLimits.depthMax)
        var fields = try FieldReader(node)
        switch try fields.requiredText("type") {
        case "subscribe": return try subscribe(&fields)
        case "acknowledge": return try acknowledge(&fields)
        case "credit": return .credit(try credit(&fields) ?? DeskLimits.creditStandard)
        case "heartbeat": return .heartbeat
        case "leave": return .leave(forgets: try fields.flag("forget"))
        case "feedback": return .feedback(try fields.required("feedback"))
        default:
            throw DeskRefusal(
                .badSchema, at: "/type",
                "one of subscribe, acknowledge, credit, heartbeat, leave, feedback is wanted")
        }
    }

    private static func subscribe(_ fields: inout FieldReader) throws(DeskRefusal) -> DeskMessage {
        let desk = try fields.requiredText("desk")
        guard DeskName.isRight(desk) else {
            throw fields.refusal(
                .badValue, "desk",
                "1 to \(DeskLimits.nameBytesMax) of a-z, 0-9, . _ - are wanted")
        }
        try refusePersonal(desk, "desk", fields)
        var subscription = Subscription()
        subscription.areas = try areas(&fields)
        subscription.categories = try categories(&fields)
        let least = try fields.integer("max_priority", in: 1...5)
        subscription.priorityMax = least.flatMap { Priority(rawValue: UInt8($0)) } ?? .p5
        subscription.credit = try credit(&fields) ?? DeskLimits.creditStandard
        subscription.wantsSnapshot = try fields.flag("snapshot")
        return .subscribe(desk: desk, subscription)
    }

    private static func credit(_ fields: inout FieldReader) throws(DeskRefusal) -> Int? {
        try fields.integer("credit", in: 1...Int64(DeskLimits.creditMax)).map { Int($0) }
    }

    /// ZeroMQ's lesson: without the slash at the end `NYC/3` would cover `NYC/31/` too.
    private static func areas(_ fields: inout FieldReader) throws(DeskRefusal) -> [String] {
        let areas = try fields.texts("areas", atMost: DeskLimits.areasMax)
        for area in areas {
            let bytes = area.utf8.count
            guard area.hasSuffix("/"), area.first != "/",
                (2...Limits.cellPathBytesMax + 1).contains(bytes)
            else {
                throw fields.refusal(
                    .badValue, "areas",
                    "a cell path that ends in / is wanted, such as NYC/3/")
            }
        }
        return areas
    }

    private static func categories(
        _ fields: inout FieldReader
    ) throws(DeskRefusal) -> Set<Category> {
        var categories = Set<Category>()
        for text in try fields.texts("categories", atMost: Category.count) {
            guard let category = Category.allCases.first(where: { "\($0.word)" == text }) else {
                let words = Category.allCases.map { "\($0.word)" }.joined(separator: ", ")
                throw fields.refusal(.badValue, "categories", "one of \(words) is wanted")
            }
            categories.insert(category)
        }
        return categories
    }

    private static func acknowledge(
        _ fields: inout FieldReader
    ) throws(DeskRefusal) -> DeskMessage {
        guard let batch = fields.node("acknowledge") else {
            return .acknowledge([try acknowledgement(&fields)])
        }
        guard case .list(let nodes) = batch else {
            throw fields.refusal(.badSchema, "acknowledge", "a list is wanted")
        }
        guard nodes.count <= DeskLimits.acknowledgementsMax else {
            throw fields.refusal(
                .badValue, "acknowledge", "at most \(DeskLimits.acknowledgementsMax) at once")
        }
        var all: [Acknowledgement] = []
        for (index, node) in nodes.enumerated() {
            var fields = try FieldReader(node, at: "/acknowledge/\(index)")
            all.append(try acknowledgement(&fields))
        }
        return .acknowledge(all)
    }

    private static func acknowledgement(
        _ fields: inout FieldReader
    ) throws(DeskRefusal) -> Acknowledgement {
        let id = try fields.requiredText("id")
        guard let task = TaskID(hexadecimal: id) else {
            throw fields.refusal(
                .badValue, "id", "the task's incident is wanted: 32 hexadecimal digits")
        }
        let revision = try fields.requiredInteger("revision", in: 1...Int64(UInt32.max))
        return Acknowledgement(task: task, revision: UInt32(revision))
    }
}
