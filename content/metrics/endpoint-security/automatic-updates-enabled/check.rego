# Whether the operating system of a machine installs updates by itself.
package probity.metrics.automatic_updates_enabled

import data.probity.checks.automatic_updates_enabled as check
import data.probity.operators

compliant if operators.compare(input.automaticUpdates.enabled, check.operator, check.target_value)
