# Whether a managed service installs updates by itself.
package probity.metrics.managed_services_updated

import data.probity.checks.managed_services_updated as check
import data.probity.operators

compliant if operators.compare(input.automaticUpdates.enabled, check.operator, check.target_value)
