extension AlertCases {
    /// Every malformed alert but the truncated ones.
    public static var malformed: [MalformedAlert] {
        notJSON + badText + badShape + missing + badAttributes + badWords + badTimes + badPlaces
            + badNumbers + badMeasures + badFacts + tooLong + personal
    }

    /// The example cut short after each of its bytes.
    public static var truncated: [MalformedAlert] {
        let whole = Array(example.utf8)
        return (0..<whole.count).map { length in
            MalformedAlert("cut after \(length) bytes", Array(whole[..<length]), "bad_encoding", "")
        }
    }

    static func bad(
        _ name: String, _ text: String, _ code: String, _ pointer: String
    ) -> MalformedAlert {
        MalformedAlert(name, Array(text.utf8), code, pointer)
    }

    /// A case whose change is in the example.
    static func change(
        _ name: String, _ old: String, _ new: String, _ code: String, _ pointer: String = ""
    ) -> MalformedAlert {
        bad(name, changed(old, new), code, pointer)
    }

    /// A case whose members are added to the data of the minimal alert.
    static func add(
        _ name: String, _ members: String, _ code: String, _ pointer: String
    ) -> MalformedAlert {
        bad(name, adding(members), code, pointer)
    }

    /// A change that leaves no JSON: `bad_encoding` for the message as a whole.
    static func broken(_ name: String, _ old: String, _ new: String) -> MalformedAlert {
        change(name, old, new, "bad_encoding")
    }

    static let notJSON: [MalformedAlert] = [
        bad("nothing", "", "bad_encoding", ""),
        bad("white space only", " \n\t", "bad_encoding", ""),
        bad("a word", "alert", "bad_encoding", ""),
        bad("an XML alert", "<alert/>", "bad_encoding", ""),
        bad("a byte order mark", "\u{FEFF}" + example, "bad_encoding", ""),
        bad("something after the end", example + "x", "bad_encoding", ""),
        bad("a second alert after the end", example + example, "bad_encoding", ""),
        bad("a zero byte after the end", example + "\0", "bad_encoding", ""),
        broken("a trailing comma in the event", "05Z\"}}", "05Z\"},}"),
        broken("a trailing comma in data", "05Z\"}}", "05Z\",}}"),
        broken("a trailing comma in an array", "5}]", "5},]"),
        broken("a missing comma", "\"1.0\",", "\"1.0\""),
        broken("two commas", "\"1.0\",", "\"1.0\",,"),
        broken("a missing colon", "\"id\":", "\"id\""),
        broken("a key without quotes", "\"id\":", "id:"),
        broken("a key in single quotes", "\"id\":", "'id':"),
        broken("a number as key", "\"id\":", "7:"),
        broken("an array closed as an object", "5}]", "5}}"),
        broken("a comment", "\"data\":", "/* what */\"data\":"),
        broken("a vertical tab as white space", "\"data\":", "\u{0B}\"data\":"),
        broken("a no-break space as white space", "\"data\":", "\u{A0}\"data\":"),
        broken("a capital literal", "\"count\":7", "\"x\":True"),
        broken("a literal with a tail", "\"count\":7", "\"x\":nullx"),
        broken("a cut literal", "\"count\":7", "\"x\":tru"),
        broken("undefined", "\"count\":7", "\"count\":undefined"),
        broken("a leading zero", "\"count\":7", "\"count\":07"),
        broken("a leading plus", "\"count\":7", "\"count\":+7"),
        broken("a minus alone", "\"count\":7", "\"count\":-"),
        broken("a dot without digits", "\"count\":7", "\"count\":7."),
        broken("digits missing before the dot", "\"count\":7", "\"count\":.7"),
        broken("an exponent without digits", "\"count\":7", "\"count\":7e"),
        broken("an exponent with a sign only", "\"count\":7", "\"count\":7e-"),
        broken("a hexadecimal number", "\"count\":7", "\"count\":0x7"),
        broken("NaN", "0.92", "NaN"),
        broken("Infinity", "0.92", "Infinity"),
        broken("minus Infinity", "0.92", "-Infinity"),
        broken("a malformed number in a field we skip", "\"count\":7", "\"extra\":[1,{\"a\":00}]"),
        broken("a malformed array in a field we skip", "\"count\":7", "\"extra\":[1 2]"),
        broken("a malformed object in a field we skip", "\"count\":7", "\"extra\":{\"a\"}"),
        broken("an unbalanced bracket in a field we skip", "\"count\":7", "\"extra\":[[1]"),
    ]

