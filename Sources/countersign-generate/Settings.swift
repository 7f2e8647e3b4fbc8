/// Agents, templates and the configuration that reads the data set.
func writeSettings(_ options: Options) throws(GenerateError) {
    let accounts = 1...options.accounts
    var agents = JSONText()
    agents.array { json in
        for account in accounts {
            let staff = Staff(account: account)
            for person in staff.operators {
                json.object { person.writeAgent(into: &$0, account: account, role: "agent") }
            }
            for person in staff.managers {
                json.object { person.writeAgent(into: &$0, account: account, role: "administrator") }
            }
        }
    }
    agents.endLine()
    try writeFile(agents.bytes, to: "\(options.folder)/chatwoot/agents.json")

    var templates = JSONText()
    templates.array { json in
        for template in ReplyTemplate.all {
            json.object { json in
                json.field("id", template.id)
                json.field("label", template.label)
                json.field("body", template.body)
            }
        }
    }
    templates.endLine()
    try writeFile(templates.bytes, to: "\(options.folder)/templates.json")

    let managers = accounts.flatMap { Staff(account: $0).managers.map(\.email) }
    let tenants = accounts.map { account in
        "  - {shop: \(shop(account)), chatwoot_account: \(account), "
            + "chatwoot_url: https://chat.example/app/accounts/\(account), currency: USD}"
    }
    let configuration = """
        timezone: America/Toronto
        store: sqlite:var/countersign.sqlite
        inputs:
          - path: decisions/*.ndjson
          - path: chatwoot/*
        accounts:
        \(tenants.joined(separator: "\n"))
        managers: [\(managers.joined(separator: ", "))]
        templates: templates.json
        retention: {enabled: true, days: 90}

        """
    try writeFile(Array(configuration.utf8), to: "\(options.folder)/countersign.yml")
}

func shop(_ account: Int) -> String { "shop\(account).myshopify.com" }
