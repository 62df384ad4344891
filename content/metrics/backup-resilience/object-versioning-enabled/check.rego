# Whether overwritten and deleted objects can be brought back.
package probity.metrics.object_versioning_enabled

import data.probity.checks.object_versioning_enabled as check
import data.probity.operators

compliant if operators.compare(input.versioning.enabled, check.operator, check.target_value)
