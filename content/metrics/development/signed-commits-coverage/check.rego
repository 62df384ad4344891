# Which share of changes carries a good signature.
package probity.metrics.signed_commits_coverage

import data.probity.checks.signed_commits_coverage as check
import data.probity.operators

compliant if operators.compare(input.signedCommits.coverage, check.operator, check.target_value)
