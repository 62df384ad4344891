# Which algorithm signed a certificate.
package probity.metrics.certificate_signature_algorithm

import data.probity.checks.certificate_signature_algorithm as check
import data.probity.operators

compliant if operators.compare(input.signatureAlgorithm, check.operator, check.target_value)
