# Whether an address on the internet leads to the resource.
package probity.metrics.not_reachable_from_internet

import data.probity.checks.not_reachable_from_internet as check
import data.probity.operators

compliant if operators.compare(input.internetAccessible, check.operator, check.target_value)
