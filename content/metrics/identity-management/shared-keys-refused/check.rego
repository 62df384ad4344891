# Whether a key that all users share opens a service.
package probity.metrics.shared_keys_refused

import data.probity.checks.shared_keys_refused as check
import data.probity.operators

compliant if operators.compare(input.sharedKeyAccess, check.operator, check.target_value)
