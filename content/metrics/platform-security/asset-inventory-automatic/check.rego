# Whether a tool keeps the inventory of an account.
package probity.metrics.asset_inventory_automatic

import data.probity.checks.asset_inventory_automatic as check
import data.probity.operators

compliant if {
	input.assetInventory.enabled == true
	operators.compare(input.assetInventory.automatic, check.operator, check.target_value)
}
