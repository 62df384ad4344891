# Whether grants of public access are overruled.
package probity.metrics.public_access_block_enabled

import data.probity.checks.public_access_block_enabled as check
import data.probity.operators

compliant if operators.compare(input.publicAccessBlock.enabled, check.operator, check.target_value)
