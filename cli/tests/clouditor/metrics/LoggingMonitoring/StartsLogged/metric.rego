package cch.metrics.starts_logged

import data.cch.compare
import rego.v1
import input.bootLogging as starts

default applicable = false

default compliant = false

applicable if {
	"VirtualMachine" in input.type
	starts
}

compliant if {
	compare(data.operator, data.target_value, starts.enabled)
}
