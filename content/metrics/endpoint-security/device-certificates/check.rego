# Whether a device carries a certificate.
package probity.metrics.device_certificates

import data.probity.operators

compliant if operators.filled(input.certificateIds)
