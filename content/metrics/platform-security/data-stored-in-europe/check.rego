# In which country data is stored.
package probity.metrics.data_stored_in_europe

import data.probity.checks.data_stored_in_europe as check
import data.probity.operators

compliant if operators.compare(input.geoLocation.country, check.operator, check.target_value)
