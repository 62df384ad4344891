# Whether a bill of materials exists.
package probity.metrics.bill_of_materials_present

import data.probity.checks.bill_of_materials_present as check
import data.probity.operators

compliant if operators.compare(input.billOfMaterials.present, check.operator, check.target_value)
