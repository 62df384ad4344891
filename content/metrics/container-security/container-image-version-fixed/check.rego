# Whether the image of a container is a fixed one.
package probity.metrics.container_image_version_fixed

import data.probity.checks.container_image_version_fixed as check
import data.probity.operators

compliant if is_digest(input.image.digest)

compliant if operators.compare(input.image.tag, check.operator, check.target_value)

is_digest(digest) if {
	type_name(digest) == "string"
	startswith(digest, "sha256:")
}
