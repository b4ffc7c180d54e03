import Testing

@testable import Wire

@Suite struct UnitsTests {
    private func knows(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return Units.knows(bytes.span, 0, bytes.count)
    }

    @Test(arguments: [
        "1", "%", "[ppm]", "[ppb]", "%{LEL}", "Cel", "[degF]", "K", "m/s", "km/h", "mm/h", "Pa",
        "hPa", "kPa", "mg/m3",
        "ug/m3", "mg/L", "dB", "dB{A}", "lx", "V", "kW.h", "Hz", "uSv/h", "Bq/m3", "L/min", "m3/h",
        "s", "min", "deg", "[g]",
        "By/s", "Mbit/s", "{people}", "{people}/m2", "{vehicle}/h", "{vehicle}/min",
        "{connection}/s", "mm[Hg]", "[mi_i]/h",
    ])
    func aCodeThatDevicesSendIsKnown(_ code: String) {
        #expect(knows(code))
    }

    @Test(arguments: [
        "", "ppm", "C", "°C", "cel", "degC", "PM2.5", "furlong", "percent", "mph", "{people}/m2/s",
        "{vehicle}/minute!", "1 ", "m/s/s/s/s/s/s/s/s/s",
    ])
    func anyOtherIsNot(_ code: String) {
        #expect(!knows(code))
    }
}
