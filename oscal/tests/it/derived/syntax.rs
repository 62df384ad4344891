//! The little of Metapath that the constraints of OSCAL are written in, read apart from the evaluator that is tested.

/// Alternatives joined by `|`.
#[derive(Clone, Debug)]
pub(super) struct Union(pub(super) Vec<Path>);

/// Steps from a node, or from the root of the document.
#[derive(Clone, Debug)]
pub(super) struct Path {
    pub(super) from_root: bool,
    pub(super) steps: Vec<Step>,
}

#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Whether `//` stands before it.
    pub(super) deep: bool,
    pub(super) test: Test,
    pub(super) conditions: Vec<Condition>,
}

#[derive(Clone, Debug)]
pub(super) enum Test {
    Here,
    Element(String),
    Flag(String),
    Either(Union),
    Call,
}

#[derive(Clone, Debug)]
pub(super) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Exists(Path),
    Namespace(Vec<String>),
    StartsWith(Path, String),
    Equals(Path, Vec<String>),
    Greater(Path, Path),
}

/// Reads a target or the path of a key.
pub(super) fn union(text: &str) -> Union {
    whole(text, Reader::union)
}

/// Reads the test of an expectation.
pub(super) fn condition(text: &str) -> Condition {
    whole(text, Reader::condition)
}

fn whole<T>(text: &str, read: fn(&mut Reader) -> T) -> T {
    let mut reader = Reader { words: words(text), next: 0 };
    let read = read(&mut reader);
    assert_eq!(reader.next, reader.words.len(), "{text} is not read to its end");
    read
}

/// Names, signs, and literals with their opening quote.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_name = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        let length = match first {
            '\'' => rest.match_indices('\'').nth(1).unwrap().0 + 1,
            '/' if rest.starts_with("//") => 2,
            c if is_name(c) => rest.find(|c: char| !is_name(c)).unwrap_or(rest.len()),
            _ => 1,
        };
        let (word, after) = rest.split_at(length);
        words.push(word.strip_suffix('\'').unwrap_or(word).to_owned());
        rest = after.trim_start();
    }
    words
}

struct Reader {
    words: Vec<String>,
    next: usize,
}

impl Reader {
    fn peek(&self) -> &str {
        self.words.get(self.next).map_or("", String::as_str)
    }

    fn take(&mut self) -> String {
        self.next += 1;
        self.words[self.next - 1].clone()
    }

    fn accept(&mut self, word: &str) -> bool {
        let found = self.peek() == word;
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, word: &str) {
        assert!(self.accept(word), "expected {word} at {} of {:?}", self.next, self.words);
    }

    fn union(&mut self) -> Union {
        let mut paths = vec![self.path()];
        while self.accept("|") {
            paths.push(self.path());
        }
        Union(paths)
    }

    fn path(&mut self) -> Path {
        let from_root = self.peek().starts_with('/');
        let mut deep = from_root && self.take() == "//";
        let mut steps = Vec::new();
        loop {
            steps.push(self.step(deep));
            deep = match self.peek() {
                "/" => false,
                "//" => true,
                _ => return Path { from_root, steps },
            };
            self.take();
        }
    }

    fn step(&mut self, deep: bool) -> Step {
        let test = match self.take().as_str() {
            "." => Test::Here,
            "@" => Test::Flag(self.take()),
            "(" => {
                let inside = self.union();
                self.expect(")");
                Test::Either(inside)
            }
            _ if self.accept("(") => {
                self.union();
                self.expect(")");
                Test::Call
            }
            name => Test::Element(name.to_owned()),
        };
        let mut conditions = Vec::new();
        while self.accept("[") {
            conditions.push(self.condition());
            self.expect("]");
        }
        Step { deep, test, conditions }
    }

    fn condition(&mut self) -> Condition {
        let mut terms = vec![self.term()];
        let word = self.peek().to_owned();
        while matches!(word.as_str(), "and" | "or") && self.accept(&word) {
            terms.push(self.term());
        }
        match (terms.len(), word.as_str()) {
            (1, _) => terms.remove(0),
            (_, "and") => Condition::All(terms),
            _ => Condition::Any(terms),
        }
    }

    fn term(&mut self) -> Condition {
        let call = self.words.get(self.next + 1).is_some_and(|word| word == "(");
        let name = self.peek().to_owned();
        if !call || name == "(" {
            return self.comparison();
        }
        self.take();
        self.expect("(");
        let condition = match name.as_str() {
            "not" => Condition::Not(Box::new(self.condition())),
            "exists" => Condition::Exists(self.path()),
            "has-oscal-namespace" => Condition::Namespace(self.literals()),
            "starts-with" => {
                let path = self.path();
                self.expect(",");
                Condition::StartsWith(path, self.literal())
            }
            other => panic!("the function {other} is not known to the tests"),
        };
        self.expect(")");
        condition
    }

    fn comparison(&mut self) -> Condition {
        let path = self.path();
        if self.accept("=") {
            Condition::Equals(path, self.literals())
        } else if self.accept(">") {
            Condition::Greater(path, self.path())
        } else {
            Condition::Exists(path)
        }
    }

    fn literal(&mut self) -> String {
        let word = self.take();
        word.strip_prefix('\'').unwrap_or_else(|| panic!("{word} is no literal")).to_owned()
    }

    fn literals(&mut self) -> Vec<String> {
        let several = self.accept("(");
        let mut literals = vec![self.literal()];
        while self.accept(",") {
            literals.push(self.literal());
        }
        if several {
            self.expect(")");
        }
        literals
    }
}
