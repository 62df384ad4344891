# Whether a scanner looks for weaknesses of a machine.
package probity.metrics.machines_scanned

import data.probity.checks.machines_scanned as check
import data.probity.operators

compliant if operators.compare(input.vulnerabilityScanning.enabled, check.operator, check.target_value)
