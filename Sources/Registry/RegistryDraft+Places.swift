public import Cells
public import Domain

/// What the city is asked about a source.
public struct PlaceQuestion: Sendable {
    public var position: Position?
    public var cell: String
}

/// What the city says about it.
public struct PlaceAnswer: Sendable {
    /// Where the position lies, or else the named cell; `.none` where neither is known.
    var cell = CellID.none
    var path = ""
    var isNamedThere = true
    var isInside = true
    /// Whether the position would lie in the city with latitude and longitude exchanged.
    var isSwapped = false
    /// Whether the position lies in the named cell or below it.
    var agrees = true
}

extension Grid {
    public func answers(_ questions: [PlaceQuestion]) -> [PlaceAnswer] {
        var answers: [PlaceAnswer] = []
        for question in questions { answers.append(answer(question)) }
        return answers
    }

    /// Where a source stands.
    func answer(_ question: PlaceQuestion) -> PlaceAnswer {
        var answer = PlaceAnswer()
        let named = question.cell.isEmpty ? CellID.none : find(question.cell)
        answer.isNamedThere = question.cell.isEmpty || named != .none
        answer.cell = named
        if let position = question.position {
            let (y, x) = (position.latitude, position.longitude)
            answer.cell = locate(latitude: y, longitude: x)
            answer.isInside = answer.cell != .none
            answer.isSwapped =
                !answer.isInside && locate(latitude: x, longitude: y) != .none
            answer.agrees = named == .none || !answer.isInside || isWithin(answer.cell, named)
        }
        if answer.cell != .none { answer.path = path(of: answer.cell) }
        return answer
    }
}

extension RegistryDraft {
    /// What the city has to be asked, source by source.
    public func questions() -> [PlaceQuestion] {
        sources.map { PlaceQuestion(position: $0.position, cell: $0.cell) }
    }

    /// Takes the city's answers, in the order of the questions.
    public mutating func take(_ answers: [PlaceAnswer]) {
        for (index, answer) in answers.enumerated() {
            check(index, answer)
            sources[index].cellID = answer.cell
            sources[index].cell = answer.path
        }
    }

    private mutating func check(_ index: Int, _ answer: PlaceAnswer) {
        let row = rows[index]
        if !answer.isNamedThere {
            problems.add(
                .cell, "there is no cell `\(row[.cell])` in this city", at: row.place(of: .cell),
                hint: "a cell's code or path; `tocsin cells find` names the cell of a position")
        }
        if answer.isSwapped {
            reportSwapped(row)
        } else if !answer.isInside {
            problems.add(
                .outside, "\(row[.latitude]), \(row[.longitude]) is outside of the city",
                at: row.place(of: .latitude), hint: "the place must be on a cell of the map")
        }
        if !answer.agrees {
            problems.add(
                .disagreement, "the position lies in \(answer.path), not in `\(row[.cell])`",
                at: row.place(of: .cell), hint: "leave the cell out: the position wins")
        }
    }

    /// Holds the kinds of all sources against those that the catalog has.
    public mutating func check(kinds: [String]) {
        let known = Set(kinds)
        var verdicts: [KindPattern: Bool] = [:]
        for (index, source) in sources.enumerated() {
            for pattern in source.kinds {
                let isKnown =
                    verdicts[pattern]
                    ?? (known.contains(pattern.text) || kinds.contains { pattern.covers($0) })
                verdicts[pattern] = isKnown
                if isKnown { continue }
                problems.add(
                    .kind, "the catalog has no kind `\(pattern.text)`",
                    at: rows[index].place(of: .kinds),
                    hint: Likeness.hint(for: pattern.text, among: kinds))
            }
        }
    }
}
