# Whether a policy lets everything out.
package probity.metrics.network_policies_limit_egress

import data.probity.checks.network_policies_limit_egress as check
import data.probity.operators

applicable if "egress" in input.directions

compliant if operators.compare(input.allowsAllEgress, check.operator, check.target_value)
