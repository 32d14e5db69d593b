"""readout: diplomatic reporting turned into records that point to their words."""
