// Well-formed JSON with a value that the protocol does not have.

extension AlertCases {
    static let missing: [MalformedAlert] = [
        bad("an empty object", "{}", "missing_field", "/specversion"),
        change("no specversion", "\"specversion\":\"1.0\",", "", "missing_field", "/specversion"),
        change("no type", "\"type\":\"tocsin.alert.v1\",", "", "missing_field", "/type"),
        change("no id", "\"id\":\"01J9Z3K6T4-17\",", "", "missing_field", "/id"),
        change("an id that is null", "\"01J9Z3K6T4-17\"", "null", "missing_field", "/id"),
        change("no source", "\"source\":\"acme/site-7/cam-03\",", "", "missing_field", "/source"),
        change("no time", "\"time\":\"2026-05-25T13:42:11.412Z\",", "", "missing_field", "/time"),
        change("no data", "\"data\":", "\"detail\":", "missing_field", "/data"),
        change(
            "data that is null", "\"data\":{", "\"data\":null,\"x\":{", "missing_field", "/data"),
        change("no kind", "\"kind\":\"crowd.density\",", "", "missing_field", "/data/kind"),
        change("no severity", "\"severity\":\"moderate\",", "", "missing_field", "/data/severity"),
        change("no latitude", "\"lat\":40.6086,", "", "missing_field", "/data/position/lat"),
        change("no longitude", "\"lon\":-73.9730,", "", "missing_field", "/data/position/lon"),
        change(
            "a measure without name", "\"name\":\"people\",", "", "missing_field",
            "/data/measures/*/name"),
        change(
            "a measure without value", "\"value\":7,", "", "missing_field",
            "/data/measures/*/value"),
        change(
            "an empty measure after a full one", "\"limit\":5}", "\"limit\":5},{}",
            "missing_field", "/data/measures/*/name"),
        add("an area of nothing", "\"area\":{}", "missing_field", "/data/area/radius_m"),
    ]

    static let badAttributes: [MalformedAlert] = [
        change(
            "another version of CloudEvents", "\"1.0\"", "\"0.3\"", "bad_version", "/specversion"),
        change(
            "a longer version of CloudEvents", "\"1.0\"", "\"1.0.2\"", "bad_version", "/specversion"
        ),
        change("a later alert", "alert.v1", "alert.v2", "bad_version", "/type"),
        change("a much later alert", "alert.v1", "alert.v10", "bad_version", "/type"),
        change("an alert without version", "alert.v1", "alert", "bad_schema", "/type"),
        change("a heartbeat", "alert.v1", "heartbeat.v1", "bad_schema", "/type"),
        change(
            "somebody else's event", "tocsin.alert.v1", "com.acme.motion", "bad_schema", "/type"),
        change("an empty type", "tocsin.alert.v1", "", "bad_schema", "/type"),
        change(
            "data that is said to be XML", "\"id\":",
            "\"datacontenttype\":\"application/xml\",\"id\":",
            "bad_encoding", "/datacontenttype"),
        change(
            "data that is said to be JSON lines", "\"id\":",
            "\"datacontenttype\":\"application/json-seq\",\"id\":", "bad_encoding",
            "/datacontenttype"),
        change("an empty id", "01J9Z3K6T4-17", "", "bad_value", "/id"),
        change(
            "an id of 65 bytes", "01J9Z3K6T4-17", String(repeating: "i", count: 65), "bad_value",
            "/id"),
        change("an id in Chinese", "01J9Z3K6T4-17", "警报", "bad_value", "/id"),
        change("an id with a delete character", "01J9Z3K6T4-17", "a\u{7F}b", "bad_value", "/id"),
        change("an id with an escaped line break", "01J9Z3K6T4-17", "a\\nb", "bad_value", "/id"),
        change("an empty source", "acme/site-7/cam-03", "", "bad_value", "/source"),
        change("a source in capitals", "acme/site-7", "Acme/site-7", "bad_value", "/source"),
        change("a source with a space", "site-7", "site 7", "bad_value", "/source"),
        change(
            "a source that begins with a slash", "acme/site-7", "/acme/site-7", "bad_value",
            "/source"),
        change("a source that ends in a slash", "cam-03\"", "cam-03/\"", "bad_value", "/source"),
        change("a source with an empty segment", "site-7/", "site-7//", "bad_value", "/source"),
        change(
            "a source of seven segments", "acme/site-7/cam-03", "a/b/c/d/e/f/g", "bad_value",
            "/source"),
        change(
            "a source of 97 bytes", "acme/site-7/cam-03", String(repeating: "s", count: 97),
            "bad_value", "/source"),
        change("a source with a wildcard", "site-7", "*", "bad_value", "/source"),
        change(
            "an empty sequence", "\"sequence\":\"17\"", "\"sequence\":\"\"", "bad_value",
            "/sequence"),
        change(
            "a negative sequence", "\"sequence\":\"17\"", "\"sequence\":-17", "bad_value",
            "/sequence"),
        change(
            "a broken sequence", "\"sequence\":\"17\"", "\"sequence\":17.5", "bad_value",
            "/sequence"),
        change(
            "a sequence in letters", "\"sequence\":\"17\"", "\"sequence\":\"1a\"", "bad_value",
            "/sequence"),
        change(
            "a sequence past 64 bits", "\"sequence\":\"17\"",
            "\"sequence\":\"18446744073709551616\"",
            "bad_value", "/sequence"),
        change(
            "a sequence number past 64 bits", "\"sequence\":\"17\"",
            "\"sequence\":18446744073709551616",
            "bad_value", "/sequence"),
    ]

