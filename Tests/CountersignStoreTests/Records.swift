import CountersignCore

/// One record, made with the values that a test is about.
struct Records: Sendable {
    var batch = RecordBatch()

    private static let place = SourcePlace(file: "f", line: 1)

    static func + (a: Records, b: Records) -> Records {
        var sum = a
        sum.batch.conversations += b.batch.conversations
        sum.batch.messages += b.batch.messages
        sum.batch.decisions += b.batch.decisions
        sum.batch.attempts += b.batch.attempts
        sum.batch.staff += b.batch.staff
        sum.batch.templates += b.batch.templates
        sum.batch.rejected += b.batch.rejected
        return sum
    }

    static func conversation(
        _ id: Int64, account: Int64? = 1, created: Instant = .start, updated: Instant? = nil, active: Instant? = nil,
        status: String = "open", contact: Int64? = 900, name: String? = nil, keys: [IdentityKey] = []
    ) -> Records {
        var records = Records()
        records.batch.conversations = [
            Conversation(
                account: account, id: id, createdAt: created, updatedAt: updated ?? active ?? created,
                lastActivityAt: active ?? created, status: status, inbox: 1, priority: nil, firstReplyAt: nil,
                labels: [], contact: Contact(id: contact, name: name, keys: keys), readFrom: place)
        ]
        return records
    }

    static func message(
        _ id: Int64, in conversation: Int64, _ kind: Message.Kind, _ sentAt: Instant, account: Int64? = 1,
        sender: Int64? = nil, updated: Instant? = nil, keys: [IdentityKey] = [], activities: [Activity] = []
    ) -> Records {
        var records = Records()
        records.batch.messages = [
            Message(
                account: account, conversation: conversation, id: id, sentAt: sentAt, updatedAt: updated ?? sentAt,
                kind: kind, sender: sender,
                contact: kind == .customer ? Contact(id: sender, name: nil, keys: keys) : nil, isFailed: false,
                deliveryError: nil, features: .none, activities: activities, readFrom: place)
        ]
        return records
    }

    static func decision(
        _ id: String, _ action: String = "chatwoot.approve_send", at: Instant = .start, scope: String = "ops",
        actor: String = "op@shop.example", shop: String? = nil, conversation: Int64? = 1, hasPayload: Bool = true,
        reply: String? = nil, suggestion: String? = nil, template: String? = nil
    ) -> Records {
        var records = Records()
        records.batch.decisions = [
            Decision(
                id: id, decidedAt: at, scope: scope, actor: actor, action: action, shop: shop,
                conversation: conversation, hasPayload: hasPayload, reply: reply, suggestion: suggestion,
                template: template, note: nil, isSuggestionUsed: nil, grades: Decision.Grades(), readFrom: place)
        ]
        return records
    }

    static func attempt(_ decision: String, at: Instant = .start, scope: String = "ops", attempt: Int = 1) -> Records {
        var records = Records()
        records.batch.attempts = [
            SyncAttempt(
                decision: decision, at: at, scope: scope, outcome: .success, attempt: attempt,
                durationHundredths: 100, errorCode: nil, readFrom: place)
        ]
        return records
    }

    static func staff(
        _ id: Int64, _ name: String, _ email: String?, role: String = "administrator", account: Int64? = 1
    ) -> Records {
        var records = Records()
        records.batch.staff = [
            StaffMember(account: account, id: id, name: name, email: email, role: role, readFrom: place)
        ]
        return records
    }

    static func template(_ id: String, _ body: String) -> Records {
        var records = Records()
        records.batch.templates = [ReplyTemplate(id: id, label: id, body: body, readFrom: place)]
        return records
    }

    static func rejected(line: Int = 3) -> Records {
        var records = Records()
        records.batch.rejected = [
            RejectedRow(
                problem: Problem(
                    .fieldMissing, at: SourcePlace(file: "f", line: line, field: "id"), "“id” is missing",
                    fix: "export it"), row: Array("{}".utf8))
        ]
        return records
    }
}

extension IdentityKey {
    static func email(_ number: UInt64) -> IdentityKey {
        IdentityKey(kind: .email, hash: KeyedHash(high: number, low: 1))
    }

    static func phone(_ number: UInt64) -> IdentityKey {
        IdentityKey(kind: .phone, hash: KeyedHash(high: number, low: 2))
    }
}
