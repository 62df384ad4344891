# Whether unsigned changes are refused.
package probity.metrics.signed_commits_enforced

import data.probity.checks.signed_commits_enforced as check
import data.probity.operators

compliant if operators.compare(input.signedCommits.enforced, check.operator, check.target_value)
