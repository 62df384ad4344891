package cch.metrics.fresh_runtime

import data.cch.compare
import rego.v1

default applicable = false

default compliant = false

applicable if {
	"Function" in input.type
	input.runtimeLanguage == "Java"
}

compliant if {
	compare(data.operator, data.target_value, input.runtimeVersion)
}
