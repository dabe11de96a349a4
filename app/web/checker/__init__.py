"""The symptom checker's pages, all below /check/."""
