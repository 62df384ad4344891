# Whether an advisory service publishes its keys.
package probity.metrics.advisory_keys_published

import data.probity.operators

compliant if operators.filled(input.keyIds)
