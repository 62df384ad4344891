# Whether a control plane has an address on the internet.
package probity.metrics.cluster_control_plane_private

import data.probity.checks.cluster_control_plane_private as check
import data.probity.operators

compliant if operators.compare(input.internetAccessible, check.operator, check.target_value)
