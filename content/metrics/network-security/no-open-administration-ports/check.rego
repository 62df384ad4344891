# Which rules let anybody on the internet in to a port for administration.
package probity.metrics.no_open_administration_ports

import data.probity.operators

compliant if {
	type_name(input.rules) == "array"
	every rule in input.rules {
		closed(rule)
	}
}

results contains result if {
	operators.filled(input.rules)
	some i, rule in input.rules
	not closed(rule)
	result := {
		"property": sprintf("rules[%d]", [i]),
		"value": rule,
		"target_value": administration_ports,
		"operator": "not open",
		"success": false,
		"message": sprintf("rule %d lets anybody in to ports for administration", [i + 1]),
	}
}

administration_ports := [22, 23, 2379, 3389, 5900, 5985, 5986, 6443, 10250]

anywhere := ["0.0.0.0/0", "::/0"]

closed(rule) if rule.direction == "egress"

closed(rule) if rule.effect == "deny"

# Another protocol, a tunnel say, may carry TCP.
closed(rule) if rule.protocol in ["udp", "icmp"]

closed(rule) if {
	type_name(rule.networks) == "array"
	every network in rule.networks {
		not network in anywhere
	}
}

# A rule without ports covers all of them, so both ends must be numbers.
closed(rule) if {
	type_name(rule.fromPort) == "number"
	type_name(rule.toPort) == "number"
	every port in administration_ports {
		outside(rule, port)
	}
}

outside(rule, port) if port < rule.fromPort

outside(rule, port) if port > rule.toPort
