# Whether system calls of a container are filtered.
package probity.metrics.container_seccomp_profile

import data.probity.checks.container_seccomp_profile as check
import data.probity.operators

compliant if operators.compare(input.isolation.seccompProfile, check.operator, check.target_value)
