# Whether what the internet reaches is protected against floods of traffic.
package probity.metrics.ddos_protection_enabled

import data.probity.checks.ddos_protection_enabled as check
import data.probity.operators

applicable if input.internetAccessible == true

compliant if operators.compare(input.ddosProtection.enabled, check.operator, check.target_value)
