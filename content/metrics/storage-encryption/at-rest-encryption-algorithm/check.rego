# Whether the cipher of encrypted data is an approved one.
package probity.metrics.at_rest_encryption_algorithm

import data.probity.checks.at_rest_encryption_algorithm as check
import data.probity.operators

applicable if input.atRestEncryption.enabled == true

compliant if operators.compare(input.atRestEncryption.algorithm, check.operator, check.target_value)
