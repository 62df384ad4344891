# How old an image is.
package probity.metrics.images_rebuilt

import data.probity.checks.images_rebuilt as check
import data.probity.operators

compliant if operators.compare(input.age, check.operator, check.target_value)
