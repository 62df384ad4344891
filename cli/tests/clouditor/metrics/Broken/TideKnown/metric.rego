package cch.metrics.tide_table

import data.cch.compare
import rego.v1

default applicable = false

default compliant = false

applicable if "PolicyDocument" in input.type

compliant if {
	compare(data.operator, data.target_value, input.backup.frequency)
}
