# Whether a network policy selects the pods of a workload.
package probity.metrics.workloads_under_network_policy

import data.probity.operators

compliant if operators.filled(input.networkPolicyIds)
