# Which rules let anybody on the internet in to a port on which data is served.
package probity.metrics.no_open_data_ports

import data.probity.operators

compliant if {
	type_name(input.rules) == "array"
	every rule in input.rules {
		closed(rule)
	}
}

data_ports := [1433, 1521, 3306, 5432, 5984, 6379, 9042, 9200, 11211, 27017]

closed(rule) if rule.direction == "egress"

closed(rule) if rule.effect == "deny"

closed(rule) if rule.protocol == "icmp"

closed(rule) if {
	type_name(rule.networks) == "array"
	every network in rule.networks {
		not endswith(network, "/0")
	}
}

# A rule without ports covers all of them, so both ends must be numbers.
closed(rule) if {
	type_name(rule.fromPort) == "number"
	type_name(rule.toPort) == "number"
	every port in data_ports {
		outside(rule, port)
	}
}

outside(rule, port) if port < rule.fromPort

outside(rule, port) if port > rule.toPort

results contains result if {
	operators.filled(input.rules)
	some i, rule in input.rules
	not closed(rule)
	result := {
		"property": sprintf("rules[%d].fromPort", [i]),
		"value": rule.fromPort,
		"target_value": data_ports,
		"operator": "not open",
		"success": false,
		"message": sprintf("rule %d lets anybody in to ports of databases", [i + 1]),
	}
}
