# When an image is fetched.
package probity.metrics.container_image_pulled_always

import data.probity.checks.container_image_pulled_always as check
import data.probity.operators

applicable if input.image.digest == null

compliant if operators.compare(input.image.pullPolicy, check.operator, check.target_value)
