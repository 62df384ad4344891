# Whether a container can write to its root file system.
package probity.metrics.container_root_filesystem_read_only

import data.probity.checks.container_root_filesystem_read_only as check
import data.probity.operators

compliant if operators.compare(input.isolation.readOnlyRootFilesystem, check.operator, check.target_value)
