internal import CountersignCore

/// The sentences of event lines in a language other than English: labels added, resolved, reopened, self-assigned.
///
/// The languages are those whose texts are known for certain. Some of Chatwoot's translations are wrong (in Czech
/// “added” reads “removed”), so no other is guessed at; webhooks and database rows tell the same without words.
struct LineLanguage {
    /// What stands before, between and behind the names of a sentence; `nil` where a name begins or ends it.
    private struct Sentence {
        var before: StaticString?
        var between: StaticString?
        var behind: StaticString?

        /// The one name, or two on either side of `between`; `nil` for another sentence.
        func names(in line: Substring) -> (Substring, Substring?)? {
            var rest = line
            if let before {
                guard let found = rest.after(before) else { return nil }
                rest = found
            }
            if let behind {
                guard let found = rest.before(behind) else { return nil }
                rest = found
            }
            guard let between else { return rest.isEmpty ? nil : (rest, nil) }
            return rest.cutAtLast(between).map { ($0.before, $0.after) }
        }
    }

    private let added: Sentence
    private let resolved: Sentence
    private let reopened: Sentence
    private let selfAssigned: Sentence

    private static let all = [
        LineLanguage(  // de
            added: Sentence(between: " hat ", behind: " hinzugefügt"),
            resolved: Sentence(before: "Das Gespräch wurde von ", behind: " gelöst"),
            reopened: Sentence(before: "Das Gespräch wurde von ", behind: " wieder eröffnet"),
            selfAssigned: Sentence(behind: " hat sich dieses Gespräch selbst zugewiesen")),
        LineLanguage(  // es
            added: Sentence(between: " agregó "),
            resolved: Sentence(before: "La conversación fue marcada por "),
            reopened: Sentence(before: "La conversación fue reabierta por "),
            selfAssigned: Sentence(behind: " auto-asignado a esta conversación")),
        LineLanguage(  // fr
            added: Sentence(between: " a ajouté "),
            resolved: Sentence(before: "La conversation a été marquée résolue par "),
            reopened: Sentence(before: "La conversation a été ré-ouverte par "),
            selfAssigned: Sentence(behind: " s'est auto-assigné cette conversation")),
        LineLanguage(  // pt_BR
            added: Sentence(between: " adicionou "),
            resolved: Sentence(before: "Conversa foi marcada como resolvida por "),
            reopened: Sentence(before: "Conversa foi reaberta por "),
            selfAssigned: Sentence(behind: " atribuiu a si mesmo essa conversa")),
        LineLanguage(  // it
            added: Sentence(between: " ha aggiunto "),
            resolved: Sentence(before: "La conversazione è stata contrassegnata come risolta da "),
            reopened: Sentence(before: "La conversazione è stata riaperta da "),
            selfAssigned: Sentence(behind: " si è assegnato a questa conversazione")),
        LineLanguage(  // ru
            added: Sentence(between: " добавил "),
            resolved: Sentence(behind: " завершил диалог"),
            reopened: Sentence(behind: " открыл заново диалог"),
            selfAssigned: Sentence(behind: " назначил(а) разговор себе")),
    ]

    /// - Returns: `nil` for a line that is no sentence of these languages.
    static func read(_ line: Substring) -> [Activity]? {
        for language in all {
            if let (actor, _) = language.selfAssigned.names(in: line) {
                return [Activity(kind: .assigned, actor: String(actor), subject: String(actor))]
            }
            if let (actor, _) = language.resolved.names(in: line) {
                return [Activity(kind: .resolved, actor: Activity.person(actor), subject: nil)]
            }
            if let (actor, _) = language.reopened.names(in: line) {
                return [Activity(kind: .reopened, actor: Activity.person(actor), subject: nil)]
            }
            if let (actor, list) = language.added.names(in: line), let list,
                let labels = Activity.labels(list, kind: .labelAdded, actor: actor)
            {
                return labels
            }
        }
        return nil
    }
}
