//! The report on the period that an audit looks at.

use probity_diagnostics::Diagnostics;

use super::Turn;
use super::reports::marked;
use super::steps::Steps;
use crate::sharing::pages::shares;

impl Turn<'_> {
    /// Writes the report on the period of an assessment that has one, where it is out of date.
    pub(super) fn period(&mut self, steps: &mut Steps<'_>) -> Result<(), Diagnostics> {
        if steps.job.period.is_none() {
            return Ok(());
        }
        let settings = format!("{:?} {:?}{}", steps.job.archive, steps.job.period, marked(&steps.job));
        self.further(steps, "period", &settings, |steps, reading| {
            let marking = steps.job.label(&reading.documents, shares(&reading.project))?;
            steps.job.write_period(&reading.documents, marking, &steps.out)
        })
    }
}
