package crane.braked

import rego.v1

default compliant = false
