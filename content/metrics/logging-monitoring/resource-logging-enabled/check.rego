# Whether the platform records how a service works.
package probity.metrics.resource_logging_enabled

import data.probity.checks.resource_logging_enabled as check
import data.probity.operators

compliant if operators.compare(input.resourceLogging.enabled, check.operator, check.target_value)
