# How many equal instances a long-running workload asks for.
package probity.metrics.workload_replicas

import data.probity.checks.workload_replicas as check
import data.probity.operators

applicable if input.workloadKind in ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"]

compliant if operators.compare(input.replicas, check.operator, check.target_value)
