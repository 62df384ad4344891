# How old a version of TLS is still accepted.
package probity.metrics.transport_encryption_protocol_version

import data.probity.checks.transport_encryption_protocol_version as check
import data.probity.operators

applicable if input.transportEncryption.protocol == "TLS"

compliant if operators.compare_versions(input.transportEncryption.protocolVersion, check.operator, check.target_value)
