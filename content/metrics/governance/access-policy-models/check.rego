# Which model of access control a policy prescribes.
package probity.metrics.access_policy_models

import data.probity.checks.access_policy_models as check
import data.probity.operators

applicable if "access-control" in input.topics

compliant if operators.compare(input.authorizationModels, check.operator, check.target_value)
