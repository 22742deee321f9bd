"""Collective agreements: TOML texts to `AgreementPack` records."""
