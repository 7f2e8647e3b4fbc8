internal import CountersignCore
internal import CountersignReport

/// What `explain` says of one name: an explanation, or of a change the two that it lies between.
struct FigureAnswer {
    let name: String
    let value: Document
    /// The later first.
    let windows: [(window: ReportWindow, explanation: Explanation)]

    var explanations: [Explanation] { windows.map(\.explanation) }
}

extension FigureExplainer {
    /// - Throws: `Failure` 64 for the name of nothing, with the nearest one that is.
    func answer(_ name: String, account: String?, hasRows: Bool) throws -> FigureAnswer {
        if let answer = try own(name, account: account, hasRows: hasRows) { return answer }
        if let base = name.dropping(".before"),
            let answer = try own(base, account: account, hasRows: hasRows, isPrevious: true)
        {
            return answer
        }
        if let base = name.dropping(".change"), let now = try own(base, account: account, hasRows: hasRows),
            let before = try own(base, account: account, hasRows: hasRows, isPrevious: true)
        {
            return FigureAnswer(
                name: name, value: Self.change(from: before.value, to: now.value), windows: now.windows + before.windows
            )
        }
        throw try read { explainer in unknown(name, account: account, explainer) }
    }

    private func own(
        _ name: String, account: String?, hasRows: Bool, isPrevious: Bool = false
    ) throws -> FigureAnswer? {
        try read(isPrevious: isPrevious) { explainer in
            guard let found = find(name, account: account, in: explainer) else { return nil }
            let explanation = try explainer.explain(found, account: account, hasRows: hasRows)
            return FigureAnswer(
                name: explanation.name, value: explanation.value,
                windows: [(isPrevious ? window.previous : window, explanation)])
        }
    }

    /// A name as the report writes it: people by pseudonym, headlines by the report's own word for them.
    private func find(_ name: String, account: String?, in explainer: Explainer) -> FigureName? {
        let people = pseudonyms(in: explainer.document)
        let named = people.reduce(name) { name, person in name.replacing(".\(person.key)", with: ".\(person.value)") }
        let own = [named, "controls.\(named)"] + reportPaths(of: name)
        return own.lazy.compactMap { explainer.resolve($0, account: account) }.first
    }

    private func unknown(_ name: String, account: String?, _ explainer: Explainer) -> Failure {
        let known = explainer.accountNames
        if let account, !known.contains(account) {
            return Failure(
                .usage,
                "--account: error: there is no account “\(account)”\n  fix: "
                    + (known.isEmpty ? "nothing has been read for any account" : "use \(known.joined(separator: ", "))")
            )
        }
        let nearest = explainer.nearest(to: name, account: account).map { "did you mean “\($0)”?" }
        return Failure(
            .usage,
            "explain: error: “\(name)” is the name of nothing in the report\n  fix: "
                + (nearest
                    ?? "use a path of kpis.json, such as triage.p2_rate, or a KPI: breach_trend, triage, edit_patterns")
        )
    }

    /// `null` unless both are numbers.
    private static func change(from before: Document, to now: Document) -> Document {
        switch (before, now) {
        case (.int(let before), .int(let now)): .int(now - before)
        case (.decimal(let before, let digits), .decimal(let now, let same)) where digits == same:
            .decimal(now - before, digits: digits)
        default: .null
        }
    }
}

extension String {
    fileprivate func dropping(_ suffix: String) -> String? {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : nil
    }
}