    static let badWords: [MalformedAlert] = [
        change("an unknown kind", "crowd.density", "crowd.dancing", "unknown_kind", "/data/kind"),
        change("a kind in capitals", "crowd.density", "Crowd.Density", "bad_value", "/data/kind"),
        change("an empty kind", "crowd.density", "", "bad_value", "/data/kind"),
        change("a kind that ends in a dot", "crowd.density", "crowd.", "bad_value", "/data/kind"),
        change(
            "a kind of 49 bytes", "crowd.density", String(repeating: "k", count: 49), "bad_value",
            "/data/kind"),
        change("a severity in capitals", "moderate", "Moderate", "bad_value", "/data/severity"),
        change("a severity of another scale", "moderate", "high", "bad_value", "/data/severity"),
        change("an empty severity", "moderate", "", "bad_value", "/data/severity"),
        change("a severity with a tail", "moderate", "moderately", "bad_value", "/data/severity"),
        change("a state that is none", "\"raise\"", "\"raised\"", "bad_value", "/data/state"),
        add("a status that is none", "\"status\":\"drill\"", "bad_value", "/data/status"),
        add("an urgency that is none", "\"urgency\":\"now\"", "bad_value", "/data/urgency"),
        add(
            "a time quality that is none", "\"time_quality\":\"gps\"", "bad_value",
            "/data/time_quality"),
        add("an empty ref", "\"ref\":\"\"", "bad_value", "/data/ref"),
        add(
            "a ref of 65 bytes", "\"ref\":\"\(String(repeating: "r", count: 65))\"", "bad_value",
            "/data/ref"),
        add(
            "three links", "\"media\":[\"https://a/1\",\"https://a/2\",\"https://a/3\"]",
            "bad_value",
            "/data/media"),
        add("a link that is not https", "\"media\":[\"http://a/1\"]", "bad_value", "/data/media"),
        add("a link to nowhere", "\"media\":[\"https://\"]", "bad_value", "/data/media"),
        add(
            "a link of 513 bytes", "\"media\":[\"https://\(String(repeating: "m", count: 505))\"]",
            "bad_value", "/data/media"),
        add(
            "a text of 257 bytes", "\"text\":\"\(String(repeating: "t", count: 257))\"",
            "bad_value",
            "/data/text"),
        add(
            "a text of 86 Chinese characters", "\"text\":\"\(String(repeating: "烟", count: 86))\"",
            "bad_value", "/data/text"),
    ]

    static let badTimes: [MalformedAlert] =
        [
            "2026-05-25", "2026-05-25T13:42:11", "2026-05-25 13:42:11Z", "2026-05-25T13:42Z",
            "2026-05-25T13:42:60Z", "2016-12-31T23:59:60Z", "2026-05-25T24:00:00Z",
            "2026-05-25T13:60:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
            "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-04-31T00:00:00Z",
            "2026-05-00T00:00:00Z", "2026-05-25T13:42:11.Z", "2026-05-25T13:42:11.0123456789Z",
            "2026-05-25T13:42:11,5Z", "2026-05-25T13:42:11+0800", "2026-05-25T13:42:11+08",
            "2026-05-25T13:42:11+24:00", "2026-05-25T13:42:11+08:60", "2026-05-25T13:42:11 +08:00",
            "2026-05-25T13:42:11Z ", "+2026-05-25T13:42:11Z", "1969-12-31T23:59:59Z",
            "2262-01-01T00:00:00Z", "20260525T134211Z", "2026-5-25T13:42:11Z", "", "now",
            "2026-05-25T13:42:11ZZ", "2026-05-25T1३:42:11Z",
        ].map { change("the time \($0)", "2026-05-25T13:42:11.412Z", $0, "bad_time", "/time") } + [
            change("a start without zone", "13:42:05Z", "13:42:05", "bad_time", "/data/start"),
            add("an expiry that is a length", "\"expires\":\"PT5M\"", "bad_time", "/data/expires"),
            change(
                "an end before the start", "\"count\":7", "\"end\":\"2026-05-25T13:42:04.999Z\"",
                "bad_time", "/data/end"),
        ]

