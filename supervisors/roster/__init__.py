"""The roster's pages: terms, standing, certificates, import and export."""
