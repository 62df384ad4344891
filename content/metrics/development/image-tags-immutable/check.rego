# Whether a registry keeps tags fixed.
package probity.metrics.image_tags_immutable

import data.probity.checks.image_tags_immutable as check
import data.probity.operators

compliant if operators.compare(input.immutability.enabled, check.operator, check.target_value)
