# With which algorithms the digests of an advisory are made.
package probity.metrics.advisory_digests_strong

import data.probity.checks.advisory_digests_strong as check
import data.probity.operators

compliant if operators.compare(input.digestAlgorithms, check.operator, check.target_value)
