package cch.metrics.pier_lit

import rego.v1

default compliant = false

compliant if {
	input.lamps ==
}
