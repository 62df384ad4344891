# Which share of the inventory the last review covered.
package probity.metrics.inventory_review_complete

import data.probity.checks.inventory_review_complete as check
import data.probity.operators

compliant if operators.compare(input.assetInventory.reviewedEntries, check.operator, check.target_value)
