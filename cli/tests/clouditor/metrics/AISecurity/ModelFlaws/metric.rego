package cch.metrics.model_flaws

import data.cch.compare
import rego.v1

default applicable = false

default compliant = false

applicable if "MachineLearningModel" in input.type

compliant if {
	compare(data.operator, data.target_value, count(input.Vulnerabilities))
}
