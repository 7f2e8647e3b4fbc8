internal import CountersignCore

/// What the dashboard showed at a moment, and what Chatwoot itself counts.
extension SQLiteRecordWriter {
    func writeSuggestions(_ records: [SuggestionSnapshot]) throws {
        guard !records.isEmpty else { return }
        let find = try Statement(
            connection,
            "select updated_at, text_id, file_id from suggestion"
                + " where account_id = ? and conversation_id = ? and suggested_at = ?")
        let put = try Statement(
            connection,
            "insert or replace into suggestion (account_id, conversation_id, suggested_at, updated_at, text_id, template,"
                + " file_id, line) values (?, ?, ?, ?, ?, ?, ?, ?)")
        let putText = try Statement(connection, "insert or ignore into suggestion_text (text_id, text) values (?, ?)")
        for record in records {
            guard try isKept(record.at, .suggestions, shop: record.shop, record.readFrom) else { continue }
            let account = try accounts.account(shop: record.shop)
            guard !isErased(record.conversation, account, record.readFrom) else { continue }
            let text = record.text.map { text in
                var hash = ContentHash()
                hash.combine(text)
                return hash.value
            }
            find.bind(account, 1)
            find.bind(record.conversation, 2)
            find.bind(record.at, 3)
            let known: (at: Instant, text: Int64, file: Int64)? =
                try find.step() ? (find.instant(0), find.int64(1), find.int64(2)) : nil
            find.reset()
            if let known, (known.at, known.text) >= (record.updatedAt, text ?? 0) {
                noteKnown(record.readFrom, file: known.file)
                continue
            }
            put.bind(account, 1)
            put.bind(record.conversation, 2)
            put.bind(record.at, 3)
            put.bind(record.updatedAt, 4)
            put.bind(text ?? 0, 5)
            put.bind(record.template, 6)
            put.bind(file, 7)
            put.bind(record.readFrom.line, 8)
            try put.run()
            if let id = text {
                putText.bind(id, 1)
                putText.bind(record.text, 2)
                try putText.run()
            }
            try touch(account, record.conversation)
            outcomes.note(.loaded, record.readFrom)
        }
    }

    func writeBreaches(_ records: [BreachSnapshot]) throws {
        guard !records.isEmpty else { return }
        let find = try Statement(
            connection,
            "select seen_at, is_approximate, file_id from breach_snapshot"
                + " where account_id = ? and conversation_id = ? and breached_at = ?")
        let put = try Statement(
            connection,
            "insert or replace into breach_snapshot (account_id, conversation_id, breached_at, seen_at, is_approximate,"
                + " file_id, line) values (?, ?, ?, ?, ?, ?, ?)")
        for record in records {
            guard try isKept(record.seenAt, .breachSnapshots, shop: record.shop, record.readFrom) else { continue }
            let account = try accounts.account(shop: record.shop)
            guard !isErased(record.conversation, account, record.readFrom) else { continue }
            find.bind(account, 1)
            find.bind(record.conversation, 2)
            find.bind(record.breachedAt, 3)
            let known: (at: Instant, isApproximate: Bool, file: Int64)? =
                try find.step() ? (find.instant(0), find.flag(1), find.int64(2)) : nil
            find.reset()
            let seenAt = max(record.seenAt, known?.at ?? record.seenAt)
            let isApproximate = record.isApproximate && known?.isApproximate ?? true
            if let known, known.at == seenAt, known.isApproximate == isApproximate {
                noteKnown(record.readFrom, file: known.file)
                continue
            }
            put.bind(account, 1)
            put.bind(record.conversation, 2)
            put.bind(record.breachedAt, 3)
            put.bind(seenAt, 4)
            put.bind(isApproximate, 5)
            put.bind(file, 6)
            put.bind(record.readFrom.line, 7)
            try put.run()
            try touch(account, record.conversation)
            outcomes.note(.loaded, record.readFrom)
        }
    }

    func writeFigures(_ records: [ChatwootFigure]) throws {
        guard !records.isEmpty else { return }
        let find = try Statement(
            connection,
            "select happened_at, value, file_id from chatwoot_figure"
                + " where account_id = ? and kind = ? and figure_key = ? and name = ?")
        let put = try Statement(
            connection,
            "insert or replace into chatwoot_figure (account_id, kind, figure_key, name, conversation_id, happened_at,"
                + " value, precision_value, file_id, line) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for record in records {
            if let at = record.at, isExpired(at, .figures, chatwoot: record.account) {
                outcomes.note(.expired, record.readFrom)
                continue
            }
            let account = try accounts.account(chatwoot: record.account)
            let conversation = try record.conversation.map { number throws(StoreError) in
                try numbers.display(account, number)
            }
            guard !isErased(conversation, account, record.readFrom) else { continue }
            find.bind(account, 1)
            find.bind(record.kind.rawValue, 2)
            find.bind(record.key, 3)
            find.bind(record.name, 4)
            let known: (at: Int64, value: Int64, file: Int64)? =
                try find.step() ? (find.int64(0), find.int64(1), find.int64(2)) : nil
            find.reset()
            if let known, (known.at, known.value) >= (record.at?.microseconds ?? 0, record.value) {
                noteKnown(record.readFrom, file: known.file)
                continue
            }
            put.bind(account, 1)
            put.bind(record.kind.rawValue, 2)
            put.bind(record.key, 3)
            put.bind(record.name, 4)
            put.bind(conversation, 5)
            put.bind(record.at?.microseconds ?? 0, 6)
            put.bind(record.value, 7)
            put.bind(record.precision, 8)
            put.bind(file, 9)
            put.bind(record.readFrom.line, 10)
            try put.run()
            outcomes.note(.loaded, record.readFrom)
        }
    }

    /// Samples of shops and what is too old are counted and not stored.
    private func isKept(_ at: Instant, _ set: DataSet, shop: String?, _ place: SourcePlace) throws -> Bool {
        if isExpired(at, set, shop: shop) {
            outcomes.note(.expired, place)
            return false
        }
        if let shop, names.shops.judgement(of: shop) == 1 {
            outcomes.note(.excluded, place, because: RowOutcomes.Reason.shop)
            return false
        }
        return true
    }
}
