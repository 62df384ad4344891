# How far answers of the metadata service travel.
package probity.metrics.instance_metadata_hop_limit

import data.probity.checks.instance_metadata_hop_limit as check
import data.probity.operators

applicable if input.instanceMetadata.enabled == true

compliant if operators.compare(input.instanceMetadata.hopLimit, check.operator, check.target_value)
