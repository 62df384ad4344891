# Whether a device installs updates by itself.
package probity.metrics.device_firmware_updated

import data.probity.checks.device_firmware_updated as check
import data.probity.operators

compliant if operators.compare(input.automaticUpdates.enabled, check.operator, check.target_value)
