//! Names of columns, members and labels that say what a value is.

use super::super::pattern::names_credential;
use super::super::rule::Rule;

/// Names, in small letters without signs, and what they name.
const NAMES: [(Rule, &[&str]); 11] = [
    (
        Rule::Person,
        &[
            "firstname",
            "givenname",
            "lastname",
            "surname",
            "familyname",
            "fullname",
            "personname",
            "displayname",
            "contactname",
            "contactperson",
            "customername",
            "employee",
            "employeename",
            "patient",
            "reporter",
            "reportedby",
            "victim",
            "victimname",
            "vorname",
            "nachname",
            "ansprechpartner",
            "accountholder",
            "cardholder",
            "cardholdername",
        ],
    ),
    (
        Rule::Organisation,
        &[
            "customer",
            "client",
            "company",
            "tenant",
            "victimorganisation",
            "victimorganization",
            "kunde",
            "firma",
        ],
    ),
    (Rule::Mail, &["email", "mail", "emailaddress", "mailaddress", "useremail", "contactemail"]),
    (
        Rule::Phone,
        &[
            "phone",
            "phonenumber",
            "telephone",
            "telephonenumber",
            "mobile",
            "mobilephone",
            "tel",
            "telefon",
            "fax",
        ],
    ),
    (
        Rule::Place,
        &[
            "street",
            "streetaddress",
            "postaladdress",
            "homeaddress",
            "city",
            "zip",
            "zipcode",
            "postcode",
            "postalcode",
            "strasse",
            "straße",
            "plz",
            "wohnort",
            "adresse",
        ],
    ),
    (Rule::Birth, &["birthdate", "dateofbirth", "dob", "birthday", "geburtsdatum"]),
    (
        Rule::Account,
        &["username", "userid", "login", "loginname", "accountname", "accountlogin", "benutzername", "upn"],
    ),
    (
        Rule::Asset,
        &["hostname", "assetid", "assetname", "assettag", "serialnumber", "computername", "victimhost"],
    ),
    (Rule::Ssn, &["ssn", "socialsecuritynumber"]),
    (Rule::Card, &["cardnumber", "creditcard", "creditcardnumber", "pan", "cvv", "cvc"]),
    (Rule::Iban, &["iban", "accountnumber", "bankaccount"]),
];

/// What the value of a column or member of this name is.
pub(in super::super) fn named(name: &str) -> Option<Rule> {
    if names_credential(name) {
        return Some(Rule::Credential);
    }
    let bare: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    NAMES.iter().find(|(_, names)| names.contains(&bare.as_str())).map(|(rule, _)| *rule)
}

/// Labels of lines that name somebody, beside the names above.
const LABELS: [&str; 9] =
    ["name", "contact", "to", "cc", "customer contact", "handled by", "assigned to", "author", "reported by"];

/// Whether a value is known by the label of its line alone. What has a form of its own is found anywhere; machines may be an
/// attacker's.
const fn is_name(rule: Rule) -> bool {
    matches!(rule, Rule::Person | Rule::Organisation | Rule::Place | Rule::Account)
}

/// What the lines of a text name behind a label: `Contact: Ann Weber`.
pub(in super::super) fn labelled(text: &str) -> impl Iterator<Item = (Rule, &str)> {
    text.lines().filter_map(|line| {
        let (label, value) = line.split_once(':')?;
        let label = label.rsplit('>').next().unwrap_or(label).trim_matches(|c: char| !c.is_alphanumeric());
        let by_label = || LABELS.contains(&label.to_lowercase().as_str()).then_some(Rule::Person);
        let rule = named(label).filter(|rule| is_name(*rule)).or_else(by_label)?;
        let value = value.split(['<', '(', ',', ';']).next()?.trim_matches(|c: char| !c.is_alphanumeric());
        let is_short = (2..=80).contains(&value.len()) && value.split_whitespace().count() < 6;
        (is_short && value.starts_with(char::is_uppercase) && !value.contains('@')).then_some((rule, value))
    })
}
