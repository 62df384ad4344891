//! Which names and texts look like credentials. Texts are looked at and never
//! written.

/// Words that make a name look like that of a credential.
const WORDS: [&str; 12] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "apikey",
    "accesskey",
    "privatekey",
    "secretkey",
    "credential",
    "credentials",
];

/// Last words of names that speak about a credential without being one.
const ABOUT: [&str; 19] = [
    "file", "path", "dir", "name", "url", "uri", "host", "endpoint", "ttl", "timeout", "expiry", "length",
    "enabled", "type", "policy", "count", "version", "present", "quota",
];

/// What stands for a text that was left out of a recording.
pub const REDACTED: &str = "(redacted)";

/// What stands for a credential that was left out.
pub const REDACTED_CREDENTIAL: &str = "(redacted credential)";

/// What is written in the place of an entry of this name and text: it is as
/// suspect as the text was, and tells nothing of it.
pub fn redacted(name: &str, text: &str) -> &'static str {
    if is_suspect(name, text) { REDACTED_CREDENTIAL } else { REDACTED }
}

/// Whether an entry of this name and text is probably a credential.
pub fn is_suspect(name: &str, text: &str) -> bool {
    let text = text.trim();
    if text == REDACTED || text == REDACTED_CREDENTIAL {
        return text == REDACTED_CREDENTIAL;
    }
    // a value of another variable, or of a vault
    let taken_over =
        (text.starts_with("$(") && text.ends_with(')')) || text.starts_with("@Microsoft.KeyVault(");
    !text.is_empty() && !taken_over && (has_credential_name(name) || holds_credential(text))
}

/// Whether a name looks like that of a credential.
pub fn has_credential_name(name: &str) -> bool {
    let words = words(name);
    if words.last().is_some_and(|last| ABOUT.contains(&last.as_str())) {
        return false;
    }
    let pairs = words.iter().zip(words.iter().skip(1)).map(|(a, b)| format!("{a}{b}"));
    words.iter().cloned().chain(pairs).any(|word| WORDS.contains(&word.as_str()))
}

/// The words of a name in lower case: parted by signs, and where a capital
/// follows a small letter.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (after_small && c.is_uppercase()) {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
        after_small = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Names in connection strings whose values are credentials, in small letters.
const CONNECTION: [&str; 7] =
    ["accountkey", "password", "pwd", "sharedaccesskey", "sharedaccesssignature", "accesskey", "sig"];

/// Whether a text is a connection string with a credential in it: entries
/// `name=value`, parted by `;`, or by `&` behind an address.
fn is_connection(text: &str) -> bool {
    let is_secret = |entry: &str| {
        let (name, value) = entry.split_once('=').unwrap_or_default();
        let name: String =
            name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        !value.trim().is_empty() && CONNECTION.contains(&name.as_str())
    };
    let signed = text.split_once("://").and_then(|(_, rest)| rest.split_once('?')).map(|(_, query)| query);
    (text.contains(';') && text.split(';').any(is_secret))
        || signed.is_some_and(|query| query.split('&').any(is_secret))
}

/// A private key, a connection string with a credential, or a URL with a
/// password or signature.
pub fn holds_credential(text: &str) -> bool {
    let authority = text.split_once("://").and_then(|(_, rest)| rest.split(['/', '?', '#']).next());
    let user = authority.and_then(|authority| authority.rsplit_once('@')).map(|(user, _)| user);
    let with_password =
        user.and_then(|user| user.split_once(':')).is_some_and(|(_, password)| !password.is_empty());
    with_password || text.contains("PRIVATE KEY-----") || is_connection(text)
}

#[cfg(test)]
mod tests {
    use super::is_suspect;

    #[test]
    fn names_and_texts_of_credentials() {
        for (name, text) in [
            ("DB_PASSWORD", "x"),
            ("dbPassword", "x"),
            ("API_KEY", "x"),
            ("AWS_SECRET_ACCESS_KEY", "x"),
            ("AUTH_TOKEN", "x"),
            ("DATABASE_URL", "postgres://shop:hunter2@db/shop"),
            ("tls.key", "-----BEGIN PRIVATE KEY-----\nabc"),
            ("STORE", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=aGk=;"),
            ("DATABASE", "Server=db;User ID=shop;Password=hunter2"),
            ("BLOB", "https://a.blob.example/c?sv=2022&sig=abc"),
        ] {
            assert!(is_suspect(name, text), "{name}");
        }
    }

    #[test]
    fn names_about_credentials_are_none() {
        for (name, text) in [
            ("DB_PASSWORD_FILE", "/run/secrets/db"),
            ("SECRET_NAME", "db"),
            ("TOKEN_URL", "https://login.example"),
            ("DB_PASSWORD", ""),
            ("DB_PASSWORD", "$(OTHER)"),
            ("DB_PASSWORD", "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s)"),
            ("TOKENIZER", "fast"),
            ("AccountPasswordPresent", "1"),
            ("GlobalEndpointTokenVersion", "1"),
            ("DATABASE_URL", "postgres://db/shop"),
            ("PORT", "8080"),
            ("DATABASE", "Server=db;User ID=shop;Encrypt=true"),
            ("PAGE", "https://shop.example/?signal=1"),
        ] {
            assert!(!is_suspect(name, text), "{name}");
        }
    }
}
