# Whether the language version of an application still gets security updates.
package probity.metrics.application_language_supported

import data.probity.operators

applicable if oldest[input.programmingLanguage]

compliant if operators.compare_versions(input.languageVersion, ">=", oldest[input.programmingLanguage])

# The oldest supported versions in November 2026.
oldest := {
	"go": "1.26",
	"java": "17",
	"php": "8.2",
	"python": "3.11",
	"ruby": "3.3",
}
