//! File trees, source text, findings with stable codes, and their renderers.
