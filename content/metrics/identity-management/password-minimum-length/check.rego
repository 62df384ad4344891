# How many characters a password needs at least.
package probity.metrics.password_minimum_length

import data.probity.checks.password_minimum_length as check
import data.probity.operators

compliant if operators.compare(input.minimumLength, check.operator, check.target_value)
