# Which rules let anybody on the internet in to a port for administration.
package probity.metrics.no_open_administration_ports

import data.probity.operators

compliant if {
	type_name(input.rules) == "array"
	every rule in input.rules {
		not exposes(rule)
	}
}

results contains result if {
	operators.filled(input.rules)
	some i, rule in input.rules
	exposes(rule)
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

exposes(rule) if {
	rule.direction == "ingress"
	rule.effect == "allow"
	rule.protocol in ["tcp", "any"]
	some network in anywhere
	network in rule.networks
	some port in administration_ports
	covers(rule, port)
}

covers(rule, port) if {
	type_name(rule.fromPort) == "number"
	type_name(rule.toPort) == "number"
	rule.fromPort <= port
	port <= rule.toPort
}

# A rule without ports covers all of them.
covers(rule, _) if rule.fromPort == null
