# Whether maintenance leaves enough instances running.
package probity.metrics.workload_disruption_budget

import data.probity.checks.workload_disruption_budget as check
import data.probity.operators

applicable if operators.compare(input.replicas, ">", 1)

compliant if operators.compare(input.disruptionBudget, check.operator, check.target_value)
