internal import CountersignCore

/// Makes the facts of every touched conversation again and writes them.
final class FactWriter {
    private let settings: KPISettings
    private let features: TextFeatureExtractor
    private let basis: FactBasis
    private let templates: TemplateCatalogue
    private let reader: TimelineReader
    private let touched: Statement
    private let deleteFact: Statement
    private let putFact: Statement
    private let escalations: EscalationWriter
    private let conduct: ConductWriter
    private let putOrphan: Statement
    private let deleteOrphan: Statement
    private let deleteReply: Statement
    private let putReply: Statement
    private let patterns: PatternWriter
    private let untemplated: UntemplatedReplyWriter

    init(
        _ connection: OpaquePointer?, basis: FactBasis, settings: KPISettings, features: TextFeatureExtractor
    ) throws(StoreError) {
        self.settings = settings
        self.features = features
        self.basis = basis
        templates = TemplateCatalogue(basis.templates)
        reader = try TimelineReader(connection)
        touched = try Statement(
            connection,
            "select account_id, conversation_id from touched where account_id <> 0 order by account_id, conversation_id"
        )
        deleteFact = try Statement(
            connection, "delete from conversation_fact where account_id = ? and conversation_id = ?")
        putFact = try Statement(
            connection,
            "insert or replace into conversation_fact (account_id, conversation_id, created_at, last_activity_at,"
                + " inbox_id, contact_id, first_reply_at, resolved_at, is_resolution_approximate, breached_at,"
                + " over_2h_at, breach_resolved_at, message_coverage, purged_before, response_at, response_by,"
                + " response_due_at, first_message_at, complete_at)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        escalations = try EscalationWriter(connection, settings: settings)
        conduct = try ConductWriter(connection)
        putOrphan = try Statement(
            connection, "insert or replace into orphan (account_id, conversation_id, has_conversation) values (?, ?, ?)"
        )
        deleteOrphan = try Statement(connection, "delete from orphan where account_id = ? and conversation_id = ?")
        deleteReply = try Statement(
            connection, "delete from reply_fact where account_id = ? and decided_at = ? and decision_id = ?")
        putReply = try Statement(
            connection,
            "insert or replace into reply_fact (account_id, decided_at, decision_id, conversation_id, actor_id,"
                + " template, edit_class, distance, longest, is_suggestion_used, tone_grade, accuracy_grade,"
                + " policy_grade, action_kind, message_id, message_at, customer_at, other_act_at, ack_due_at,"
                + " has_unfilled_variable, has_stand_in_name)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        patterns = try PatternWriter(connection)
        untemplated = try UntemplatedReplyWriter(connection)
    }

    /// - Returns: how many conversations were done.
    func run() throws(StoreError) -> Int {
        var keys: [(account: Int64, conversation: Int64)] = []
        while try touched.step() { keys.append((touched.int64(0), touched.int64(1))) }
        var directories: [Int64: StaffDirectory] = [:]
        for key in keys {
            let directory: StaffDirectory
            if let known = directories[key.account] {
                directory = known
            } else {
                directory = StaffDirectory(
                    staff: basis.staff(of: key.account), managers: settings.managers,
                    teams: basis.teams(of: key.account))
                directories[key.account] = directory
            }
            try write(key.account, key.conversation, staff: directory)
        }
        return keys.count
    }

    private func write(_ account: Int64, _ conversation: Int64, staff: StaffDirectory) throws(StoreError) {
        let material = try reader.read(account, conversation)
        try writeReplies(material, account, conversation, staff: staff)
        guard conversation != 0 else { return }
        try writeOrphan(material, account, conversation)
        // An internal id alone: what it is of will be known with its display id.
        guard conversation > 0 else { return }

        let facts = ConversationFacts(material.timeline, settings: settings)
        let escalations = material.timeline.escalations(
            staff: staff, facts: facts, features: features, settings: settings)
        let conduct = Conduct(
            material.timeline, facts: facts, escalations: escalations, staff: staff, settings: settings)
        if let facts, let state = material.state {
            putFact.bind(account, 1)
            putFact.bind(conversation, 2)
            putFact.bind(facts.createdAt, 3)
            putFact.bind(state.lastActivityAt, 4)
            putFact.bind(state.inbox, 5)
            putFact.bind(state.contact, 6)
            putFact.bind(facts.firstReplyAt, 7)
            putFact.bind(facts.resolvedAt, 8)
            putFact.bind(facts.isResolutionApproximate, 9)
            putFact.bind(facts.breachedAt, 10)
            putFact.bind(facts.overTwoHoursAt, 11)
            putFact.bind(facts.breachResolvedAt, 12)
            putFact.bind(facts.messages.rawValue, 13)
            putFact.bind(material.purgedBefore, 14)
            putFact.bind(conduct.breachResponse?.at, 15)
            putFact.bind(conduct.breachResponse?.by, 16)
            putFact.bind(conduct.breachResponse?.dueAt, 17)
            putFact.bind(facts.firstMessageAt, 18)
            putFact.bind(facts.completeAt, 19)
            try putFact.run()
        } else if material.purgedBefore == 0 {
            deleteFact.bind(account, 1)
            deleteFact.bind(conversation, 2)
            try deleteFact.run()
        }

        try self.escalations.write(escalations, account, conversation)
        try self.conduct.write(conduct, account, conversation, isPurged: material.purgedBefore > 0)
    }

    private func writeOrphan(
        _ material: TimelineReader.Material, _ account: Int64, _ conversation: Int64
    ) throws(StoreError) {
        let timeline = material.timeline
        let isNamed = material.hasConversation || !timeline.messages.isEmpty || !timeline.activities.isEmpty
        if timeline.snapshot == nil, isNamed {
            putOrphan.bind(account, 1)
            putOrphan.bind(conversation, 2)
            putOrphan.bind(material.hasConversation, 3)
            try putOrphan.run()
        } else {
            deleteOrphan.bind(account, 1)
            deleteOrphan.bind(conversation, 2)
            try deleteOrphan.run()
        }
    }

    private func writeReplies(
        _ material: TimelineReader.Material, _ account: Int64, _ conversation: Int64, staff: StaffDirectory
    ) throws(StoreError) {
        let others = material.timeline.decisions.lazy.filter { !$0.kind.isReply }.map { (at: $0.at, id: $0.id) }
        for gone in material.uncounted + others {
            deleteReply.bind(account, 1)
            deleteReply.bind(gone.at, 2)
            deleteReply.bind(gone.id, 3)
            try deleteReply.run()
            try patterns.write([], account, gone.at, gone.id)
            try untemplated.write(nil, account, gone.at, gone.id)
        }
        let outcomes = material.timeline.replyOutcomes(
            staff: staff, features: features, settings: settings, hasConversation: conversation != 0)
        guard !outcomes.isEmpty else { return }
        var templates = CustomerTemplates(self.templates, customer: material.timeline.snapshot?.customerName)
        for (index, decision) in material.timeline.decisions.enumerated() {
            guard let outcome = outcomes[index] else { continue }
            let extra = material.extras[index]
            let mined = MinedReply(decision, with: &templates)
            let fact = mined.fact
            putReply.bind(account, 1)
            putReply.bind(decision.at, 2)
            putReply.bind(decision.id, 3)
            putReply.bind(conversation, 4)
            putReply.bind(extra.actor, 5)
            putReply.bind(fact.template, 6)
            putReply.bind(fact.editClass.rawValue, 7)
            putReply.bind(fact.similarity?.distance, 8)
            putReply.bind(fact.similarity?.longest, 9)
            putReply.bind(extra.isSuggestionUsed, 10)
            putReply.bind(extra.tone, 11)
            putReply.bind(extra.accuracy, 12)
            putReply.bind(extra.policy, 13)
            putReply.bind(decision.kind.rawValue, 14)
            putReply.bind(outcome.message?.id, 15)
            putReply.bind(outcome.message?.at, 16)
            putReply.bind(outcome.customerAt, 17)
            putReply.bind(outcome.otherActAt, 18)
            putReply.bind(outcome.dueAt, 19)
            putReply.bind(outcome.flags.contains(.unfilledVariable), 20)
            putReply.bind(outcome.flags.contains(.standInName), 21)
            try putReply.run()
            try patterns.write(mined.patterns, account, decision.at, decision.id)
            try untemplated.write(
                mined.words, account, decision.at, decision.id,
                isNameGone: material.timeline.snapshot == nil && material.purgedBefore > 0)
        }
    }
}
