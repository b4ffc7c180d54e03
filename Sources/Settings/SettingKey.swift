/// Every setting there is, by its dotted key.
public enum SettingKey: String, CaseIterable, Sendable {
    case instance
    case broadcastBind = "ingest.broadcast.bind"
    case broadcastConnect = "ingest.broadcast.connect"
    case broadcastQueue = "ingest.broadcast.queue"
    case pushBind = "ingest.push.bind"
    case pushConnect = "ingest.push.connect"
    case pushQueue = "ingest.push.queue"
    case acknowledgedBind = "ingest.acknowledged.bind"
    case acknowledgedQueue = "ingest.acknowledged.queue"
    case feedBind = "feed.bind"
    case feedQueue = "feed.queue"
    case dispatchBind = "dispatch.bind"
    case controlBind = "control.bind"
    case cellsFiles = "cells.files"
    case cellsRoot = "cells.root"
    case cellsLevels = "cells.levels"
    case cellsID = "cells.properties.id"
    case cellsParent = "cells.properties.parent"
    case cellsLevel = "cells.properties.level"
    case cellsName = "cells.properties.name"
    case cellsPopulation = "cells.properties.population"
    case cellsUse = "cells.properties.use"
    case cellsVulnerability = "cells.properties.vulnerability"
    case cellsAccess = "cells.properties.access"
    case cellsHierarchies = "cells.hierarchies"
    case rulesCatalog = "rules.catalog"
    case rulesPacks = "rules.packs"
    case rulesSilences = "rules.silences"
    case rulesWatch = "rules.watch"
    case journalPath = "journal.path"
    case journalKeep = "journal.keep"
    case intakeIdle = "lanes.intake.idle"
    case intakeCPU = "lanes.intake.cpu"
    case sourcesRegistry = "sources.registry"
    case sourcesUnregistered = "sources.unregistered"
    case sourcesAllow = "sources.allow"
    case sourcesBackfill = "sources.backfill"
    case sourcesMax = "limits.sources"
    case rateMax = "limits.rate"

    /// The environment variable of the same meaning: `TOCSIN_FEED_BIND` for `feed.bind`.
    public var variable: String {
        "TOCSIN_" + rawValue.uppercased().replacing(".", with: "_")
    }

    /// What holds when nobody says otherwise.
    var standard: SettingValue {
        switch self {
        case .instance: .text("tocsin")
        case .broadcastBind: .text("tcp://127.0.0.1:5550")
        case .pushBind: .text("tcp://127.0.0.1:5551")
        case .acknowledgedBind: .text("tcp://127.0.0.1:5552")
        case .feedBind: .text("tcp://127.0.0.1:5560")
        case .dispatchBind: .text("tcp://127.0.0.1:5561")
        case .controlBind: .text("tcp://127.0.0.1:5562")
        // At 300 bytes an alert some 30 MB a peer: ten seconds of a busy city.
        case .broadcastQueue, .pushQueue, .acknowledgedQueue, .feedQueue: .text("100000")
        // Twice the sensors of a city of 126,449 micro-grids; their names take 10 MB.
        case .sourcesMax: .text("262144")
        case .rateMax: .text("0")
        case .broadcastConnect, .pushConnect, .cellsFiles, .cellsHierarchies, .rulesPacks,
            .sourcesAllow, .sourcesBackfill:
            .list([])
        case .cellsLevels: .list(["city", "district", "street", "community", "grid", "micro"])
        case .cellsRoot: .text("CITY")
        case .cellsID: .text("id")
        case .cellsParent: .text("parent")
        case .cellsLevel: .text("level")
        case .cellsName: .text("name")
        case .cellsPopulation: .text("population")
        case .cellsUse: .text("use")
        case .cellsVulnerability: .text("vulnerability")
        case .cellsAccess: .text("access")
        case .rulesCatalog: .text("auto")
        case .rulesSilences: .text("var/silences.yaml")
        case .rulesWatch: .text("on")
        case .journalPath: .text("var/tocsin.sqlite")
        case .journalKeep: .text("30d")
        case .intakeIdle: .text("balanced")
        case .intakeCPU: .text("any")
        case .sourcesRegistry: .text("")
        case .sourcesUnregistered: .text("accept")
        }
    }

    var isList: Bool {
        if case .list = standard { true } else { false }
    }

    /// Whether an empty text is a value: there is none.
    var mayBeEmpty: Bool { self == .sourcesRegistry }

    /// Whether its texts name files, which a settings file gives relative to itself.
    var isPath: Bool {
        switch self {
        case .cellsFiles, .cellsHierarchies, .rulesCatalog, .rulesPacks, .rulesSilences,
            .journalPath, .sourcesRegistry:
            true
        default: false
        }
    }
}

/// A setting as it was written.
enum SettingValue: Sendable, Equatable {
    case text(String)
    case list([String])
}

/// Where a setting's value was found.
public enum SettingOrigin: Sendable, Equatable, CustomStringConvertible {
    case standard
    case file(FilePlace)
    case environment(String)
    case flag(String)

    public var description: String {
        switch self {
        case .standard: "default"
        case .file(let place): place.description
        case .environment(let name): name
        case .flag(let name): name
        }
    }
}

/// A place in a text file; line and column count from 1, 0 where unknown.
public struct FilePlace: Sendable, Equatable, CustomStringConvertible {
    public let path: String
    public let line: Int
    public let column: Int

    public var description: String { line == 0 ? path : "\(path):\(line):\(column)" }
}

/// A value together with where it was found.
struct FoundSetting: Sendable, Equatable {
    var value: SettingValue
    var origin: SettingOrigin
}
