# After how many failed attempts sign-in is blocked. Null is no number, and so never small enough.
package probity.metrics.password_lockout

import data.probity.checks.password_lockout as check
import data.probity.operators

compliant if operators.compare(input.lockoutThreshold, check.operator, check.target_value)
