# Whether administrators come in through a bastion or a recorded session.
package probity.metrics.remote_administration_brokered

import data.probity.checks.remote_administration_brokered as check
import data.probity.operators

applicable if input.remoteAdministration != null

compliant if operators.compare(input.remoteAdministration.brokered, check.operator, check.target_value)
