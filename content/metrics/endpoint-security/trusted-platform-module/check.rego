# Whether a module keeps the measurements of a start.
package probity.metrics.trusted_platform_module

import data.probity.checks.trusted_platform_module as check
import data.probity.operators

compliant if operators.compare(input.secureBoot.trustedPlatformModule, check.operator, check.target_value)
