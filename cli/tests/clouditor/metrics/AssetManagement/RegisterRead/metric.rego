package cch.metrics.register_read

import data.cch.compare
import rego.v1

default applicable = false

default compliant = false

register := input.assetInventory

applicable if {
	"PolicyDocument" in input.type
	register != {}
}

compliant if {
	compare(data.operator, data.target_value, register.reviewFrequency)
}
