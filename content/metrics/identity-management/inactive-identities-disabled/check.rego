# How long an enabled identity has not been used.
package probity.metrics.inactive_identities_disabled

import data.probity.checks.inactive_identities_disabled as check
import data.probity.operators

applicable if input.enabled == true

compliant if operators.compare(input.inactiveDuration, check.operator, check.target_value)
