# How old the version of a cluster is.
package probity.metrics.cluster_version_supported

import data.probity.checks.cluster_version_supported as check
import data.probity.operators

compliant if operators.compare_versions(input.version, check.operator, check.target_value)
