internal import CSimdJSON

/// Every key that an importer reads, at any level of a record.
///
/// A key is found in camel case and in snake case alike: `createdAt` is also `created_at`.
enum Field: Int, CaseIterable, CodingKey {
    // Decisions
    case action, actor, aiSuggestion, aiSuggestionUsed, accuracy, body, content, createdAt, draftText
    case externalRef, finalText, grades, id, note, payload, policy, rationale, reply, replyBody, scope
    case shopDomain, suggestedReply, suggestion, template, templateId, templateName, text, tone
    // Decision sync
    case attempt, attemptCount, code, context, decisionId, duration, durationMs, error, errorCode
    case generatedAt, httpStatus, latencyMs, loggedAt, metadata, metrics, ok, outcome, response, result
    case retries, retryCount, state, status, statusCode, success, successFlag, time, timestamp
    // Chatwoot
    case account, accountId, additionalAttributes, allowAutoAssign, appliedSla, assigneeId, auditableType
    case auditedChanges, auditLogs, automationRuleId, availabilityStatus, availableName, breachedEvents
    case cachedLabelList, campaignId, changedAttributes, channelType, color, contact, contactId, contactInbox
    case contacts, contentAttributes, contentType, conversation, conversationId
    case conversationLink, conversationsCount, csatSurveyResponse, currentValue, deleted, displayId
    case email, eventEndTime, eventType, externalEcho, externalError, fileType, firstReplyCreatedAt
    case firstResponseTimeThreshold, headers, hitRate, identifier, inbox, inboxId, internalConversationId
    case internalId, labelList, labels, lastActivityAt, lastNonActivityMessage, messageId, messages
    case messageType, meta, metric, name, `open`, periodFrom, periodTo, phone, phoneNumber, precisionSeconds
    case previousValue, priority, `private`, processedMessageContent, recordedAt, report
    case customAttributes, severity, resolutionTimeThreshold, role, sender, senderId, senderType, slaEvents,
        submittedValues
    case conversationsByDate, hour, timezone
    case taggingId, tags, title, totalAppliedSlas, type, unattended, updatedAt, valueInBusinessHours
    // Templates
    case label
    // Envelopes, error bodies and kinds that are known by name alone
    case attributes, data, details, errors, event, factType, hint, message, rating, value, what, who
    // The dashboard's other rows
    case agentDraft, approvalId, approver, breachedAt, breaches, chatwootConversationId, createdBy, draftContent
    case draftReply, draftResponse, en, entityId, entityType, escalations, finalContent, gradeAccuracy
    case gradePolicy, gradeTone, gradedAt, humanEdited, key, kind, lastInterruptions, lastMessageAt, lastReviewed
    case messageBody, mode, modelDraft, operatorId, operatorName, originalReply, pii, query, queueItemId
    case serialized, slaBreached, slaMinutes, sourceTemplate, submissionTimestamp, suggestedReplyId, summary
    case toolName, topic, why
    // Files about the log
    case archivedAt, bundleType, caseId, checksums, cleanupDate, deletedCount, files, jobid, originalTable, output
    case results, rowsDeleted, runid, sha256, statusBreakdown, successCount, totalDecisions, totalDeleted, totals

    /// `created_at` for `createdAt`.
    var snakeCase: String {
        var spelled = ""
        for character in stringValue {
            if character.isUppercase { spelled += "_" }
            spelled += character.lowercased()
        }
        return spelled
    }
}

/// Where the members of one object are, found in one pass over it.
struct Members {
    private static let table = FieldTable()

    private let object: csj_value
    private var slots: InlineArray<256, UInt32>

    /// - Parameter value: an object; anything else has no members.
    init(of value: JSONValue) {
        object = value.handle
        slots = InlineArray(repeating: 0)
        var slots = slots.mutableSpan
        slots.withUnsafeMutableBufferPointer { csj_members(value.handle, Members.table.handle, $0.baseAddress) }
    }

    /// The member; `nil` where it is missing or null.
    subscript(field: Field) -> JSONValue? {
        let index = slots[field.rawValue]
        guard index != 0 else { return nil }
        let value = JSONValue(csj_value(document: object.document, index: Int(index)))
        return value.isNull ? nil : value
    }

    /// Whether the key is there, null or not.
    func has(_ field: Field) -> Bool { slots[field.rawValue] != 0 }

    func has(_ fields: Field...) -> Bool { fields.allSatisfy { has($0) } }

    func hasAny(_ fields: Field...) -> Bool { fields.contains { has($0) } }

    /// Every member with its key as the source spells it, known or not; at most 256 of them.
    var spelled: [(key: String, value: JSONValue)] {
        var keys = InlineArray<256, csj_text>(repeating: csj_text(bytes: nil, count: 0))
        var indices = InlineArray<256, UInt32>(repeating: 0)
        var keySpan = keys.mutableSpan
        var indexSpan = indices.mutableSpan
        let count = keySpan.withUnsafeMutableBufferPointer { keys in
            indexSpan.withUnsafeMutableBufferPointer { csj_keys(object, keys.baseAddress, $0.baseAddress, 256) }
        }
        return (0..<count).map { at in
            let key = UnsafeBufferPointer(start: keys[at].bytes, count: keys[at].count)
            return (
                String(decoding: key, as: UTF8.self),
                JSONValue(csj_value(document: object.document, index: Int(indices[at])))
            )
        }
    }
}

/// The C table of all fields in both spellings.
///
/// `@unchecked Sendable`: the table is filled in `init` and only read afterwards (its look-up takes it const).
private final class FieldTable: @unchecked Sendable {
    let handle: OpaquePointer

    init() {
        guard let handle = csj_table_create() else { fatalError("out of memory while the table of keys was made") }
        precondition(Field.allCases.count <= 256, "Members has a slot for each field")
        for field in Field.allCases {
            for spelling in Set([field.stringValue, field.snakeCase]) {
                let key = Array(spelling.utf8)
                guard csj_table_add(handle, key, key.count, UInt16(field.rawValue)) else {
                    fatalError("the key “\(spelling)” stands for two fields")
                }
            }
        }
        self.handle = handle
    }

    deinit { csj_table_free(handle) }
}
