# What may fail without a loss of service.
package probity.metrics.zone_redundancy

import data.probity.checks.zone_redundancy as check
import data.probity.operators

compliant if operators.compare(input.redundancy.scope, check.operator, check.target_value)
