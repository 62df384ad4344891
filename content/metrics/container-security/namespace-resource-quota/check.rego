# Whether a namespace has a quota.
package probity.metrics.namespace_resource_quota

import data.probity.checks.namespace_resource_quota as check
import data.probity.operators

compliant if operators.compare(input.resourceQuota.enabled, check.operator, check.target_value)
