package cch.metrics.lines_sealed

import data.cch.compare
import rego.v1
import input.transportEncryption as line

default applicable = false

default compliant = false

applicable if line

compliant if {
	compare(data.operator, data.target_value, line.protocolVersion)
}
