/// The texts that `countersign init` writes.
enum InitTemplate {
    static let configuration = """
        # Countersign. Relative paths begin at this file's folder; every key but inputs has the default shown here.
        # COUNTERSIGN_<SECTION>_<KEY> in the environment overrides a key, the command line overrides both.

        timezone: UTC                       # IANA name; weeks and days are local to it
        store: sqlite:var/countersign.sqlite

        inputs:                             # files, folders or globs; what a file holds is found from its content
          - path: exports
          # - postgres: service=chatwoot_ro # a live database; the password stays in libpq's service file or ~/.pgpass
          #   kind: chatwoot                # or decisions; found from the tables where it is left out

        # templates: templates.json         # reply templates: id, label, body with {{name}}

        accounts: []                        # see the end of this file
        managers: []                        # emails, user ids or exact names; empty: Chatwoot's administrators

        scopes: [ops]                       # decisions of other scopes are kept, but no figure counts them
        exclude: [mock-shop*, test-shop*, dev-shop*, staging-demo*, __aggregate__]
        actions: {}                         # further names of actions: {my.send: approve}; approve, escalate or resolve

        sla:
          breach_minutes: 60                # also CHATWOOT_SLA_MINUTES
          clock: created                    # created, first_reply or waiting
          manager_ack_minutes: 120
          manager_update_hours: 24
          customer_ack_hours: 24
          business_hours: null              # null: 24/7; see the end of this file

        alerts:
          breach_wow: 0.20                  # breaches that grow by more than this share raise an alert
          failure_rate: 0.05                # of sends, and of decision syncs: more than this raises an alert
          slow_ms: 1000                     # syncs whose p95 stays over this for three hours
          stale_hours: 36                   # a source without a newer row raises an alert

        guardrails:
          refund_limit: 500                 # in the account's currency
          blocking_labels: [refund_pending, return_in_progress, follow_up]   # with one of them nothing is to be resolved
          risk_words: [legal, lawyer, fraud, chargeback, threat, abusive]
          supervisor_words: [supervisor, manager]

        # How severe an escalation is where neither a label severity:* nor Chatwoot's priority says it; of several the most severe.
        severity: {breach_over_2h: high, refund_over_limit: high, risk_word: high, default: medium}

        edits:
          min_support: 2                    # a change of replies is listed from so many decisions on

        ingest:
          max_rejected: 0.01                # a larger share of rejected rows ends the run with status 65
          max_file_bytes: 16GiB             # a file that holds more, unpacked, is refused; also MiB or plain bytes
          after_ingest: keep                # archive: a file of the inputs is moved away once it is loaded
          archive: exports/archive          # to where; inputs that reach into it leave it out

        retention:
          enabled: true                     # also ENABLE_RETENTION_PURGE
          days: 90                          # of rows, and of files in the archive
          reports_days: 730                 # of folders in reports.out
          # sets: {decisions: 365}          # other days for a data set; an account may have `retention: {days, sets}` too
          max_share: 0.5                    # a purge that would take more than this takes nothing

        privacy:
          key: countersign.key              # made on first use; the store cannot be read without it
          operator_emails: compliance       # all: emails in every report; none: nowhere
          customer_names: false

        reports:
          out: out
          kinds: [weekly, compliance, templates]

        audit:
          signing_key: null                 # an Ed25519 key that countersign audit keygen makes; signs every manifest

        confirmations: [thank, thanks, solved, resolved, works now, all good, perfect, got it, received]
        negations: [not, isn't, didn't, still, "no"]

        # Business hours: every SLA minute counts only while the desk is open, by the clock of the timezone above. A day that
        # is not named is closed; 24:00 may end a range. It stands in `sla:` above, in place of null:
        #   business_hours:
        #     mon: [09:00-12:00, 13:00-17:30]
        #     tue: 09:00-17:30
        #     holidays: [2026-12-25]

        # An account: which shop writes in which Chatwoot account, and where its links lead.
        # accounts:
        #   - shop: example.myshopify.com
        #     chatwoot_account: 1
        #     chatwoot_url: https://chat.example/app/accounts/1
        #     currency: USD

        """

    /// - Parameter home: `COUNTERSIGN_HOME`, which neither cron nor systemd would pass on.
    static func schedule(binary: String, config: String, home: String?) -> String {
        let assignment = home.map { "COUNTERSIGN_HOME=\($0)" }
        return """
            The config is written to \(config). Then, either a crontab line (Mondays at 06:00, the summary comes by mail):

                0 6 * * 1  \(assignment.map { $0 + " " } ?? "")\(binary) run --config \(config)

            or systemd units, countersign.service:

                [Unit]
                Description=Countersign weekly reports
                [Service]
                Type=oneshot\(assignment.map { "\n    Environment=\($0)" } ?? "")
                ExecStart=\(binary) run --config \(config)
                UMask=0077
                ProtectSystem=strict
                ReadWritePaths=\(config.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" })

            and countersign.timer:

                [Unit]
                Description=Countersign every Monday
                [Timer]
                OnCalendar=Mon 06:00
                Persistent=true
                [Install]
                WantedBy=timers.target

            """
    }
}