    static let badText: [MalformedAlert] = [
        broken("an unknown escape", "01J9Z", "01\\qJ9Z"),
        broken("a short unicode escape", "01J9Z", "01\\u12\\n"),
        broken("a unicode escape that is not hexadecimal", "01J9Z", "01\\u12G4"),
        broken("a raw line break in a string", "01J9Z", "01\nJ9Z"),
        broken("a raw tab in a string", "01J9Z", "01\tJ9Z"),
        broken("a raw zero byte in a string", "01J9Z", "01\0J9Z"),
        broken("a raw control character in a string we skip", "\"count\":7", "\"x\":\"\u{1F}\""),
        broken("a bad escape in a string we skip", "\"count\":7", "\"x\":\"\\x41\""),
        MalformedAlert(
            "a lone continuation byte", spliced("01J9Z", [0x80]), "bad_encoding", ""),
        MalformedAlert("an overlong slash", spliced("01J9Z", [0xC0, 0xAF]), "bad_encoding", ""),
        MalformedAlert(
            "an overlong form of three bytes", spliced("01J9Z", [0xE0, 0x80, 0xAF]),
            "bad_encoding", ""),
        MalformedAlert(
            "an overlong form of four bytes", spliced("01J9Z", [0xF0, 0x80, 0x80, 0xAF]),
            "bad_encoding", ""),
        MalformedAlert(
            "a surrogate in UTF-8", spliced("01J9Z", [0xED, 0xA0, 0x80]), "bad_encoding", ""),
        MalformedAlert(
            "a scalar past U+10FFFF", spliced("01J9Z", [0xF4, 0x90, 0x80, 0x80]),
            "bad_encoding", ""),
        MalformedAlert(
            "a lead byte that never was", spliced("01J9Z", [0xFF, 0x41]), "bad_encoding", ""),
        MalformedAlert(
            "a scalar cut short", spliced("01J9Z", [0xE4, 0xB8]), "bad_encoding", ""),
        MalformedAlert(
            "Latin-1 in a string we skip",
            spliced("\"count\":7", Array("\"x\":\"caf".utf8) + [0xE9] + Array("\"".utf8)),
            "bad_encoding", ""),
        MalformedAlert(
            "UTF-16", example.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
            "bad_encoding", ""),
        change("an escaped zero byte", "01J9Z", "01\\u0000J9Z", "bad_value", "/id"),
        change("a high surrogate alone", "01J9Z", "\\ud83d", "bad_value", "/id"),
        change("a low surrogate alone", "01J9Z", "\\udE00", "bad_value", "/id"),
        change("a surrogate pair in reverse", "01J9Z", "\\ude00\\ud83d", "bad_value", "/id"),
        change("a high surrogate and a letter", "01J9Z", "\\ud83dx", "bad_value", "/id"),
        add("a zero byte in text", "\"text\":\"a\\u0000b\"", "bad_value", "/data/text"),
        add("a bell in text", "\"text\":\"a\\u0007b\"", "bad_value", "/data/text"),
        add("half a pair in text", "\"text\":\"\\ud83d\"", "bad_value", "/data/text"),
    ]

    static let badShape: [MalformedAlert] = [
        bad("a number", "7", "bad_schema", ""),
        bad("null", "null", "bad_schema", ""),
        bad("a string", "\"alert\"", "bad_schema", ""),
        bad("an array that is no batch here", "[\(example)]", "bad_schema", ""),
        add(
            "nesting past the limit",
            "\"x\":" + String(repeating: "[", count: 15) + String(repeating: "]", count: 15),
            "bad_schema", ""),
        bad(
            "a thousand open brackets", String(repeating: "[", count: 1000), "bad_schema", ""),
        change("a key twice", "\"id\":", "\"id\":\"b\",\"id\":", "bad_schema", "/id"),
        change(
            "a key twice, once as null", "\"id\":", "\"id\":null,\"id\":", "bad_schema", "/id"),
        change(
            "a key twice, once with escapes", "\"id\":", "\"\\u0069d\":\"b\",\"id\":",
            "bad_schema", "/id"),
        change(
            "a kind twice", "\"kind\":", "\"kind\":\"gas.concentration\",\"kind\":",
            "bad_schema", "/data/kind"),
        change(
            "a severity twice", "\"severity\":", "\"severity\":\"minor\",\"severity\":",
            "bad_schema", "/data/severity"),
        change(
            "a latitude twice", "\"lon\":", "\"lat\":1,\"lon\":", "bad_schema",
            "/data/position/lat"),
        change(
            "a measure's value twice", "\"unit\":", "\"value\":8,\"unit\":", "bad_schema",
            "/data/measures/*/value"),
        change("data twice", "\"data\":", "\"data\":{},\"data\":", "bad_schema", "/data"),
        change("data as text", "\"data\":{", "\"data\":\"x\",\"rest\":{", "bad_schema", "/data"),
        change("data as an array", "\"data\":{", "\"data\":[],\"rest\":{", "bad_schema", "/data"),
        change("an id as a number", "\"01J9Z3K6T4-17\"", "17", "bad_schema", "/id"),
        change("a source as a list", "\"acme/site-7/cam-03\"", "[\"a\"]", "bad_schema", "/source"),
        change(
            "a time in milliseconds", "\"2026-05-25T13:42:11.412Z\"", "1779716531412",
            "bad_schema", "/time"),
        change(
            "a sequence as truth", "\"sequence\":\"17\"", "\"sequence\":true", "bad_schema",
            "/sequence"),
        change("a kind as a number", "\"crowd.density\"", "7", "bad_schema", "/data/kind"),
        change("a severity as a number", "\"moderate\"", "3", "bad_schema", "/data/severity"),
        change("a confidence as text", "0.92", "\"0.92\"", "bad_schema", "/data/confidence"),
        change(
            "a position as a pair", "{\"lat\":40.6086,\"lon\":-73.9730,\"accuracy_m\":15}",
            "[-73.9,40.6]", "bad_schema", "/data/position"),
        change("a latitude as text", "40.6086", "\"40.6086\"", "bad_schema", "/data/position/lat"),
        change(
            "measures as an object",
            "[{\"name\":\"people\",\"value\":7,\"unit\":\"1\",\"limit\":5}]",
            "{}", "bad_schema", "/data/measures"),
        change(
            "a measure as a number", "[{\"name\"", "[7,{\"name\"", "bad_schema", "/data/measures"),
        change("a count as text", "\"count\":7", "\"count\":\"7\"", "bad_schema", "/data/count"),
        add("an area as a number", "\"area\":50", "bad_schema", "/data/area"),
        add("area cells as text", "\"area\":{\"cells\":\"A\"}", "bad_schema", "/data/area/cells"),
        add(
            "an area cell as a number", "\"area\":{\"cells\":[1]}", "bad_schema", "/data/area/cells"
        ),
        add("media as text", "\"media\":\"https://a/b\"", "bad_schema", "/data/media"),
        add("a text as an object", "\"text\":{}", "bad_schema", "/data/text"),
    ]
}
