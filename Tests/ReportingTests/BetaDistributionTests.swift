import Domain
import Testing

@testable import Reporting

@Suite("What counts say of a share")
struct BetaDistributionTests {
    /// Sums of binomial terms in exact fractions; the last by SciPy 1.17.
    @Test(
        "The incomplete beta function has its known values",
        arguments: [
            (0.5, 2.0, 2.0, 0.5), (0.3, 2, 5, 0.579825), (0.9, 9, 2, 0.7360989291),
            (0.01, 1, 20, 0.18209306240276912), (0.7, 40, 20, 0.7001783247477068),
            (0.99, 200, 3, 0.6712381710383893), (0.9, 90_001, 10_001, 0.5022427539929002),
        ])
    func cumulative(x: Double, alpha: Double, beta: Double, known: Double) {
        let found = BetaDistribution(alpha: alpha, beta: beta).cumulative(x)
        #expect(abs(found - known) < 1e-9, "\(found)")
    }

    @Test("Nothing lies below 0 and everything below 1")
    func ends() {
        let distribution = BetaDistribution(alpha: 3, beta: 4)
        #expect(distribution.cumulative(-1) == 0 && distribution.cumulative(0) == 0)
        #expect(distribution.cumulative(1) == 1 && distribution.cumulative(2) == 1)
    }

    @Test(
        "Mean and interval of a precision are those of Beta(1 + right, 1 + wrong)",
        arguments: [
            (0, 1, 0.33333333, 0.01257912, 0.84188612), (1, 0, 0.66666667, 0.15811388, 0.98742088),
            (3, 1, 0.66666667, 0.28358206, 0.94725505), (9, 1, 0.83333333, 0.58722008, 0.97716880),
            (47, 3, 0.92307692, 0.83757778, 0.97821644),
            (90_000, 10_000, 0.89999200, 0.89812502, 0.90184383),
        ])
    func estimate(right: Int, wrong: Int, mean: Double, low: Double, high: Double) {
        let estimate = PrecisionEstimate(right: right, wrong: wrong)
        #expect(abs(estimate.mean - mean) < 1e-7, "\(estimate)")
        #expect(abs(estimate.low - low) < 1e-7, "\(estimate)")
        #expect(abs(estimate.high - high) < 1e-7, "\(estimate)")
    }

    @Test("Without a single outcome that counts nothing is said")
    func empty() {
        var precision = Precision()
        precision.add(.goneOnArrival)
        precision.add(.duplicate)
        precision.add(.test)
        precision.add(.unknown)
        #expect(precision.right == 0 && precision.wrong == 0 && precision.estimate == nil)
        precision.add(.confirmed)
        precision.add(.prevented)
        precision.add(.falseAlarm)
        precision.add(.notFound)
        #expect(precision.right == 2 && precision.wrong == 2 && precision.estimate?.mean == 0.5)
    }
}
