# Whether an encrypted machine has proved what it runs.
package probity.metrics.confidential_machines_attested

import data.probity.checks.confidential_machines_attested as check
import data.probity.operators

applicable if input.encryptionInUse.enabled == true

compliant if operators.compare(input.remoteAttestation.valid, check.operator, check.target_value)
