# When the inventory of an account was last reviewed.
package probity.metrics.inventory_reviewed

import data.probity.checks.inventory_reviewed as check
import data.probity.operators

compliant if operators.compare(input.assetInventory.timeSinceReview, check.operator, check.target_value)