    static let badPlaces: [MalformedAlert] = [
        change(
            "latitude and longitude swapped", "40.6086,\"lon\":-73.9730", "121.47,\"lon\":31.23",
            "bad_position", "/data/position/lat"),
        change(
            "a latitude just past the pole", "40.6086", "90.00000000000002", "bad_position",
            "/data/position/lat"),
        change(
            "a latitude just past the other pole", "40.6086", "-90.00000000000002", "bad_position",
            "/data/position/lat"),
        change(
            "a longitude just past the date line", "-73.9730", "-180.00000000000003",
            "bad_position", "/data/position/lon"),
        change(
            "a longitude past the date line", "-73.9730", "180.00000000000003", "bad_position",
            "/data/position/lon"),
        change("an endless latitude", "40.6086", "1e999", "bad_position", "/data/position/lat"),
        change(
            "a negative accuracy", "\"accuracy_m\":15", "\"accuracy_m\":-1", "bad_position",
            "/data/position/accuracy_m"),
        change(
            "an accuracy beyond the earth", "\"accuracy_m\":15", "\"accuracy_m\":20037510",
            "bad_position", "/data/position/accuracy_m"),
        change("an empty cell", "NYC/3/311/311-042", "", "bad_value", "/data/cell"),
        change("a cell that begins with a slash", "NYC/3", "/NYC/3", "bad_value", "/data/cell"),
        change("a cell with an empty code", "NYC/3", "NYC//3", "bad_value", "/data/cell"),
        change("a cell with a space", "NYC/3", "NYC /3", "bad_value", "/data/cell"),
        change(
            "a cell of nine codes", "NYC/3/311/311-042", "1/2/3/4/5/6/7/8/9", "bad_value",
            "/data/cell"),
        change(
            "a cell with a code of 32 bytes", "NYC/3", "NYC/\(String(repeating: "c", count: 32))",
            "bad_value", "/data/cell"),
        add("a radius of nothing", "\"area\":{\"radius_m\":0}", "bad_value", "/data/area/radius_m"),
        add("a negative radius", "\"area\":{\"radius_m\":-5}", "bad_value", "/data/area/radius_m"),
        add(
            "a radius beyond the earth", "\"area\":{\"radius_m\":20037510}", "bad_value",
            "/data/area/radius_m"),
        add(
            "a radius and cells", "\"area\":{\"radius_m\":5,\"cells\":[\"A\"]}", "bad_value",
            "/data/area"),
        add(
            "a polygon of two corners",
            "\"area\":{\"polygon\":[{\"lat\":1,\"lon\":2},{\"lat\":1,\"lon\":3}]}", "bad_value",
            "/data/area/polygon"),
        add(
            "65 corners",
            "\"area\":{\"polygon\":[\(Array(repeating: "{\"lat\":1,\"lon\":2}", count: 65).joined(separator: ","))]}",
            "bad_value", "/data/area/polygon"),
        add(
            "a corner without a longitude", "\"area\":{\"polygon\":[{\"lat\":1}]}",
            "missing_field", "/data/area/polygon/*/lon"),
        add(
            "a corner off the globe", "\"area\":{\"polygon\":[{\"lat\":91,\"lon\":2}]}",
            "bad_position", "/data/area/polygon/*/lat"),
        add(
            "a corner as a pair", "\"area\":{\"polygon\":[[1,2]]}", "bad_schema",
            "/data/area/polygon"),
        add(
            "a polygon and cells",
            "\"area\":{\"cells\":[\"A\"],\"polygon\":[{\"lat\":1,\"lon\":2},{\"lat\":1,\"lon\":3},{\"lat\":2,\"lon\":3}]}",
            "bad_value", "/data/area"),
        add("no area cells", "\"area\":{\"cells\":[]}", "bad_value", "/data/area/cells"),
        add(
            "65 area cells",
            "\"area\":{\"cells\":[\(Array(repeating: "\"A/1\"", count: 65).joined(separator: ","))]}",
            "bad_value", "/data/area/cells"),
        add(
            "an area cell that is no path", "\"area\":{\"cells\":[\"A/1\",\"A//1\"]}", "bad_value",
            "/data/area/cells"),
    ]

    static let badNumbers: [MalformedAlert] = [
        change(
            "a confidence above one", "0.92", "1.0000000000000002", "bad_value", "/data/confidence"),
        change("a confidence in per cent", "0.92", "92", "bad_value", "/data/confidence"),
        change("a negative confidence", "0.92", "-0.01", "bad_value", "/data/confidence"),
        change("an endless confidence", "0.92", "1e999", "bad_value", "/data/confidence"),
        change("a negative count", "\"count\":7", "\"count\":-1", "bad_value", "/data/count"),
        change("half a count", "\"count\":7", "\"count\":7.5", "bad_value", "/data/count"),
        change(
            "a count past 32 bits", "\"count\":7", "\"count\":4294967296", "bad_value",
            "/data/count"),
    ]

    static let badMeasures: [MalformedAlert] = [
        change(
            "a value past every double", "\"value\":7", "\"value\":1e999", "bad_value",
            "/data/measures/*/value"),
        change(
            "a value just past the largest double", "\"value\":7",
            "\"value\":-1.7976931348623159e308",
            "bad_value", "/data/measures/*/value"),
        change(
            "an endless limit", "\"limit\":5", "\"limit\":1e400", "bad_value",
            "/data/measures/*/limit"),
        change(
            "an unknown unit", "\"unit\":\"1\"", "\"unit\":\"furlong\"", "bad_unit",
            "/data/measures/*/unit"),
        change(
            "a unit in the wrong case", "\"unit\":\"1\"", "\"unit\":\"PPM\"", "bad_unit",
            "/data/measures/*/unit"),
        change(
            "degrees Celsius as people write it", "\"unit\":\"1\"", "\"unit\":\"°C\"", "bad_unit",
            "/data/measures/*/unit"),
        change(
            "an empty unit", "\"unit\":\"1\"", "\"unit\":\"\"", "bad_unit", "/data/measures/*/unit"),
        change("an empty name", "\"people\"", "\"\"", "bad_value", "/data/measures/*/name"),
        change(
            "a name of 49 bytes", "\"people\"", "\"\(String(repeating: "n", count: 49))\"",
            "bad_value",
            "/data/measures/*/name"),
        change(
            "a name with a space", "\"people\"", "\"Zhang San\"", "bad_value",
            "/data/measures/*/name"),
        add(
            "nine measures",
            "\"measures\":[\(Array(repeating: "{\"name\":\"n\",\"value\":1}", count: 9).joined(separator: ","))]",
            "bad_value", "/data/measures"),
    ]

    static let badFacts: [MalformedAlert] =
        [
            ("attributes that are no object", "[1]", "bad_schema", "/data/attrs"),
            ("33 attributes", "{\(attributes(33, name: 3, text: 1))}", "bad_value", "/data/attrs"),
            ("an attribute without a name", "{\"\":1}", "bad_value", "/data/attrs/*"),
            ("an attribute in capitals", "{\"Phase\":1}", "bad_value", "/data/attrs/*"),
            ("an attribute that begins with a digit", "{\"2nd\":1}", "bad_value", "/data/attrs/*"),
            ("an attribute with a dash", "{\"a-b\":1}", "bad_value", "/data/attrs/*"),
            ("an attribute with an escaped name", "{\"\\u0061\":1}", "bad_value", "/data/attrs/*"),
            (
                "an attribute with a name of 33 bytes", "{\(attributes(1, name: 33, text: 1))}",
                "bad_value", "/data/attrs/*"
            ),
            (
                "an attribute of 65 bytes", "{\(attributes(1, name: 3, text: 65))}", "bad_value",
                "/data/attrs/*"
            ),
            ("an attribute with a bell", "{\"a\":\"\\u0007\"}", "bad_value", "/data/attrs/*"),
            ("an attribute that is an object", "{\"a\":{}}", "bad_schema", "/data/attrs/*"),
            ("an attribute that is an array", "{\"a\":[]}", "bad_schema", "/data/attrs/*"),
            ("an endless attribute", "{\"a\":1e999}", "bad_value", "/data/attrs/*"),
            ("an attribute twice", "{\"a\":1,\"b\":2,\"a\":1}", "bad_schema", "/data/attrs/*"),
            (
                "an attribute twice, the first of which was dropped",
                "{\"a\":\"13800138000\",\"a\":1}", "bad_schema", "/data/attrs/*"
            ),
            ("an attribute that is no JSON", "{\"a\":nul}", "bad_encoding", ""),
            ("an attribute without a value", "{\"a\":}", "bad_encoding", ""),
        ].map { add($0.0, "\"attrs\":\($0.1)", $0.2, $0.3) }

    static let tooLong: [MalformedAlert] = [
        bad("an alert of 8,193 bytes", padded(to: 8193), "too_large", ""),
        bad("a mebibyte of blanks", String(repeating: " ", count: 1 << 20), "too_large", ""),
        MalformedAlert(
            "a mebibyte of garbage",
            (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) },
            "too_large", ""),
    ]

    /// The minimal alert with a field of blanks that makes it `count` bytes long.
    static func padded(to count: Int) -> String {
        let frame = adding("\"x\":\"\"").utf8.count
        return adding("\"x\":\"\(String(repeating: " ", count: count - frame))\"")
    }
}
