# Whether settings are compared with a benchmark.
package probity.metrics.configuration_assessed

import data.probity.checks.configuration_assessed as check
import data.probity.operators

compliant if operators.compare(input.configurationAssessed, check.operator, check.target_value)
