# Whether the runtime of a function still gets security updates.
package probity.metrics.function_runtime_supported

import data.probity.operators

applicable if oldest[input.runtimeLanguage]

compliant if operators.compare_versions(input.runtimeVersion, ">=", oldest[input.runtimeLanguage])

# The oldest supported versions in November 2026.
oldest := {
	"dotnet": "10",
	"go": "1.26",
	"java": "17",
	"nodejs": "22",
	"php": "8.2",
	"python": "3.11",
	"ruby": "3.3",
}

results contains result if {
	target := oldest[input.runtimeLanguage]
	result := {
		"property": "runtimeVersion",
		"value": input.runtimeVersion,
		"target_value": target,
		"operator": ">=",
		"success": supported,
		"message": sprintf("oldest supported version of %s", [input.runtimeLanguage]),
	}
}

supported := true if compliant

supported := false if not compliant
