# Whether a network came with the account.
package probity.metrics.default_network_unused

import data.probity.checks.default_network_unused as check
import data.probity.operators

compliant if operators.compare(input.isDefault, check.operator, check.target_value)
