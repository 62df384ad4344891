# Whether a forged request of a web program gets no credentials.
package probity.metrics.instance_metadata_token_required

import data.probity.checks.instance_metadata_token_required as check
import data.probity.operators

applicable if input.instanceMetadata.enabled == true

compliant if operators.compare(input.instanceMetadata.tokenRequired, check.operator, check.target_value)
