# Whether a container keeps no capability but the one for binding low ports.
package probity.metrics.container_capabilities_dropped

import data.probity.checks.container_capabilities_dropped as check
import data.probity.operators

compliant if {
	operators.compare(input.isolation.capabilitiesDropped, check.operator, check.target_value)
	type_name(input.isolation.capabilitiesAdded) == "array"
	every capability in input.isolation.capabilitiesAdded {
		capability in harmless
	}
}

harmless := ["NET_BIND_SERVICE"]
