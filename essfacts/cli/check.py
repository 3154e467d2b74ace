"""The command that checks a dataset, alone or against a copy of the release."""
