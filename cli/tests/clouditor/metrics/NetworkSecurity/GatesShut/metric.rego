package cch.metrics.gates_shut

import data.cch.compare
import rego.v1
import input.accessRestriction.l3Firewall as wall

default applicable = false

default compliant = false

applicable if {
	"NetworkInterface" in input.type
	wall
}

compliant if {
	compare(data.operator, data.target_value, wall.restrictedPorts)
}
