package cch.metrics.register_state

import data.cch.compare
import rego.v1

default applicable = false

default compliant = false

applicable if {
	"PolicyDocument" in input.type
	input.assetInventory
}

compliant if {
	compare(data.operator, data.target_value, input.assetInventory.status)
}
