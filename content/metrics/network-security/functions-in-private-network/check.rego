# Whether a function is attached to a network.
package probity.metrics.functions_in_private_network

import data.probity.operators

compliant if operators.filled(input.networkInterfaceIds)
