"""The symptom checker: from answers to urgency and to the pages that fit. No Flask here."""
