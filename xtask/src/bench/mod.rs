//! `cargo xtask bench`: measurements that the project promises to keep.

mod assess;
mod build;
mod cost;
mod differences;
mod discover;
mod documents;
mod reports;
mod review;

/// Measure the speed of a part of the product.
#[derive(clap::Args, Debug)]
pub(crate) struct Bench {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand, Debug)]
enum What {
    /// Evaluations and evidence lines per CPU second, beside OPA where it is installed, and whole builds.
    ///
    /// Forty metrics, of which five apply to each line; half of the verdicts fail. Fails where a bar is missed. CPU seconds are
    /// those of user and system together.
    Assess(assess::Assess),
    /// CPU seconds and memory of builds of a large project in which nothing, one metric or one line of evidence changed.
    ///
    /// 1,200 controls, 150 metrics, 100,000 lines. Fails where a build of nothing takes more than 0.3 CPU seconds.
    Build(build::Build),
    /// CPU seconds and memory for the largest published catalog, beside compliance-trestle and the package `oscal`.
    ///
    /// Fails where a bar is missed. CPU seconds are those of user and system together.
    Documents(documents::Documents),
    /// CPU seconds and memory for the difference of two published revisions of a catalog, beside npm's jsondiffpatch.
    ///
    /// Fails where the bar is missed. CPU seconds are those of user and system together.
    Differences(differences::Differences),
    /// CPU seconds and memory for 1,200 machines and 300 buckets, looked at and judged, beside prowler.
    ///
    /// Both read the services EC2 and S3 of one server on this machine. Fails where a bar is missed.
    Discover(discover::Discover),
    /// CPU seconds, memory and size of each format of a report of 300 controls and some 50,000 failing resources.
    ///
    /// Fails where a bar is missed: five CPU seconds for PDF and XLSX, five megabytes for HTML.
    Reports(reports::Reports),
    /// CPU seconds and memory for a review of one parameter over 100,000 lines of evidence.
    ///
    /// Fails where the bar is missed, or where the review does not list just the resources in which two builds differ.
    Review(review::Review),
}

/// Runs a benchmark; the tables that it prints.
pub(crate) fn run(arguments: &Bench) -> Result<Vec<String>, String> {
    match &arguments.what {
        What::Assess(arguments) => assess::run(arguments),
        What::Build(arguments) => build::run(arguments),
        What::Documents(arguments) => documents::run(arguments),
        What::Differences(arguments) => differences::run(arguments),
        What::Discover(arguments) => discover::run(arguments),
        What::Reports(arguments) => reports::run(arguments),
        What::Review(arguments) => review::run(arguments),
    }
}
