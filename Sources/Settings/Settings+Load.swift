internal import Domain

extension Settings {
    /// Reads and checks every setting.
    ///
    /// - Parameter rulesDirectory: where the shipped rules are, for `rules.catalog: auto`; nil when
    ///   they were not found.
    ///
    /// **Fails**: with everything that is wrong, never with the first only.
    public static func load(
        from sources: SettingsSources, rulesDirectory: String?
    ) throws(SettingsErrors) -> EffectiveSettings {
        let (found, findings) = sources.collect()
        var reader = SettingsReader(found: found, findings: findings)
        let settings = Settings(&reader, rulesDirectory: rulesDirectory)
        reader.checkAddressesDiffer()
        guard reader.findings.isEmpty else { throw SettingsErrors(findings: reader.findings) }
        return EffectiveSettings(settings: settings, found: found)
    }

    private init(_ reader: inout SettingsReader, rulesDirectory: String?) {
        instance = reader.word(.instance)
        broadcast = IngestDoor(
            bind: reader.bindAddress(.broadcastBind),
            connect: reader.connectAddresses(.broadcastConnect),
            queueMessages: reader.count(.broadcastQueue, in: 1...10_000_000))
        push = IngestDoor(
            bind: reader.bindAddress(.pushBind),
            connect: reader.connectAddresses(.pushConnect),
            queueMessages: reader.count(.pushQueue, in: 1...10_000_000))
        acknowledged = IngestDoor(
            bind: reader.bindAddress(.acknowledgedBind), connect: [],
            queueMessages: reader.count(.acknowledgedQueue, in: 1...10_000_000))
        feed = reader.bindAddress(.feedBind)
        feedQueueMessages = reader.count(.feedQueue, in: 1...10_000_000)
        dispatch = reader.bindAddress(.dispatchBind)
        control = reader.bindAddress(.controlBind)
        cells = CellFiles(&reader)
        rules = RulePaths(&reader, directory: rulesDirectory)
        journal = JournalFile(
            path: reader.text(.journalPath), keep: reader.duration(.journalKeep))
        intakeLane = LaneSettings(
            idle: reader.choice(.intakeIdle, else: .balanced), cpu: reader.core(.intakeCPU))
        sources = SourcePolicy(&reader)
    }
}

extension CellFiles {
    init(_ reader: inout SettingsReader) {
        files = reader.list(.cellsFiles)
        root = reader.text(.cellsRoot)
        levels = reader.levels(.cellsLevels)
        properties = CellProperties(
            id: reader.text(.cellsID), parent: reader.text(.cellsParent),
            level: reader.text(.cellsLevel), name: reader.text(.cellsName),
            population: reader.text(.cellsPopulation), use: reader.text(.cellsUse),
            vulnerability: reader.text(.cellsVulnerability), access: reader.text(.cellsAccess))
        hierarchies = reader.hierarchies(.cellsHierarchies)
    }
}

extension SourcePolicy {
    init(_ reader: inout SettingsReader) {
        let path = reader.text(.sourcesRegistry)
        registry = path.isEmpty ? nil : path
        unregistered = reader.choice(.sourcesUnregistered, else: .accept)
        allow = reader.sourcePrefixes(.sourcesAllow)
        backfill = reader.sourcePrefixes(.sourcesBackfill)
        countMax = reader.count(.sourcesMax, in: 1...10_000_000)
        rateMax = reader.count(.rateMax, in: 0...1_000_000)
        if unregistered == .refuse, registry == nil {
            reader.report(
                .sourcesUnregistered, "without a registry nobody would be let in",
                hint: "name the registry's file: sources.registry")
        }
    }
}

extension RulePaths {
    /// `auto` stands for the catalog and all packs of the shipped rules.
    init(_ reader: inout SettingsReader, directory: String?) {
        let catalogText = reader.text(.rulesCatalog)
        let packTexts = reader.list(.rulesPacks)
        if directory == nil, catalogText == "auto" || packTexts.isEmpty {
            reader.report(
                .rulesCatalog, "the shipped rules were not found",
                hint: "set rules.catalog and rules.packs, or start in a directory with Rules/")
        }
        let shipped = directory ?? ""
        catalog = catalogText == "auto" ? shipped + "/catalog.yaml" : catalogText
        packs = packTexts.isEmpty ? [shipped] : packTexts
        silences = reader.text(.rulesSilences)
        watch = reader.choice(.rulesWatch, else: .on)
    }
}

extension SettingsReader {
    /// Two sockets cannot listen in one place; a port of `*` is a new one each time.
    fileprivate mutating func checkAddressesDiffer() {
        var owners: [String: SettingKey] = [:]
        let keys: [SettingKey] = [
            .broadcastBind, .pushBind, .acknowledgedBind, .feedBind, .dispatchBind, .controlBind,
        ]
        for key in keys {
            let address = text(key)
            if address.hasSuffix(":*") { continue }
            if let owner = owners.updateValue(key, forKey: address) {
                report(key, "\(address) is already taken by \(owner.rawValue)")
            }
        }
    }
}
