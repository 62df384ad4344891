# Which namespaces a container shares with its host.
package probity.metrics.container_host_namespaces_isolated

import data.probity.operators

compliant if {
	input.isolation.hostNetwork == false
	input.isolation.hostPid == false
	input.isolation.hostIpc == false
}

results contains result("hostNetwork", input.isolation.hostNetwork)

results contains result("hostPid", input.isolation.hostPid)

results contains result("hostIpc", input.isolation.hostIpc)

result(name, shared) := {
	"property": sprintf("isolation.%s", [name]),
	"value": shared,
	"target_value": false,
	"operator": "==",
	"success": operators.holds(shared, "==", false),
	"message": sprintf("%s of the container", [name]),
}
