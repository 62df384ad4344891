# Whether a valid attestation says that the build was hardened.
package probity.metrics.software_provenance_attested

import data.probity.checks.software_provenance_attested as check
import data.probity.operators

compliant if {
	operators.filled(input.softwareAttestations)
	some attestation in input.softwareAttestations
	attestation.valid == true
	operators.compare(attestation.buildLevel, check.operator, check.target_value)
}
