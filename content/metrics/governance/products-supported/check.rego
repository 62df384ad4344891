# How long a product still gets security updates.
package probity.metrics.products_supported

import data.probity.checks.products_supported as check
import data.probity.operators

compliant if operators.compare(input.remainingSupport, check.operator, check.target_value)
