# Whether an advisory is fetched over an encrypted connection.
package probity.metrics.advisory_transport_encrypted

import data.probity.checks.advisory_transport_encrypted as check
import data.probity.operators

compliant if operators.compare(input.dataLocation.transportEncryption.enabled, check.operator, check.target_value)
