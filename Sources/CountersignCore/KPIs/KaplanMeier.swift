/// The Kaplan–Meier estimate of how long something takes while some cases are still open
/// (Kaplan and Meier 1958).
public struct KaplanMeier: Sendable {
    /// Survival just after each observed time, ascending.
    private let steps: [(seconds: Int64, survival: Double)]

    /// - Parameters:
    ///   - observed: how long the finished cases took, in seconds.
    ///   - censored: how long the open ones have been watched; at an equal time the finished one comes first.
    public init(observed: [Int64], censored: [Int64]) {
        let events = observed.sorted()
        let open = censored.sorted()
        var atRisk = events.count + open.count
        var survival = 1.0
        var steps: [(Int64, Double)] = []
        var nextOpen = 0
        var index = 0
        while index < events.count {
            let time = events[index]
            while nextOpen < open.count, open[nextOpen] < time {
                nextOpen += 1
                atRisk -= 1
            }
            var finished = 0
            while index < events.count, events[index] == time {
                finished += 1
                index += 1
            }
            survival *= Double(atRisk - finished) / Double(atRisk)
            atRisk -= finished
            steps.append((time, survival))
        }
        self.steps = steps
    }

    /// The smallest observed time at which the share still open is at most 1 − `share`; `nil` if it never is.
    public func seconds(until share: Double) -> Int64? {
        steps.first { $0.survival <= 1 - share + 1e-12 }?.seconds
    }
}
