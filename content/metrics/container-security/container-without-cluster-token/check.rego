# Whether a container carries a token for the cluster's interface.
package probity.metrics.container_without_cluster_token

import data.probity.checks.container_without_cluster_token as check
import data.probity.operators

compliant if operators.compare(input.serviceAccountTokenMounted, check.operator, check.target_value)
