# Whether devices must be accepted.
package probity.metrics.device_enrolment_approved

import data.probity.checks.device_enrolment_approved as check
import data.probity.operators

compliant if operators.compare(input.enrolmentApproval, check.operator, check.target_value)
