# Whether a service has an address in a private network.
package probity.metrics.private_endpoints_used

import data.probity.checks.private_endpoints_used as check
import data.probity.operators

compliant if operators.compare(input.privateEndpoint, check.operator, check.target_value)
