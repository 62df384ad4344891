package cch.metrics.builds_attested

import data.cch.compare
import rego.v1

default applicable = false

default compliant = false

applicable if "Application" in input.type

compliant if {
	every proof in input.softwareAttestations {
		compare(data.operator, data.target_value, proof.enabled)
	}
}
