# Whether an account is searched for access from outside.
package probity.metrics.access_analysis_enabled

import data.probity.checks.access_analysis_enabled as check
import data.probity.operators

compliant if operators.compare(input.accessAnalysis.enabled, check.operator, check.target_value)
