# How often a policy says that it is reviewed.
package probity.metrics.policy_review_interval

import data.probity.checks.policy_review_interval as check
import data.probity.operators

compliant if operators.compare(input.reviewInterval, check.operator, check.target_value)
