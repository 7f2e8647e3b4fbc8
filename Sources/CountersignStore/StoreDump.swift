/// What `store dump` does not write, so that equal stores give equal text whatever files they were loaded from.
public enum StoreDump {
    /// Tables without a file `queries/store/dump_<table>.sql`, and why.
    public static let tablesLeftOut: [String: String] = [
        "shop": "rows have the name; unused names depend on the order of loading, judgements on the settings",
        "scope": "like shop",
        "actor": "like shop",
        "action": "like shop",
        "delivery_error": "like shop",
        "suggestion_text": "rows have the text; unused texts depend on the order of loading",
        "touched": "what is yet to be derived, not what is known",
        "source_file": "where rows came from, and counts that depend on the order of loading",
        "source_reason": "like source_file",
        "source_watermark": "how far live databases were read",
        "archived_file": "where files were moved to on this machine",
        "source_path": "where files were last seen on this machine",
        "escalation_number": "numbers are given in the order of arrival and kept",
        "purged_decision": "like ledger",
        "erased_customer": "what people ordered; the ledger has it",
        "erased_conversation": "like erased_customer",
        "erased_decision": "like erased_customer",
        "purged_attempt": "like ledger",
        "given_source": "like kept_since",
        "kept_since": "cut-offs of loads and purges",
        "kpi_history": "what was counted when purges ran",
        "legal_hold": "what people ordered; the ledger has it",
        "ledger": "when things were done; what they left shows in the rows",
        "grdb_migrations": "its newest entry stands with the settings",
    ]

    /// Columns that are in no file, by table; `*` is every table.
    public static let columnsLeftOut: [String: [String: String]] = [
        "*": [
            "account_id": "a number that depends on the order of loading; every row has the name of its account",
            "file_id": "a place in a source", "line": "a place in a source",
            "shop_id": "the name stands instead", "scope_id": "the name stands instead",
            "actor_id": "the name stands instead", "action_id": "the name stands instead",
            "error_id": "the name stands instead", "text_id": "the text stands instead",
        ],
        "quarantine": [
            "ordinal": "a place in a source", "loaded_at": "a time of a run", "row": "its digest stands instead",
            "message": "says the code in words", "fix": "says the code in words",
        ],
    ]
}
