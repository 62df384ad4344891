# Whether the signature on an image holds.
package probity.metrics.container_image_signed

import data.probity.checks.container_image_signed as check
import data.probity.operators

compliant if operators.compare(input.signature.valid, check.operator, check.target_value)
