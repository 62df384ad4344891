# Whether versions are guarded by a second factor.
package probity.metrics.versions_protected_from_deletion

import data.probity.checks.versions_protected_from_deletion as check
import data.probity.operators

applicable if input.versioning.enabled == true

compliant if operators.compare(input.versioning.protectedDeletion, check.operator, check.target_value)
