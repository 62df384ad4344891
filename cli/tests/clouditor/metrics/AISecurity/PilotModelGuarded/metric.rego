package cch.metrics.pilot_model_guarded

import data.cch.comparison_result
import input.modelStealResilience as guarded
import rego.v1

default applicable := false

default compliant := false

applicable if {
	input.type[_] == "MachineLearningModel"
	guarded
}

compliant if {
	every outcome in results {
		outcome.success
	}
}

results := [comparison_result("modelStealResilience", guarded)]
