# Whether every cipher suite that is accepted is an approved one.
package probity.metrics.transport_encryption_cipher_suites

import data.probity.checks.transport_encryption_cipher_suites as check
import data.probity.operators

applicable if input.transportEncryption.enabled == true

compliant if operators.compare(input.transportEncryption.cipherSuites, check.operator, check.target_value)
