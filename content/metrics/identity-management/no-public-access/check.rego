# Whether anybody may read or write without signing in.
package probity.metrics.no_public_access

import data.probity.checks.no_public_access as check
import data.probity.operators

compliant if operators.compare(input.publicAccess, check.operator, check.target_value)
