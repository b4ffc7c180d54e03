import Glibc

/// The beta distribution: what a share may be, after so many hits and misses.
struct BetaDistribution {
    private let alpha: Double
    private let beta: Double
    /// The logarithm of 1 / B(alpha, beta).
    private let logScale: Double

    /// **Range**: both over 0.
    init(alpha: Double, beta: Double) {
        (self.alpha, self.beta) = (alpha, beta)
        logScale = Self.logGamma(alpha + beta) - Self.logGamma(alpha) - Self.logGamma(beta)
    }

    var mean: Double { alpha / (alpha + beta) }

    /// The regularized incomplete beta function. The fraction converges fast below the mean; above
    /// it the other tail is reckoned.
    func cumulative(_ x: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        let front = exp(alpha * log(x) + beta * log1p(-x) + logScale)
        if x < (alpha + 1) / (alpha + beta + 2) {
            return front * Self.fraction(alpha, beta, x) / alpha
        }
        return 1 - front * Self.fraction(beta, alpha, 1 - x) / beta
    }

    /// Below which the value lies with this probability, by bisection: 50 halvings leave less than
    /// 1e-15.
    func quantile(_ share: Double) -> Double {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<50 {
            let middle = (low + high) / 2
            if cumulative(middle) < share { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// How many terms are taken at most: the square root of a million tasks, ten times.
    private static let termsMax = 10_000

    /// The continued fraction of the incomplete beta function by Lentz's method.
    ///
    /// **Source**: DLMF 8.17.22; Numerical Recipes, 6.4.
    private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
        var c = 1.0
        var d = 1 / nonzero(1 - (a + b) * x / (a + 1))
        var product = d
        for term in 1...termsMax {
            let m = Double(term)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / nonzero(1 + even * d)
            c = nonzero(1 + even / c)
            product *= c * d
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / nonzero(1 + odd * d)
            c = nonzero(1 + odd / c)
            product *= c * d
            if abs(c * d - 1) < 1e-15 { break }
        }
        return product
    }

    private static func nonzero(_ number: Double) -> Double {
        abs(number) < 1e-300 ? 1e-300 : number
    }

    private static func logGamma(_ number: Double) -> Double {
        let result: (Double, Int) = lgamma(number)
        return result.0
    }
}
