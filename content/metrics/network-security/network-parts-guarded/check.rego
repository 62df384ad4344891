# Whether a set of rules applies to an interface or subnetwork.
package probity.metrics.network_parts_guarded

import data.probity.operators

compliant if operators.filled(input.networkSecurityGroupIds)
