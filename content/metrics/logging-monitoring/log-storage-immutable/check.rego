# Whether stored log entries are protected against change.
package probity.metrics.log_storage_immutable

import data.probity.checks.log_storage_immutable as check
import data.probity.operators

compliant if operators.compare(input.immutability.enabled, check.operator, check.target_value)
