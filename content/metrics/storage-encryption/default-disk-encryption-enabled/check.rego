# Whether new disks of an account are encrypted without asking.
package probity.metrics.default_disk_encryption_enabled

import data.probity.checks.default_disk_encryption_enabled as check
import data.probity.operators

compliant if operators.compare(input.defaultDiskEncryption.enabled, check.operator, check.target_value)
