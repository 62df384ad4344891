# Which AppArmor profile confines a container.
package probity.metrics.container_app_armor_profile

import data.probity.checks.container_app_armor_profile as check
import data.probity.operators

compliant if operators.compare(input.isolation.appArmorProfile, check.operator, check.target_value)
