# When updates were last installed.
package probity.metrics.updates_installed_recently

import data.probity.checks.updates_installed_recently as check
import data.probity.operators

compliant if operators.compare(input.automaticUpdates.timeSinceInstallation, check.operator, check.target_value)
