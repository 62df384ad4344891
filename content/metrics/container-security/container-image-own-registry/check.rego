# From which registry an image comes.
package probity.metrics.container_image_own_registry

import data.probity.checks.container_image_own_registry as check
import data.probity.operators

compliant if operators.compare(input.image.registry, check.operator, check.target_value)
