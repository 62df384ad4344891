# How often artefacts are searched again.
package probity.metrics.rescans_regular

import data.probity.checks.rescans_regular as check
import data.probity.operators

compliant if {
	input.vulnerabilityScanning.enabled == true
	operators.compare(input.vulnerabilityScanning.interval, check.operator, check.target_value)
}
