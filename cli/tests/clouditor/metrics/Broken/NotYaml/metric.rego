package cch.metrics.not_yaml

import data.cch.compare
import rego.v1
