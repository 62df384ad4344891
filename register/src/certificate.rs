use std::collections::BTreeSet;

use jiff::civil::Date;
use probity_diagnostics::{Location, Sha256Digest, TreePath};
use probity_oscal::model::metadata::{Party, Resource, Role};

use crate::Status;

/// A certificate or an attestation report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// How it is called in a project.
    pub name: String,
    /// The uuid of its component.
    pub uuid: String,
    /// Its title.
    pub title: String,
    /// What it is about, in words.
    pub description: String,
    /// The scheme that it is of.
    pub scheme: String,
    /// What kind of thing it is.
    pub kind: Kind,
    /// The number that the issuer gave it (`validation-reference`).
    pub reference: Option<String>,
    /// Who issued it.
    pub issuer: Party,
    /// Who runs what it is about, where it says so.
    pub provider: Option<Party>,
    /// The first day of its term, or of the period that it covers.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// The last day that a bridge letter covers.
    pub bridge_until: Option<Date>,
    /// What became of it, in the order of days; never empty.
    pub changes: Vec<Change>,
    /// Days by which surveillance assessments are due, in their order.
    pub surveillance: Vec<Date>,
    /// The assessment of the project that shows whether it can be kept.
    pub assessment: Option<String>,
    /// The controls of its scope; all of the assessment's where there are none.
    pub scope: BTreeSet<String>,
    /// Its documents.
    pub documents: Vec<Document>,
    /// Controls that are inherited from it.
    pub inherited: Vec<Inherited>,
    /// The file that it stands in.
    pub file: TreePath,
    /// The roles of the file.
    pub roles: Vec<Role>,
    /// The resources of the file.
    pub resources: Vec<Resource>,
}

/// What kind of thing a certificate is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A certificate.
    Certificate {
        /// The level of assurance, in the words of the scheme.
        level: Option<String>,
    },
    /// An attestation report, as of ISAE 3000 and SOC 2.
    Report {
        /// What it is about.
        report_type: ReportType,
        /// What the auditor says.
        opinion: Opinion,
        /// The controls that a qualified opinion excepts.
        exceptions: BTreeSet<String>,
    },
}

/// What an attestation report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportType {
    /// How controls are designed, on one day.
    Type1,
    /// How controls worked, over a period.
    Type2,
}

/// What an auditor says in an attestation report (ISAE 3000, 76 and 77).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opinion {
    /// The controls are as described.
    Unqualified,
    /// But for exceptions.
    Qualified,
    /// They are not.
    Adverse,
    /// It could not be found out.
    Disclaimer,
}

/// A change of status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it became.
    pub status: Status,
    /// The day, from its beginning.
    pub on: Date,
    /// Why.
    pub reason: Option<String>,
    /// Where it stands.
    pub location: Location,
}

/// A document of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The uuid of its resource.
    pub uuid: String,
    /// What it is called.
    pub title: String,
    /// Where it lies: a file beside the register; none where it is kept elsewhere.
    pub path: Option<TreePath>,
    /// The digest that was recorded.
    pub digest: Option<Sha256Digest>,
    /// Whether it is the assessment results that the certificate was issued on.
    pub is_baseline: bool,
    /// Where it stands.
    pub location: Location,
}

/// A control that is inherited from a supplier's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inherited {
    /// The catalog or profile that it is of, as the file refers to it.
    pub source: String,
    /// The control.
    pub control: String,
    /// What the supplier does, in words.
    pub description: String,
    /// What the supplier leaves to others.
    pub duties: Vec<Duty>,
    /// Whether a report on the design alone is enough (prop `accepts`, value `type-1`).
    pub accepts_type_1: bool,
    /// Where it stands.
    pub location: Location,
}

/// Something that a supplier leaves to others (prop `responsibility`, in its remarks).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Whose it is.
    pub bearer: Bearer,
    /// What is to be done.
    pub text: String,
}

/// Who has to do what a supplier leaves to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearer {
    /// The system of the project.
    Own,
    /// Whoever uses that system.
    Customer,
}

impl Certificate {
    /// The day on which it was issued; the first of its term where nothing says so.
    pub fn issued(&self) -> Date {
        let issued = self.changes.iter().find(|change| change.status == Status::Issued);
        issued.map_or(self.from, |change| change.on)
    }

    /// What it is on a day. A certificate past its term has expired, whether or not anybody wrote it down; one of which
    /// nothing is told yet is new.
    pub fn status(&self, on: Date) -> Status {
        let last = self.changes.iter().rfind(|change| change.on <= on);
        let told = last.map_or(Status::New, |change| change.status);
        if told != Status::Withdrawn && on > self.last_day() { Status::Expired } else { told }
    }

    /// Whether it is one to be kept: issued, and neither withdrawn nor past its term.
    pub fn is_kept(&self, on: Date) -> bool {
        let status = self.status(on);
        status.is_in_force() || status == Status::Suspended
    }

    /// The last day on which it can be relied on: a bridge letter leads beyond the period of a report.
    pub fn last_day(&self) -> Date {
        self.bridge_until.map_or(self.until, |bridge| bridge.max(self.until))
    }

    /// Whether what it says holds for the design or the working of a control: none of it where the opinion is adverse or
    /// there is none, and not what a qualified one excepts, or all where it does not say what. A report on the design
    /// settles what is said to take it.
    pub fn covers(&self, inherited: &Inherited) -> bool {
        let Kind::Report { report_type, opinion, exceptions } = &self.kind else { return true };
        let is_clean = match opinion {
            Opinion::Unqualified => true,
            Opinion::Qualified => !exceptions.is_empty() && !exceptions.contains(&inherited.control),
            Opinion::Adverse | Opinion::Disclaimer => false,
        };
        is_clean && (*report_type == ReportType::Type2 || inherited.accepts_type_1)
    }
}

impl Kind {
    /// In a few words: `certificate, level high`, `type-2 report, unqualified`.
    pub fn words(&self) -> String {
        match self {
            Self::Certificate { level: Some(level) } => format!("certificate, level {level}"),
            Self::Certificate { level: None } => "certificate".to_owned(),
            Self::Report { report_type, opinion, .. } => {
                format!("{} report, {}", report_type.as_str(), opinion.as_str())
            }
        }
    }
}

impl Bearer {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Own, Self::Customer];

    /// The value of prop `responsibility`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Customer => "customer",
        }
    }

    /// Parses the value of prop `responsibility`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bearer| bearer.as_str() == text)
    }
}

impl ReportType {
    /// The value of prop `report-type`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Type1 => "type-1",
            Self::Type2 => "type-2",
        }
    }

    /// Parses the value of prop `report-type`.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Type1, Self::Type2].into_iter().find(|kind| kind.as_str() == text)
    }
}

impl Opinion {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Unqualified, Self::Qualified, Self::Adverse, Self::Disclaimer];

    /// The value of prop `opinion`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unqualified => "unqualified",
            Self::Qualified => "qualified",
            Self::Adverse => "adverse",
            Self::Disclaimer => "disclaimer",
        }
    }

    /// Parses the value of prop `opinion`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|opinion| opinion.as_str() == text)
    }
}
