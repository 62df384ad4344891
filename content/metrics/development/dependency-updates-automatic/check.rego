# Whether updates of dependencies come by themselves.
package probity.metrics.dependency_updates_automatic

import data.probity.checks.dependency_updates_automatic as check
import data.probity.operators

compliant if operators.compare(input.automaticUpdates.enabled, check.operator, check.target_value)
