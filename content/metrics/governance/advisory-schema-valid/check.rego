# How many faults an advisory has.
package probity.metrics.advisory_schema_valid

import data.probity.checks.advisory_schema_valid as check
import data.probity.operators

compliant if operators.compare(input.schemaErrors, check.operator, check.target_value)
