# Which namespaces a container shares with its host.
package probity.metrics.container_host_namespaces_isolated

import data.probity.operators

compliant if {
	input.isolation.hostNetwork == false
	input.isolation.hostPid == false
	input.isolation.hostIpc == false
}

results contains result if {
	some name in ["hostNetwork", "hostPid", "hostIpc"]
	shared := input.isolation[name]
	result := {
		"property": sprintf("isolation.%s", [name]),
		"value": shared,
		"target_value": false,
		"operator": "==",
		"success": operators.holds(shared, "==", false),
		"message": sprintf("%s of the container", [name]),
	}
}
