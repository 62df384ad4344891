# Whether a process may gain more rights than its parent.
package probity.metrics.container_no_privilege_escalation

import data.probity.checks.container_no_privilege_escalation as check
import data.probity.operators

compliant if operators.compare(input.isolation.allowPrivilegeEscalation, check.operator, check.target_value)
