package cch.metrics.chests_closed

import data.cch.compare
import rego.v1

default applicable = false

default compliant = false

applicable if "ObjectStorage" in input.type

compliant if {
	compare(data.operator, data.target_value, input.publicAccess)
}
