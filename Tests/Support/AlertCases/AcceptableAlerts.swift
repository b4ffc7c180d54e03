extension AlertCases {
    /// Alerts at their limits, and ones written in ways that JSON and the protocol allow.
    public static var acceptable: [AcceptableAlert] { atTheirLimits + unusual + ordinaryNames }

    static func good(_ name: String, _ old: String, _ new: String, dropped: Int = 0)
        -> AcceptableAlert
    {
        AcceptableAlert(name, changed(old, new), dropped: dropped)
    }

    static let atTheirLimits: [AcceptableAlert] = [
        AcceptableAlert("the example", example),
        AcceptableAlert("what is required", minimal),
        AcceptableAlert("8,192 bytes", padded(to: 8192), dropped: 1),
        good("an id of 64 bytes", "01J9Z3K6T4-17", String(repeating: "i", count: 64)),
        good("an id of every mark", "01J9Z3K6T4-17", "!#$%&'()*,-./:;<=>?[]^_`{|}~ "),
        good("a source of 96 bytes", "acme/site-7/cam-03", String(repeating: "s", count: 96)),
        good("a source of six segments", "acme/site-7/cam-03", "a/b.c/d_e/f-g/5/z"),
        good(
            "the largest sequence", "\"sequence\":\"17\"", "\"sequence\":\"18446744073709551615\""),
        good(
            "the largest sequence as number", "\"sequence\":\"17\"",
            "\"sequence\":18446744073709551615"),
        good(
            "a sequence with leading zeros", "\"sequence\":\"17\"",
            "\"sequence\":\"00000000000000000000000017\""),
        good("a confidence of one", "0.92", "1"),
        good("a confidence of nothing", "0.92", "-0.0e5"),
        good("the north pole", "40.6086", "90"),
        good("the south pole and the date line", "40.6086,\"lon\":-73.9730", "-90.0,\"lon\":-180"),
        good("an accuracy of half the earth", "\"accuracy_m\":15", "\"accuracy_m\":20037509"),
        good("the largest count", "\"count\":7", "\"count\":4294967295"),
        good("a count with a fraction of nothing", "\"count\":7", "\"count\":7.0"),
        good("a count with an exponent", "\"count\":7", "\"count\":0.7e1"),
        good("the largest value", "\"value\":7", "\"value\":1.7976931348623157e308"),
        good("the smallest value", "\"value\":7", "\"value\":4.9e-324"),
        good("a value too small for a double", "\"value\":7", "\"value\":1e-999"),
        good("a cell of eight codes with its last slash", "NYC/3/311/311-042", "1/2/3/4/5/6/7/8/"),
        good("a code of 31 bytes", "NYC/3", "NYC/\(String(repeating: "c", count: 31))"),
        AcceptableAlert(
            "a text of 256 bytes", adding("\"text\":\"\(String(repeating: "t", count: 256))\"")),
        AcceptableAlert(
            "a text of 85 Chinese characters",
            adding("\"text\":\"\(String(repeating: "烟", count: 85))\"")),
        AcceptableAlert("an empty text", adding("\"text\":\"\"")),
        AcceptableAlert(
            "a ref of 64 bytes", adding("\"ref\":\"\(String(repeating: "r", count: 64))\"")),
        AcceptableAlert(
            "a link of 512 bytes",
            adding("\"media\":[\"https://\(String(repeating: "m", count: 504))\",\"https://a/b\"]")),
        AcceptableAlert(
            "64 area cells",
            adding(
                "\"area\":{\"cells\":[\(Array(repeating: "\"A/1/\"", count: 64).joined(separator: ","))]}"
            )),
        AcceptableAlert(
            "64 corners",
            adding(
                "\"area\":{\"polygon\":[\(Array(repeating: "{\"lon\":121.5,\"lat\":31.2}", count: 64).joined(separator: ","))]}"
            )),
        AcceptableAlert("a radius of half the earth", adding("\"area\":{\"radius_m\":20037509}")),
        AcceptableAlert("no measures", adding("\"measures\":[]")),
        AcceptableAlert("no attributes", adding("\"attrs\":{}")),
        AcceptableAlert("null for attributes", adding("\"attrs\":null")),
        AcceptableAlert(
            "an attribute of every type",
            adding(
                "\"attrs\":{\"phase\":\"start\",\"floors\":4,\"depth_2\":-1.5e2,\"wet\":true,\"dry\":false,\"n\":null}"
            )),
        AcceptableAlert(
            "32 attributes of full names and texts",
            adding("\"attrs\":{\(attributes(32, name: 32, text: 64))}")),
        AcceptableAlert(
            "an attribute that tells of a person, which is dropped",
            adding("\"attrs\":{\"driver_name\":{\"a\":[\"x\"]},\"phase\":\"start\"}"), dropped: 1),
        AcceptableAlert(
            "an attribute with a telephone number, which is dropped",
            adding("\"attrs\":{\"desk\":\"138 0013 8000\",\"phase\":\"start\"}"), dropped: 1),
        AcceptableAlert(
            "eight measures of full names",
            adding(
                "\"measures\":[\(Array(repeating: "{\"name\":\"\(String(repeating: "n", count: 48))\",\"value\":1,\"unit\":\"{vehicle}/min\"}", count: 8).joined(separator: ","))]"
            )),
        AcceptableAlert(
            "nesting at the limit",
            adding(
                "\"x\":" + String(repeating: "[", count: 14) + String(repeating: "]", count: 14)),
            dropped: 1),
    ]

    /// Members of `attrs`, with names and texts of that many bytes.
    static func attributes(_ count: Int, name: Int, text: Int) -> String {
        (0..<count).map { number in
            let digits = number < 10 ? "0\(number)" : "\(number)"
            let letters = String(repeating: "n", count: name - 2)
            return "\"\(letters)\(digits)\":\"\(String(repeating: "t", count: text))\""
        }.joined(separator: ",")
    }

    static let unusual: [AcceptableAlert] =
        [
            AcceptableAlert(
                "white space everywhere",
                example.map { "{}[],:".contains($0) && $0 != ":" ? " \($0)\r\n\t" : "\($0)" }
                    .joined()),
            AcceptableAlert("data before the attributes", dataFirst),
            good(
                "null in every optional field", "\"state\":\"raise\"",
                "\"state\":null,\"ref\":null,\"text\":null,\"urgency\":null,\"area\":null,\"media\":null,\"status\":null,\"end\":null,\"expires\":null,\"time_quality\":null"
            ),
            good("a null position", "{\"lat\":40.6086,\"lon\":-73.9730,\"accuracy_m\":15}", "null"),
            good("null in a measure", "\"unit\":\"1\",\"limit\":5", "\"unit\":null,\"limit\":null"),
            good("an escaped slash", "acme/site-7/cam-03", "acme\\/site-7\\/cam-03"),
            good("an escaped key", "\"kind\":", "\"\\u006b\\u0069nd\":"),
            good("an escaped kind", "crowd.density", "crowd\\u002edensity"),
            good(
                "an escaped plus in a time", "2026-05-25T13:42:11.412Z",
                "2026-05-25T13:42:11.412\\u002B08:00"),
            good(
                "a content type", "\"id\":",
                "\"datacontenttype\":\"application/json; charset=utf-8\",\"id\":"),
            good(
                "CloudEvents attributes we don't use", "\"id\":",
                "\"subject\":\"x\",\"dataschema\":\"y\",\"traceparent\":\"z\",\"id\":", dropped: 3),
            good(
                "a field we don't know, of every type", "\"count\":7",
                "\"a\":\"\\ud800\",\"b\":-1.5E+3,\"c\":[null,true,false,{\"d\":[]}],\"e\":{},\"f\":1e999",
                dropped: 5),
            good("a plate in a field we skip", "\"count\":7", "\"plate\":\"京A12345\"", dropped: 1),
            good(
                "unknown fields in a position and a measure", "\"lat\":", "\"alt\":7,\"lat\":",
                dropped: 1),
            good("a key twice that we don't know", "\"count\":7", "\"x\":1,\"x\":2", dropped: 2),
            good(
                "a key that only begins like one of ours", "\"count\":7",
                "\"kin\":1,\"kindly\":2,\"datacontenttypes\":3,\"kind\\u0000\":4,\"\":5", dropped: 5
            ),
            AcceptableAlert(
                "every word",
                adding(
                    "\"state\":\"clear\",\"status\":\"exercise\",\"urgency\":\"immediate\",\"time_quality\":\"date_only\",\"ref\":\"a\",\"expires\":\"2026-05-26T00:00:00Z\",\"start\":\"2026-05-25T00:00:00Z\",\"end\":\"2026-05-25T00:00:00Z\""
                )),
            AcceptableAlert(
                "a text with a telephone number, which is dropped",
                adding("\"text\":\"call 138 0013 8000\""), dropped: 1),
            AcceptableAlert(
                "a text with a plate, which is dropped", adding("\"text\":\"白色轿车沪A·12345违停\""),
                dropped: 1),
            AcceptableAlert(
                "a text with an escaped mail address, which is dropped",
                adding("\"text\":\"li.lei\\u0040example.com\""), dropped: 1),
            AcceptableAlert(
                "a text with pairs and breaks",
                adding("\"text\":\"a\\ud83d\\ude00\\n\\t烟\\\"\\\\\\/\"")),
        ]
        + [
            "2026-05-25T13:42:11Z", "2026-05-25t13:42:11z", "2024-02-29T00:00:00+23:59",
            "2000-02-29T00:00:00-23:59",
            "2026-05-25T13:42:11.123456789Z", "2026-05-25T13:42:11.1-00:00", "1970-01-01T00:00:00Z",
            "2261-12-31T23:59:59.999999999Z",
        ].map { good("the time \($0)", "2026-05-25T13:42:11.412Z", $0) }

    /// Names that machines make, which must never be taken for somebody's number.
    static let ordinaryNames: [AcceptableAlert] = [
        "01J9Z3K6T4-17", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "123e4567-e89b-12d3-a456-426614174000",
        "f47ac10b58cc4372a5670e02b2c3d479", "00000000-0000-0000-0000-000000000017",
        "2026-05-25T13:42:11.412Z",
        "2026-05-25T13:42:11+08:00", "20260525134211412", "1779716531412", "1779716531412345678",
        "1779716531",
        "26-05-25-13-42-11", "cam-101-12-2026", "311-042-0017", "v1.2.3.4",
        "urn:uuid:123e4567-e89b-12d3",
        "cam::17", "a@b", "10.2.1", "175928847299117063", "0123456789", "cam-13800138000123",
        "x13800138000",
        "13:42:11", "gas-01#91", "b7:18", "12345678901234567890",
    ].map { good("the id \($0)", "01J9Z3K6T4-17", $0) }

    private static let dataFirst = """
        {"data":{"severity":"minor","kind":"gas.concentration"},"time":"2026-05-25T13:42:11Z",\
        "source":"s","id":"a","type":"tocsin.alert.v1","specversion":"1.0"}
        """
}
