# Whether the version of a database still gets security updates.
package probity.metrics.database_version_supported

import data.probity.operators

applicable if oldest[input.engine]

compliant if operators.compare_versions(input.engineVersion, ">=", oldest[input.engine])

# The oldest supported versions in November 2026.
oldest := {
	"mariadb": "10.11",
	"mongodb": "7",
	"mysql": "8.4",
	"postgresql": "15",
}
