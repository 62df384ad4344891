//! Signatures under agreements on confidentiality, held against the commits that they come from.

use probity_diagnostics::{FileTree, TreePath};
use probity_sharing::Circle;
use probity_sharing::circle::{Proof, Signature};

use super::colours::Colours;

/// A signature that does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Void {
    /// The agreement.
    pub agreement: TreePath,
    /// What was signed by whom.
    pub signature: Signature,
    /// Why it does not count.
    pub why: String,
}

/// Takes the signatures out of a community that nothing shows to be the members' own.
pub(super) fn sift(
    circle: &mut Circle,
    tree: &dyn FileTree,
    colours: Result<&Colours, &String>,
) -> Vec<Void> {
    let proof = circle.policy.signatures;
    let mut void = Vec::new();
    for agreement in &mut circle.agreements {
        let all = std::mem::take(&mut agreement.signatures);
        for signature in all {
            match is_shown(&signature, proof, tree, colours) {
                Ok(()) => agreement.signatures.push(signature),
                Err(why) => void.push(Void { agreement: agreement.path.clone(), signature, why }),
            }
        }
    }
    void
}

fn is_shown(
    signature: &Signature,
    proof: Proof,
    tree: &dyn FileTree,
    colours: Result<&Colours, &String>,
) -> Result<(), String> {
    let Some(file) = &signature.record else {
        let why = "it is listed in the agreement, and the policy asks for a commit of the member";
        return if proof == Proof::Listed { Ok(()) } else { Err(why.to_owned()) };
    };
    let colours = colours.map_err(Clone::clone)?;
    match proof {
        Proof::Registrar => colours.registrar_vouches(tree, file, &signature.member),
        Proof::Listed | Proof::Committed => colours.vouches(tree, file, &signature.member),
    }
}
