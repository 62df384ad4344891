# How long a deleted vault can be brought back.
package probity.metrics.recovery_window

import data.probity.checks.recovery_window as check
import data.probity.operators

compliant if operators.compare(input.deletionProtection.recoveryWindow, check.operator, check.target_value)
