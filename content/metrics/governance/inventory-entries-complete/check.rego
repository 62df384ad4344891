# Whether entries of the inventory are complete.
package probity.metrics.inventory_entries_complete

import data.probity.checks.inventory_entries_complete as check
import data.probity.operators

compliant if operators.compare(input.assetInventory.entriesComplete, check.operator, check.target_value)
