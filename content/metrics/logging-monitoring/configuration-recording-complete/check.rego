# Whether changes of configuration are recorded for every type of resource.
package probity.metrics.configuration_recording_complete

import data.probity.checks.configuration_recording_complete as check
import data.probity.operators

compliant if {
	input.configurationRecording.enabled == true
	operators.compare(input.configurationRecording.allResourceTypes, check.operator, check.target_value)
}
