# Whether credentials stand in environment variables.
package probity.metrics.secrets_not_in_environment

import data.probity.checks.secrets_not_in_environment as check
import data.probity.operators

compliant if operators.compare(input.secretsInEnvironment, check.operator, check.target_value)
