# Whether stored data is encrypted.
package probity.metrics.at_rest_encryption_enabled

import data.probity.checks.at_rest_encryption_enabled as check
import data.probity.operators

compliant if operators.compare(input.atRestEncryption.enabled, check.operator, check.target_value)
