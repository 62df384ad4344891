# Which pod security standard a namespace enforces.
package probity.metrics.namespace_pod_security_level

import data.probity.checks.namespace_pod_security_level as check
import data.probity.operators

compliant if operators.compare(input.podSecurityLevel, check.operator, check.target_value)
