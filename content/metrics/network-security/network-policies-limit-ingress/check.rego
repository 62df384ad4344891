# Whether a policy lets everything in.
package probity.metrics.network_policies_limit_ingress

import data.probity.checks.network_policies_limit_ingress as check
import data.probity.operators

applicable if "ingress" in input.directions

compliant if operators.compare(input.allowsAllIngress, check.operator, check.target_value)
