# How many earlier passwords are refused.
package probity.metrics.password_reuse_prevented

import data.probity.checks.password_reuse_prevented as check
import data.probity.operators

compliant if operators.compare(input.rememberedPasswords, check.operator, check.target_value)
