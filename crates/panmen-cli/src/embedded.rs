//! The packs that are built in. `data/` is a copy of the packs in `rules/`; a test compares them.

/// A file of a built-in pack: its name and its text.
pub(crate) type File = (&'static str, &'static str);

macro_rules! pack {
    ($folder:literal: $($file:literal),* $(,)?) => {
        &[$((
            concat!("rules/", $folder, "/", $file),
            include_str!(concat!("../data/", $folder, "/", $file)),
        )),*]
    };
}

/// The id of the pack that is used where none is named.
pub(crate) const DEFAULT: &str = "suzhou-cbec";

/// Every built-in pack by its id.
pub(crate) const PACKS: &[(&str, &[File])] = &[(
    DEFAULT,
    pack!("suzhou-cbec-2024":
        "pack.yaml", "evidence.yaml", "facts.yaml", "lists.yaml", "onboarding.yaml", "parameters.yaml",
        "sectors.yaml", "support.yaml", "targets.yaml",
    ),
)];
