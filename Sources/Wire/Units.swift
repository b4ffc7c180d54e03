/// The UCUM codes an alert's measures may be in.
///
/// UCUM (the Unified Code for Units of Measure) is case-sensitive and open-ended: these are the
/// codes that meters, gas and air monitors, cameras, traffic counters, networks and weather
/// stations send, and the annotations in braces that counts are given in. An unknown one is refused
/// rather than guessed at, because a rule compares numbers.
enum Units {
    /// Whether `bytes[start..<end]` is such a code.
    @_noAllocation @_noLocks
    static func knows(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        let code = Word.of(bytes, start, end)
        if code.high == 0 {
            return isCount(code.low) || isCommon(code.low) || isPhysical(code.low)
                || isElectrical(code.low) || isData(code.low)
        }
        return isLong(code)
    }

    @inline(__always) private static func of(_ text: StaticString) -> UInt64 { Word(text).low }

    /// Numbers without dimension, and rates of them.
    @inline(__always)
    private static func isCount(_ c: UInt64) -> Bool {
        c == of("1") || c == of("%") || c == of("[ppm]") || c == of("[ppb]") || c == of("[pptr]")
            || c == of("[pH]") || c == of("%{LEL}") || c == of("{AQI}")
            || c == of("1/s") || c == of("1/min") || c == of("1/h") || c == of("1/d")
            || c == of("/s") || c == of("/min") || c == of("/h") || c == of("/d") || c == of("/m2")
            || c == of("1/m2") || c == of("{count}") || c == of("{people}") || c == of("{event}")
            || c == of("{index}") || c == of("{score}") || c == of("{call}") || c == of("{item}")
            || c == of("{packet}") || c == of("{event}/h") || c == of("{call}/h")
    }

    /// Time, temperature, length, speed, angle.
    @inline(__always)
    private static func isCommon(_ c: UInt64) -> Bool {
        c == of("s") || c == of("ms") || c == of("us") || c == of("min") || c == of("h")
            || c == of("d") || c == of("wk") || c == of("mo") || c == of("a")
            || c == of("Cel") || c == of("[degF]") || c == of("K") || c == of("Cel/min")
            || c == of("m") || c == of("mm") || c == of("cm") || c == of("km") || c == of("um")
            || c == of("nm") || c == of("[ft_i]") || c == of("[in_i]") || c == of("[mi_i]")
            || c == of("m/s") || c == of("mm/s") || c == of("cm/s") || c == of("km/h")
            || c == of("[kn_i]") || c == of("m/s2") || c == of("mm/h") || c == of("[g]")
            || c == of("deg") || c == of("rad") || c == of("deg/s") || c == of("m2")
            || c == of("[mi_i]/h") || c == of("[ft_i]/s") || c == of("[in_i]/h")
            || c == of("km2") || c == of("har") || c == of("mm/d") || c == of("mm/a")
    }

    /// Mass, volume, flow, pressure, force, energy, concentration, radiation.
    @inline(__always)
    private static func isPhysical(_ c: UInt64) -> Bool {
        c == of("g") || c == of("kg") || c == of("mg") || c == of("ug") || c == of("t")
            || c == of("L") || c == of("mL") || c == of("m3") || c == of("L/s") || c == of("L/min")
            || c == of("L/h") || c == of("mL/min") || c == of("m3/h") || c == of("m3/s")
            || c == of("Pa") || c == of("hPa") || c == of("kPa") || c == of("MPa") || c == of("bar")
            || c == of("mbar") || c == of("mm[Hg]") || c == of("mm[H2O]") || c == of("cm[H2O]")
            || c == of("[lb_av]") || c == of("[gal_us]") || c == of("[psi]") || c == of("N")
            || c == of("kN") || c == of("J") || c == of("kJ") || c == of("MJ") || c == of("N.m")
            || c == of("g/m3") || c == of("mg/m3") || c == of("ug/m3") || c == of("ng/m3")
            || c == of("g/L") || c == of("mg/L") || c == of("ug/L") || c == of("mol/L")
            || c == of("{NTU}") || c == of("S/m") || c == of("mS/cm") || c == of("uS/cm")
            || c == of("Sv") || c == of("mSv") || c == of("uSv") || c == of("Sv/h")
            || c == of("mSv/h") || c == of("uSv/h") || c == of("nSv/h") || c == of("Gy")
            || c == of("uGy/h") || c == of("nGy/h") || c == of("Bq") || c == of("Bq/m3")
            || c == of("Bq/L") || c == of("Bq/kg") || c == of("pCi/L") || c == of("kg/m3")
    }

    /// Electricity, frequency, light, sound.
    @inline(__always)
    private static func isElectrical(_ c: UInt64) -> Bool {
        c == of("V") || c == of("mV") || c == of("kV") || c == of("A") || c == of("mA")
            || c == of("uA") || c == of("kA") || c == of("W") || c == of("mW") || c == of("kW")
            || c == of("MW") || c == of("W/m2") || c == of("W.h") || c == of("kW.h")
            || c == of("MW.h") || c == of("V.A") || c == of("kV.A") || c == of("A.h")
            || c == of("Ohm") || c == of("kOhm") || c == of("MOhm") || c == of("F") || c == of("T")
            || c == of("uT") || c == of("mT") || c == of("V/m") || c == of("Hz") || c == of("kHz")
            || c == of("MHz") || c == of("GHz") || c == of("{rpm}") || c == of("lx")
            || c == of("klx") || c == of("lm") || c == of("cd") || c == of("cd/m2")
            || c == of("dB") || c == of("dB[SPL]") || c == of("dB{A}") || c == of("dB[W]")
            || c == of("dB{mW}") || c == of("dB[uV]")
    }

    /// Amounts and rates of data.
    @inline(__always)
    private static func isData(_ c: UInt64) -> Bool {
        c == of("By") || c == of("kBy") || c == of("MBy") || c == of("GBy") || c == of("TBy")
            || c == of("KiBy") || c == of("MiBy") || c == of("GiBy") || c == of("TiBy")
            || c == of("bit") || c == of("bit/s") || c == of("kbit/s") || c == of("Mbit/s")
            || c == of("Gbit/s") || c == of("By/s") || c == of("kBy/s") || c == of("MBy/s")
            || c == of("Bd")
    }

    /// The codes of more than 8 bytes.
    @inline(__always)
    private static func isLong(_ code: Word) -> Bool {
        code == Word("{vehicle}") || code == Word("{vehicle}/h") || code == Word("{vehicle}/min")
            || code == Word("{people}/m2") || code == Word("{people}/h")
            || code == Word("{people}/min") || code == Word("{packet}/s")
            || code == Word("{request}/s") || code == Word("{event}/min")
            || code == Word("{connection}") || code == Word("{connection}/s")
    }
}
